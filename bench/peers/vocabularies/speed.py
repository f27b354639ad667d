"""Times Gloss's vocabularies beside the tokenizers library and SentencePiece, in turn, one thread each, on film reviews.
Seconds are those of the processor, of several rounds the least: other work on the machine then matters little."""

import json
import lzma
import os
import resource
import subprocess
import tempfile
import time

import sentencepiece
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

GLOSS = os.environ.get("GLOSS", "gloss")
DATA = os.environ.get("DATA", "")
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def reviews(size):
    with lzma.open(f"{DATA}/imdb/unsup.txt.xz", "rt", encoding="utf-8") as file:
        return file.read(size)


def gloss(*arguments):
    """Standard output and the processor's seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run([GLOSS, "vocabulary", *arguments], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(body):
    start = time.process_time()
    result = body()
    return result, time.process_time() - start


def report(work, **seconds):
    ours = seconds["gloss"]
    figures = "  ".join(f"{name} {value:.3f} s" + ("" if name == "gloss" else f" ({value / ours:.1f} times)")
                        for name, value in seconds.items())
    print(f"{work}: {figures}", flush=True)


def report_speed(work, size, **seconds):
    ours = seconds["gloss"]
    figures = "  ".join(f"{name} {size / 1e6 / value:.1f} MB/s" + ("" if name.startswith("gloss") else f" ({value / ours:.1f} times)")
                        for name, value in seconds.items())
    print(f"{work}: {figures}", flush=True)


def least(bodies):
    """The least time of each of several bodies that are run in turn."""
    best = {}
    for _ in range(ROUNDS):
        for name, body in bodies.items():
            seconds = body()
            best[name] = min(best.get(name, seconds), seconds)
    return best


def measured(vocabulary, text, passes):
    return json.loads(gloss("measure", "--json", "--passes", str(passes), vocabulary, text)[0])["seconds"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        large, middle, small = (os.path.join(folder, name) for name in ("50.txt", "10.txt", "4.txt"))
        text = reviews(50_000_000)
        write(large, text)
        write(middle, text[:10_000_000])
        write(small, text[:4_000_000])
        lines = text[:4_000_000].split("\n")
        size = os.path.getsize(small)

        def byte_level(path, count):
            tokenizer = Tokenizer(models.BPE())
            tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
            trainer = trainers.BpeTrainer(
                vocab_size=count, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
            tokenizer.train([path], trainer)
            return tokenizer

        def train(path, kind, count):
            sentencepiece.SentencePieceTrainer.train(
                input=path, model_prefix=os.path.join(folder, kind), vocab_size=count, model_type=kind, num_threads=1,
                minloglevel=2, character_coverage=0.9995, byte_fallback=True, max_sentence_length=100_000)

        for count, path in ((8192, large), (32768, middle)):
            file = os.path.join(folder, f"{count}.json")
            tokenizer = byte_level(path, count)
            tokenizer.save(file)
            tokenizer = Tokenizer.from_file(file)
            best = least({
                "gloss": lambda: measured(file, small, 4),
                "gloss on the first pass": lambda: measured(file, small, 1),
                "tokenizers": lambda: timed(lambda: tokenizer.encode_batch(lines))[1],
                "tokenizers without offsets": lambda: timed(lambda: tokenizer.encode_batch_fast(lines))[1],
                "tokenizers line by line": lambda: timed(lambda: [tokenizer.encode(line) for line in lines])[1],
            })
            report_speed(f"encode, byte pairs, {count}", size, **best)

        best = least({
            "gloss": lambda: gloss("build", "--kind", "bpe", "--size", "8192", "--threads", "1", "-o", os.path.join(folder, "g"), large)[1],
            "sentencepiece": lambda: timed(lambda: train(large, "bpe", 8192))[1],
            "tokenizers": lambda: timed(lambda: byte_level(large, 8192))[1],
        })
        report("train pairs, 50 MB, 8192", **best)
        own = {kind: os.path.join(folder, kind + ".json") for kind in ("bpe-characters", "unigram")}
        best = least({
            "gloss": lambda: gloss("build", "--kind", "unigram", "--size", "8192", "--threads", "1", "-o", own["unigram"], middle)[1],
            "sentencepiece": lambda: timed(lambda: train(middle, "unigram", 8192))[1],
        })
        report("train Unigram, 10 MB, 8192", **best)
        gloss("build", "--kind", "bpe-characters", "--size", "8192", "-o", own["bpe-characters"], large)
        for kind, ours in (("bpe", "bpe-characters"), ("unigram", "unigram")):
            processor = sentencepiece.SentencePieceProcessor(model_file=os.path.join(folder, kind + ".model"))
            best = least({
                "gloss": lambda: measured(own[ours], small, 4),
                "gloss on the first pass": lambda: measured(own[ours], small, 1),
                "sentencepiece": lambda: timed(lambda: processor.encode(lines, num_threads=1))[1],
            })
            report_speed(f"encode, {ours}, 8192", size, **best)
            theirs = sum(map(len, processor.encode(lines)))
            symbols = json.loads(gloss("measure", "--json", own[ours], small)[0])["symbols"]
            print(f"symbols, {ours}: gloss {symbols}  sentencepiece {theirs}", flush=True)


main()
