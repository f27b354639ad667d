# Gloss: everything a user or contributor does has a target here. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=
# A command that is built already, to be installed in place of a static build of this tree.
BINARY ?=
PACKAGES := libicu-dev libsqlite3-dev zlib1g-dev liblzma-dev libssl-dev pkg-config
# The demo and the tests share these flags, so that nothing is built twice.
FLAGS := -c release --explicit-target-dependency-import-check error
GLOSS := .build/release/gloss
SHIPPED := models/gloss.sqlite
STATIC := .build-static
COMMAND = $(or $(BINARY),$(STATIC)/release/gloss)
UNITS := gloss.service gloss.socket gloss-train@.service

.PHONY: help setup build demo test check lint bench bench-peers bench-load static install uninstall clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## Install the Debian packages that are missing; check that Swift is there
	@command -v swift > /dev/null || { \
	  echo "Swift is missing: install Swift 6.3 for Debian 12 from https://www.swift.org/install and put it into PATH" >&2; exit 1; }
	@version=$$(swift --version 2> /dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1); \
	[ "$$(printf '6.3\n%s\n' "$$version" | sort -V | head -1)" = 6.3 ] || { \
	  echo "Swift $$version is too old: install Swift 6.3 or later from https://www.swift.org/install" >&2; exit 1; }
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' "$$package" 2> /dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	[ -z "$$missing" ] || { \
	  echo "Installing$$missing"; \
	  sudo=; if [ "$$(id -u)" -ne 0 ]; then command -v sudo > /dev/null || { \
	    echo "Run as root: apt-get install$$missing" >&2; exit 1; }; sudo=sudo; fi; \
	  $$sudo apt-get update -qq; DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; }

build: setup ## Build the command (release)
	swift build $(FLAGS) --product gloss

demo: build ## Classify, tag and continue sample text with the models that ship
	@test -f $(SHIPPED) || { echo "$(SHIPPED) is missing: check it out again" >&2; exit 1; }
	@bold=; plain=; if [ -t 1 ]; then bold=$$'\e[1m'; plain=$$'\e[0m'; fi; \
	show() { printf '\n%s$$ %s%s\n' "$$bold" "$$1" "$$plain"; }; \
	export GLOSS_STORE=$(SHIPPED); \
	show 'printf "%s\n" REVIEWS | gloss classify'; \
	printf '%s\n' 'A warm, funny and surprisingly moving film.' \
	  'The plot is thin and the jokes are older than the cast.' \
	  'It is well made, but it left me cold.' | $(GLOSS) classify; \
	show 'printf "%s" TEXT | gloss tag --format tsv'; \
	printf '%s' "She doesn't live in Berlin any more. Her two brothers moved to Oslo last May." \
	  | $(GLOSS) tag --format tsv; \
	show 'printf "%s" TEXT | gloss generate --seed 2 --max-tokens 60 --echo'; \
	printf '%s' 'It was late in the evening when' | $(GLOSS) generate --seed 2 --max-tokens 60 --echo; \
	printf '\n%sNext:%s %s\n' "$$bold" "$$plain" "$(GLOSS) --help, and README.md for models of your own"

test: setup ## Set up, then run every check
	@$(MAKE) --no-print-directory check

check: lint ## Format, warnings as errors, explicit imports, all tests
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build

lint: ## Check the format
	swift format lint --strict --recursive Package.swift Sources Tests

bench: setup ## Measure the engine
	swift build $(FLAGS) --product gloss-bench
	.build/release/gloss-bench

bench-peers: setup ## Measure the engine beside PyTorch, ONNX Runtime and TensorFlow; writes its table
	bench/peers/compare --write docs/benchmarks.md

bench-load: static ## Measure the daemon on its socket (some minutes; nothing else may run)
	swift build -c release --package-path bench/load --scratch-path .build-load
	.build-load/release/gloss-load --gloss $(STATIC)/release/gloss $(SCENARIOS)

static: setup
	swift build -c release --static-swift-stdlib --scratch-path $(STATIC) --product gloss

install: $(if $(BINARY),,static) ## Install command, models, manual, completions and units under DESTDIR/PREFIX
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin lib/systemd/system lib/sysusers.d lib/tmpfiles.d share/man/man1 \
	  share/bash-completion/completions share/zsh/site-functions share/fish/vendor_completions.d)
	install -m 755 $(if $(BINARY),,-s) $(COMMAND) $(DESTDIR)$(PREFIX)/bin/gloss
	install -D -m 644 $(SHIPPED) $(DESTDIR)$(PREFIX)/share/gloss/models.sqlite
	for unit in $(UNITS); do \
	  sed 's,/usr/bin/gloss,$(PREFIX)/bin/gloss,; s,/etc/gloss,$(SYSCONFDIR)/gloss,g' "systemd/$$unit" > "$(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit"; done
	install -m 644 systemd/sysusers.d/gloss.conf $(DESTDIR)$(PREFIX)/lib/sysusers.d/gloss.conf
	install -m 644 systemd/tmpfiles.d/gloss.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/gloss.conf
	install -d $(DESTDIR)$(SYSCONFDIR)/gloss/train
	@# A configuration that was changed here is kept; the new one stands beside it.
	for file in $(notdir $(wildcard packaging/*.toml)); do place="$(DESTDIR)$(SYSCONFDIR)/gloss/$$file"; \
	  if [ -e "$$place" ] && ! cmp -s "packaging/$$file" "$$place"; then place="$$place.new"; fi; \
	  install -m 644 "packaging/$$file" "$$place"; done
	$(COMMAND) manual $(DESTDIR)$(PREFIX)/share/man/man1
	$(COMMAND) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/gloss
	$(COMMAND) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_gloss
	$(COMMAND) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/gloss.fish

uninstall: ## Remove what install put there, except /etc/gloss and /var/lib/gloss
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/gloss share/man/man1/gloss.1 lib/sysusers.d/gloss.conf \
	  lib/tmpfiles.d/gloss.conf share/bash-completion/completions/gloss share/zsh/site-functions/_gloss \
	  share/fish/vendor_completions.d/gloss.fish $(addprefix lib/systemd/system/,$(UNITS)))
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/gloss-*.1
	rm -rf $(DESTDIR)$(PREFIX)/share/gloss

clean: ## Remove everything that was built
	rm -rf .build .build-load $(STATIC)
