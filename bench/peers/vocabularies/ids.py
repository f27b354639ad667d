"""Trains vocabularies of every kind with the tokenizers library and SentencePiece, has Gloss read their tokenizer.json,
and compares all ids on 20,000 lines in more than six languages; then the other way round, with Gloss's own vocabularies.
Ends with status 1 at the first kind of which a line differs. An argument picks the kinds whose name holds it."""

import base64
import json
import os
import subprocess
import sys
import tempfile

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

import corpus

GLOSS = os.environ.get("GLOSS", "gloss")
CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = CL100K.replace("{1,3}", "")
MARK = "\u2581"


def byte_level(pre_tokenizer, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=12000, show_progress=False, special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    return tokenizer, trainer


def split(expression):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(expression), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def characters(normalizer, pre_tokenizer, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=12000, show_progress=False, limit_alphabet=1500,
        special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)],
        **{key: model[key] for key in ("end_of_word_suffix", "continuing_subword_prefix") if key in model})
    return tokenizer, trainer


def unigram(normalizer, pre_tokenizer):
    tokenizer = Tokenizer(models.Unigram())
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    trainer = trainers.UnigramTrainer(
        vocab_size=8000, show_progress=False, special_tokens=["<unk>", "<s>"], unk_token="<unk>")
    return tokenizer, trainer


def from_sentencepiece(lines, folder, size=8000, rules=None):
    """A Unigram model of SentencePiece with its own table of characters, as T5 and XLM-R have it."""
    prefix = os.path.join(folder, "sentencepiece")
    options = {"normalization_rule_name": "nmt_nfkc"}
    if rules:
        with open(prefix + ".tsv", "w", encoding="utf-8") as file:
            file.write(rules)
        options = {"normalization_rule_tsv": prefix + ".tsv"}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=prefix, vocab_size=size, model_type="unigram",
        character_coverage=0.9995, minloglevel=2, num_threads=1, **options)
    processor = sentencepiece.SentencePieceProcessor(model_file=prefix + ".model")
    pieces = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=processor.unk_id(), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(charsmap(prefix + ".model")), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")
    tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
    tokenizer.add_tokens([AddedToken("<mask>", lstrip=True, normalized=False)])
    return tokenizer


def charsmap(path):
    """The field precompiled_charsmap (2) of normalizer_spec (3) of a model file, which is a protocol buffer."""

    def fields(data):
        position = 0
        while position < len(data):
            key, position = varint(data, position)
            if key & 7 == 2:
                length, position = varint(data, position)
                yield key >> 3, data[position:position + length]
                position += length
            elif key & 7 == 0:
                _, position = varint(data, position)
            else:
                position += 4 if key & 7 == 5 else 8

    def varint(data, position):
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value, position

    with open(path, "rb") as file:
        for number, value in fields(file.read()):
            if number == 3:
                return dict(fields(value))[2]


def gloss(*arguments, text=None):
    return subprocess.run(
        [GLOSS, "vocabulary", *arguments], input=text, capture_output=True, check=True).stdout.decode()


def compare(name, tokenizer, vocabulary, lines):
    theirs = [" ".join(map(str, encoding.ids))
              for encoding in tokenizer.encode_batch_fast(lines, add_special_tokens=False)]
    ours = gloss("encode", vocabulary, text=("\n".join(lines) + "\n").encode()).split("\n")[:-1]
    assert len(ours) == len(theirs)
    for line, left, right in zip(lines, ours, theirs):
        if left != right:
            print(f"{name}: {line!r}\n  gloss      {left}\n  tokenizers {right}")
            sys.exit(1)
    print(f"{name}\t{len(lines)} lines\t{sum(len(line.split()) for line in theirs)} ids\tall equal", flush=True)


