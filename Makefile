# Gloss: everything a user or contributor does has a target here. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
PACKAGES := libicu-dev libsqlite3-dev zlib1g-dev liblzma-dev libssl-dev pkg-config
# The demo and the tests share these flags, so that nothing is built twice.
FLAGS := -c release --explicit-target-dependency-import-check error
GLOSS := .build/release/gloss
SHIPPED := models/gloss.sqlite
STATIC := .build-static

.PHONY: help setup build demo test check lint bench bench-peers install clean

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

bench-peers: setup ## Measure the engine beside PyTorch, ONNX Runtime and TensorFlow
	bench/peers/compare

install: setup ## Install the command, the shipped models and completions under DESTDIR/PREFIX
	swift build -c release --static-swift-stdlib --scratch-path $(STATIC) --product gloss
	install -D -m 755 $(STATIC)/release/gloss $(DESTDIR)$(PREFIX)/bin/gloss
	strip $(DESTDIR)$(PREFIX)/bin/gloss
	install -D -m 644 $(SHIPPED) $(DESTDIR)$(PREFIX)/share/gloss/models.sqlite
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(STATIC)/release/gloss --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/gloss
	$(STATIC)/release/gloss --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_gloss
	$(STATIC)/release/gloss --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/gloss.fish

clean: ## Remove everything that was built
	rm -rf .build $(STATIC)
