"""Writes Tests/GlossTextTests/Subwords/PinnedVocabularies.swift: small vocabularies of the tokenizers library and the ids
that it gives with them. `run pinned > ../../../Tests/GlossTextTests/Subwords/PinnedVocabularies.swift`"""

import tempfile

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers as P, trainers

import ids

TEXT = [
    "the cat sat on the mat", "the cats are sitting on that mat", "a caf\u00e9 in the old town, the cat's caf\u00e9",
    "123 cats and 456 mats", "this and that, here and there", "the other cat sat there",
] * 3
LINES = [
    "the cat sat", "", " ", "  the   mats  ", "The caf\u00e9's CATS\u2014there!", "cafe\u0301 \ufb01t 12345", "\u65e5\u672c the \U0001f469\u200d\U0001f680.",
    "a\tb\n\nc \u00a0d", "<s> the</s><mask> cat<unk>", f"the{ids.MARK}cat {ids.MARK}{ids.MARK}", "thethethethethethecatcatcat",
]


def trained(model, normalizer, pre_tokenizer, size, special=("<unk>", "<s>", "</s>"), **options):
    tokenizer = Tokenizer(model)
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    special = list(special)
    if isinstance(model, models.Unigram):
        trainer = trainers.UnigramTrainer(vocab_size=size, show_progress=False, special_tokens=special, unk_token="<unk>")
    else:
        trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, special_tokens=special, **options)
    tokenizer.train_from_iterator(TEXT, trainer)
    return tokenizer


def main():
    marks = P.Metaspace(replacement=ids.MARK, prepend_scheme="always")
    every_byte = [f"<0x{byte:02X}>" for byte in range(256)]
    # The rows of an alphabet in the JSON text are long; of bytes only those that the lines have are needed.
    some_bytes = sorted({P.ByteLevel.alphabet()[0]} | set("".join(
        piece for line in LINES for piece, _ in P.ByteLevel(add_prefix_space=False).pre_tokenize_str(line))))
    with tempfile.TemporaryDirectory() as folder:
        table = ids.from_sentencepiece(TEXT, folder, size=44, rules="41\t61\nFB01\t66 69\n65 301\tE9\n43\t63\n")
        kinds = {
            "bytes": trained(models.BPE(), None, P.ByteLevel(add_prefix_space=False), 110, initial_alphabet=some_bytes),
            "bytes, cl100k": trained(
                models.BPE(ignore_merges=True), normalizers.NFC(), ids.split(ids.CL100K), 110, initial_alphabet=some_bytes),
            "characters in bytes": trained(
                models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True), None, marks, 330,
                special=["<unk>", "<s>", "</s>"] + every_byte),
            "characters and unknown": trained(
                models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"), normalizers.Lowercase(), P.Whitespace(), 80,
                end_of_word_suffix="</w>"),
            "Unigram": trained(
                models.Unigram(), normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]), marks, 60),
            "Unigram with a table": table,
        }
    for tokenizer in kinds.values():
        tokenizer.add_tokens([AddedToken("<mask>", lstrip=True, normalized=False), AddedToken("dog", single_word=True)])
    print("/// Made by `bench/peers/vocabularies/run pinned`: small vocabularies, and the ids that `tokenizers` gives with them.")
    print("enum PinnedVocabularies {")
    print("    /// The lines that were encoded.")
    print("    static let lines = [")
    for line in LINES:
        print(f"        {swift(line)},")
    print("    ]\n")
    print("    /// A name, a tokenizer.json and the ids of each line.")
    print("    static let all: [(name: String, json: String, ids: [[Int32]])] = [")
    for name, tokenizer in kinds.items():
        print(f"        (\n            {swift(name)},\n            #\"\"\"")
        text = tokenizer.to_str()
        tokenizer = Tokenizer.from_str(text)
        for start in range(0, len(text), 100):
            print("            " + text[start:start + 100] + "\\#")
        print("\n            \"\"\"#,\n            [")
        for encoding in tokenizer.encode_batch(LINES, add_special_tokens=False):
            print("                [" + ", ".join(map(str, encoding.ids)) + "],")
        print("            ]\n        ),")
    print("    ]\n}")


def swift(text):
    plain = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(plain.get(c, c if 32 <= ord(c) < 127 else f"\\u{{{ord(c):X}}}") for c in text) + '"'


main()