def main():
    lines = corpus.lines()
    # What corpora seldom have: runs of white space, other spaces and line ends, marks, special symbols, long words.
    lines += [
        "", " ", "  ", "   a", "a   ", "a  b   c", "\t x\t\ty", "x\u00a0y\u3000z \u2028 w", "don't DON'T I'LL we've 'tis 's",
        "1234567 12.5% 3\u00bd \u0661\u0662\u0663\u0664 \u4e00\u4e8c", "<s> a </s><unk> <mask>  b <|endoftext|>c", f"a{MARK}b {MARK} c{MARK}{MARK}d",
        "e\u0301\u0301 \u0915\u094d\u0937\u093f \u0e17\u0e35\u0e48 \U0001f469\u200d\U0001f680\U0001f1eb\U0001f1ee \u212b \u2126 \ufb01", "x" * 3000, "ab" * 2000,
        " ".join(["word"] * 500), "!?.,;:-()[]{}" * 20, "\u0001\u007f\u0085 \ufeff \u200b", "(hello) \"world\" #tag @name a_b",
    ]
    M, P = models, pre_tokenizers
    marks = P.Metaspace(replacement=MARK, prepend_scheme="always")
    llama = normalizers.Sequence([normalizers.Prepend(MARK), normalizers.Replace(" ", MARK)])
    kinds = {
        "bytes, GPT-2": byte_level(P.ByteLevel(add_prefix_space=False)),
        "bytes, space first": byte_level(P.ByteLevel(add_prefix_space=True)),
        "bytes, cl100k": byte_level(split(CL100K), ignore_merges=True),
        "bytes, Qwen 2": byte_level(split(QWEN2)),
        "characters, byte fallback": characters(None, marks, byte_fallback=True, unk_token="<unk>", fuse_unk=True),
        "characters, Llama 2": characters(llama, None, byte_fallback=True, unk_token="<unk>", fuse_unk=True),
        "characters, unknown": characters(normalizers.NFKC(), P.WhitespaceSplit(), unk_token="<unk>"),
        "characters, unknown fused": characters(
            normalizers.Lowercase(), P.Whitespace(), unk_token="<unk>", fuse_unk=True, end_of_word_suffix="</w>"),
        "characters, lost": characters(
            normalizers.NFC(), P.Sequence([P.WhitespaceSplit(), P.Punctuation(), P.Digits(individual_digits=True)]),
            continuing_subword_prefix="##"),
        "Unigram": unigram(None, marks),
        "Unigram, Nmt": unigram(
            normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]), marks),
        "Unigram, first only": unigram(
            normalizers.Strip(), P.Sequence([P.Digits(), P.Metaspace(replacement=MARK, prepend_scheme="first", split=True)])),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tokenizer.json")
        again = os.path.join(folder, "again.json")
        text = os.path.join(folder, "text.txt")
        with open(text, "w", encoding="utf-8") as file:
            file.write("\n".join(line for line in lines if line.strip()) + "\n")

        def check(name, tokenizer):
            tokenizer.save(path)
            # From the file, as everyone has it: its scores may differ from those in memory in the last bit.
            tokenizer = Tokenizer.from_file(path)
            compare(name, tokenizer, path, lines)
            # What Gloss writes of it is the same vocabulary, for itself and for the library.
            gloss("import", "--output", again, path)
            compare(name + ", written again", tokenizer, again, lines)
            compare(name + ", read back", Tokenizer.from_file(again), again, lines)

        wanted = sys.argv[1] if len(sys.argv) > 1 else ""
        for name, (tokenizer, trainer) in kinds.items():
            if wanted not in name:
                continue
            if name == "characters, Llama 2":
                # Trained on words, used on whole lines, as Llama's: without a pre-tokenizer training never ends.
                tokenizer.pre_tokenizer = P.Metaspace(replacement=MARK, prepend_scheme="never")
            tokenizer.train_from_iterator(lines[:20000], trainer)
            if name == "characters, Llama 2":
                whole = json.loads(tokenizer.to_str())
                whole["pre_tokenizer"] = None
                tokenizer = Tokenizer.from_str(json.dumps(whole))
            check(name, tokenizer)
        if wanted in "Unigram, SentencePiece's own table":
            check("Unigram, SentencePiece's own table", from_sentencepiece(lines[:20000], folder))
        for kind in ["bpe", "bpe-characters", "unigram"]:
            if wanted not in f"built by Gloss, {kind}":
                continue
            gloss("build", "--kind", kind, "--size", "12000", "--output", path, text)
            gloss("export", "--output", again, path)
            compare(f"built by Gloss, {kind}", Tokenizer.from_file(again), path, lines)


if __name__ == "__main__":
    main()
