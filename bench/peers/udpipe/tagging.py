"""Trains UDPipe 1's tokenizer and tagger, has it and the shipped `tagger` annotate the same raw text, and scores both alike.

    run tagging MODEL [TEXTS]      MODEL: where UDPipe's model is kept, made where it is missing; TEXTS: a file, a text a line

Prints accuracy on the gold tokens of English-EWT dev, and the words a second of one thread from raw text to CoNLL-U:
processor time, the better of three runs in turn, of Gloss with its start. TEXTS are 600 IMDB dev reviews by default."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time

from ufal.udpipe import Model, Pipeline, ProcessingError

import peer
from peer import DATA, GLOSS, ROUNDS

TREEBANK = "en_ewt"
# Passes of UDPipe's tagger over the treebank: its default.
ITERATIONS = os.environ.get("ITERATIONS", "20")
# A column's name in Gloss, and in UDPipe.
COLUMNS = {"upos": "upostag", "xpos": "xpostag", "feats": "feats"}


def reviews():
    with gzip.open(f"{DATA}/imdb/dev.tsv.gz", "rt", encoding="utf-8") as file:
        rows = file.read().split("\n")[1:601]
    return [row.split("\t")[1].replace("<br />", " ") for row in rows]


def accuracy(model):
    """Share of UDPipe's tags of gold tokens that are right, by column."""
    gold = peer.sentences(peer.lines(TREEBANK, "dev"))
    right, count = dict.fromkeys(COLUMNS, 0), 0
    for sentence in gold:
        words = [sentence.words[index] for index in range(1, len(sentence.words))]
        wanted = [[getattr(word, column) for column in COLUMNS.values()] for word in words]
        model.tag(sentence, Model.DEFAULT)
        for word, tags in zip(words, wanted):
            count += 1
            for column, tag in zip(COLUMNS, tags):
                right[column] += getattr(word, COLUMNS[column]) == tag
    return {column: right[column] / count for column in COLUMNS}


def words(conllu):
    return sum(line[:1].isdigit() and line.split("\t", 1)[0].isdigit() for line in conllu.split("\n"))


def udpipe(model, texts):
    """CoNLL-U, and the seconds of processor time."""
    pipeline, error = Pipeline(model, "tokenize", Pipeline.DEFAULT, Pipeline.NONE, "conllu"), ProcessingError()
    started = time.process_time()
    output = pipeline.process("\n\n".join(texts), error)
    if error.occurred():
        sys.exit(error.message)
    return output, time.process_time() - started


def gloss(texts):
    """CoNLL-U, and the seconds of processor time of the whole command."""
    before = peer.children_time()
    command = [GLOSS, "tag", "--local", "--threads", "1", "--lines"]
    output = subprocess.run(command, input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True).stdout
    return output.decode(), peer.children_time() - before


def main():
    path = sys.argv[1]
    texts = open(sys.argv[2], encoding="utf-8").read().splitlines() if len(sys.argv) > 2 else reviews()
    if os.path.exists(path):
        model = Model.load(path)
    else:
        started = time.time()
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(os.path.abspath(path)), delete=False) as file:
            model = peer.model(TREEBANK, file.name, tagger=f"iterations={ITERATIONS}")
        os.replace(file.name, path)
        print(f"UDPipe 1 trained in {time.time() - started:.0f} s")
    evaluation = [GLOSS, "evaluate", "--model", "tagger", "--json", f"{DATA}/ud/{TREEBANK}-ud-dev.conllu.gz"]
    figures = json.loads(subprocess.run(evaluation, stdout=subprocess.PIPE, check=True).stdout)
    figures = {"UDPipe 1": accuracy(model), "Gloss": figures}
    speeds = {name: 0 for name in figures}
    for _ in range(ROUNDS):
        for name, (conllu, seconds) in {"UDPipe 1": udpipe(model, texts), "Gloss": gloss(texts)}.items():
            speeds[name] = max(speeds[name], words(conllu) / seconds)
    print("UPOS, XPOS, FEATS of the gold tokens of English-EWT dev; words a second of one thread from raw text")
    for name, columns in figures.items():
        shown = "  ".join(f"{100 * columns[column]:.2f}" for column in COLUMNS)
        print(f"{name:9} {shown}  {speeds[name]:9.0f}")
    print(f"Gloss tags {speeds['Gloss'] / speeds['UDPipe 1']:.1f} times as fast")


main()
