"""Lines of text in six languages and more, from the corpora beside the repository."""

import gzip
import os

DATA = os.environ.get("DATA", "")

UD = ["de_gsd", "fi_tdt", "fr_gsd", "ja_gsd", "zh_gsdsimp", "th_tud", "tr_imst", "en_gum"]
TWEETS = ["arabic", "english", "german", "hindi", "italian", "portuguese", "spanish", "french"]


def lines(count=20_000):
    """`count` lines, as many of each source as it takes."""
    sources = []
    for name in UD:
        with gzip.open(f"{DATA}/ud/{name}-ud-dev.conllu.gz", "rt", encoding="utf-8") as file:
            sources.append([line[9:].rstrip("\n") for line in file if line.startswith("# text = ")])
    for name in TWEETS:
        with open(f"{DATA}/umsab/{name}.train.tsv", encoding="utf-8") as file:
            sources.append([line.rstrip("\n").split("\t", 1)[1] for line in file][1:])
    with gzip.open(f"{DATA}/ud/en_ewt-ud-train.conllu.gz", "rt", encoding="utf-8") as file:
        rest = [line[9:].rstrip("\n") for line in file if line.startswith("# text = ")]
    found = [line for source in sources for line in source]
    found += rest[: max(0, count - len(found))]
    return [line for line in found[:count]]
