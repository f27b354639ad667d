"""UDPipe 1 beside Gloss: its training, its cutting of text, and processor time."""

import gzip
import os
import resource
import sys

from ufal.udpipe import InputFormat, Model, ProcessingError, Sentence, Sentences, Trainer

DATA = os.environ.get("DATA", "")
GLOSS = os.environ.get("GLOSS", "gloss")
ROUNDS = 3
# UDPipe keeps the epoch of its tokenizer that is best on the development set, which comes early.
EPOCHS = os.environ.get("EPOCHS", "100")


def lines(treebank, part):
    with gzip.open(f"{DATA}/ud/{treebank}-ud-{part}.conllu.gz", "rt", encoding="utf-8") as file:
        return file.read()


def sentences(conllu):
    reader, error, result = InputFormat.newConlluInputFormat(), ProcessingError(), Sentences()
    reader.setText(conllu)
    sentence = Sentence()
    while reader.nextSentence(sentence, error):
        result.append(sentence)
        sentence = Sentence()
    if error.occurred():
        sys.exit(error.message)
    return result


def model(treebank, path, dimension="24", tagger=Trainer.NONE):
    """UDPipe's model of a treebank: its tokenizer of so many dimensions, and a tagger where options for one are given."""
    error = ProcessingError()
    options = f"dimension={dimension};epochs={EPOCHS};segment_size=200;initial_range=0.1;learning_rate=0.01;dropout=0.1"
    options += ";learning_rate_final=0.001;early_stopping=1"
    data = Trainer.train(
        "morphodita_parsito", sentences(lines(treebank, "train")), sentences(lines(treebank, "dev")),
        options, tagger, Trainer.NONE, error)
    if error.occurred():
        sys.exit(error.message)
    with open(path, "wb") as file:
        file.write(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)
    return Model.load(path)


def cut(model, text):
    """Sentences of tokens: (form, [forms of words])."""
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


def children_time():
    """Processor time of the children that have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
