"""Trains UDPipe 1's tokenizer and Gloss's on the same treebank, has both cut the same plain text, and scores both alike.

    run segmentation TREEBANK [DIMENSION]      fr_sequoia, tr_imst, th_tud or en_ewt; DIMENSION of UDPipe's network, 24 by default

Prints F1 of tokens, words and sentences as the CoNLL 2018 shared task counts them, and the speed of one thread: processor
time, the better of three runs in turn. UDPipe is measured in the process and writes nothing; Gloss as a whole command,
its start and CoNLL-U output included."""

import os
import subprocess
import sys
import tempfile
import time

import peer
import score
from peer import DATA, GLOSS, ROUNDS, lines

SPEED_WORDS = 400_000


def gloss(store, text):
    """The sentences, and the seconds of processor time that the whole command took, its start included."""
    before = peer.children_time()
    command = [GLOSS, "tokenize", "--local", "--store", store, "--model", "segmentation", "--format", "conllu"]
    output = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    return output, peer.children_time() - before


def main():
    treebank = sys.argv[1]
    dimension = sys.argv[2] if len(sys.argv) > 2 else "24"
    gold = score.sentences(lines(treebank, "dev"))
    text = score.plain_text(lines(treebank, "dev"))
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "gloss.sqlite")
        started = time.time()
        subprocess.run(
            [GLOSS, "train", "tokenize", "--model", "segmentation", "--store", store, "--precision", "float16",
             "--set", f"model.tokenizer.language={treebank[:2]}",
             "--train", f"{DATA}/ud/{treebank}-ud-train.conllu.gz", "--dev", f"{DATA}/ud/{treebank}-ud-dev.conllu.gz"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        trained = {"Gloss": time.time() - started}
        started = time.time()
        udpipe = peer.model(treebank, os.path.join(folder, "udpipe"), dimension)
        trained["UDPipe 1"] = time.time() - started
        words = sum(len(token[1]) for sentence in gold for token in sentence)
        long = "\n\n".join([text] * (SPEED_WORDS // words + 1))
        count = words * (SPEED_WORDS // words + 1)
        seconds = {"UDPipe 1": [], "Gloss": []}
        for _ in range(ROUNDS):
            started = time.process_time()
            peer.cut(udpipe, long)
            seconds["UDPipe 1"].append(time.process_time() - started)
            seconds["Gloss"].append(gloss(store, long)[1])
        speed = {name: count / min(times) for name, times in seconds.items()}
        cuts = {"UDPipe 1": peer.cut(udpipe, text), "Gloss": score.sentences(gloss(store, text)[0])}
    print(f"{treebank}: F1 of tokens, words, sentences; words a second of one thread; seconds of training")
    for name, cut in cuts.items():
        shown = "  ".join(f"{100 * value:.2f}" for value in score.scores(gold, cut))
        print(f"{name:9} {shown}  {speed[name]:9.0f}  {trained[name]:6.0f}")
    print(f"Gloss cuts {speed['Gloss'] / speed['UDPipe 1']:.1f} times as fast")


main()
