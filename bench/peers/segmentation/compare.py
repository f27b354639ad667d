"""Trains UDPipe 1's tokenizer and Gloss's on the same treebank, has both cut the same plain text, and scores both alike.

    compare.py TREEBANK [DIMENSION]      fr_sequoia, tr_imst, th_tud or en_ewt; DIMENSION of UDPipe's network, 24 by default

Prints F1 of tokens, words and sentences as the CoNLL 2018 shared task counts them, and the speed of one thread: processor
time, the better of ROUNDS runs in turn. UDPipe is measured in the process and writes nothing; Gloss as a whole command,
its start and CoNLL-U output included."""

import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time

from ufal.udpipe import InputFormat, Model, ProcessingError, Sentence, Sentences, Trainer

import score

DATA = os.environ.get("DATA", "")
GLOSS = os.environ.get("GLOSS", "gloss")
SPEED_WORDS = 400_000
ROUNDS = 3
# UDPipe keeps the epoch that is best on the development set, which comes early.
EPOCHS = os.environ.get("EPOCHS", "100")


def lines(treebank, part):
    with gzip.open(f"{DATA}/ud/{treebank}-ud-{part}.conllu.gz", "rt", encoding="utf-8") as file:
        return file.read()


def udpipe_sentences(conllu):
    reader, error, result = InputFormat.newConlluInputFormat(), ProcessingError(), Sentences()
    reader.setText(conllu)
    sentence = Sentence()
    while reader.nextSentence(sentence, error):
        result.append(sentence)
        sentence = Sentence()
    if error.occurred():
        sys.exit(error.message)
    return result


def udpipe_model(treebank, dimension, folder):
    path = os.path.join(folder, f"{treebank}.udpipe")
    error = ProcessingError()
    options = f"dimension={dimension};epochs={EPOCHS};segment_size=200;initial_range=0.1;learning_rate=0.01;dropout=0.1"
    options += ";learning_rate_final=0.001;early_stopping=1"
    data = Trainer.train(
        "morphodita_parsito", udpipe_sentences(lines(treebank, "train")), udpipe_sentences(lines(treebank, "dev")),
        options, Trainer.NONE, Trainer.NONE, error)
    if error.occurred():
        sys.exit(error.message)
    with open(path, "wb") as file:
        file.write(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)
    return Model.load(path)


def udpipe_cut(model, text):
    tokenizer, error, result = model.newTokenizer(Model.DEFAULT), ProcessingError(), []
    tokenizer.setText(text)
    sentence = Sentence()
    while tokenizer.nextSentence(sentence, error):
        multiwords = {token.idFirst: (token.idLast, token.form) for token in sentence.multiwordTokens}
        tokens, index = [], 1
        while index < len(sentence.words):
            last, form = multiwords.get(index, (index, sentence.words[index].form))
            tokens.append((form, [sentence.words[i].form for i in range(index, last + 1)]))
            index = last + 1
        result.append(tokens)
        sentence = Sentence()
    return result


def processor_time():
    """Of the children that have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def gloss(store, text):
    """The sentences, and the seconds of processor time that the whole command took, its start included."""
    before = processor_time()
    command = [GLOSS, "tokenize", "--local", "--store", store, "--model", "segmentation", "--format", "conllu"]
    output = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    return output, processor_time() - before


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
        peer = udpipe_model(treebank, dimension, folder)
        trained["UDPipe 1"] = time.time() - started
        words = sum(len(token[1]) for sentence in gold for token in sentence)
        long = "\n\n".join([text] * (SPEED_WORDS // words + 1))
        count = words * (SPEED_WORDS // words + 1)
        seconds = {"UDPipe 1": [], "Gloss": []}
        for _ in range(ROUNDS):
            started = time.process_time()
            udpipe_cut(peer, long)
            seconds["UDPipe 1"].append(time.process_time() - started)
            seconds["Gloss"].append(gloss(store, long)[1])
        speed = {name: count / min(times) for name, times in seconds.items()}
        cuts = {"UDPipe 1": udpipe_cut(peer, text), "Gloss": score.sentences(gloss(store, text)[0])}
    print(f"{treebank}: F1 of tokens, words, sentences; words a second of one thread; seconds of training")
    for name, cut in cuts.items():
        shown = "  ".join(f"{100 * value:.2f}" for value in score.scores(gold, cut))
        print(f"{name:9} {shown}  {speed[name]:9.0f}  {trained[name]:6.0f}")
    print(f"Gloss cuts {speed['Gloss'] / speed['UDPipe 1']:.1f} times as fast")


main()
