import ArgumentParser
import GlossText
import GlossTraining

/// `gloss vocabulary import`.
struct VocabularyImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Reads a vocab.txt or a tokenizer.json and writes Gloss's own form.",
        discussion: """
            Ids stay as they are. A vocab.txt, a symbol a line, becomes a table: symbols in brackets at the top are \
            special; [PAD] and [UNK] become <pad> and <unk>; counts become 0.

            A tokenizer.json keeps what has a say in the ids of a text. Models: BPE and Unigram. Normalizers: NFC, NFKC, \
            Lowercase, Strip, Prepend, Replace (of a text, or of two and more spaces), Precompiled, Nmt. Pre-tokenizers: \
            ByteLevel, Metaspace, Whitespace, WhitespaceSplit, Digits, Punctuation, and Split by the pattern of GPT-2, \
            cl100k (Llama 3) or Qwen 2.

            Examples:
              gloss vocabulary import tokenizer.json > subwords.json
              gloss vocabulary import vocab.txt > words.tsv
              gloss vocabulary import --output words.tsv vocab.txt
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; standard output if none is given.", valueName: "file"))
    var output: String?

    @Argument(
        help: ArgumentHelp("The vocab.txt or tokenizer.json; standard input if none is given.", valueName: "file"))
    var file: String?

    func run() throws {
        let text = try PlainText.whole(path: file ?? "-")
        if VocabularyFile.isJSON(text) { return try importJSON(text) }
        try importList(text)
    }

    private var name: String { ByteStream.name(of: file ?? "-") }

    private func importJSON(_ text: String) throws {
        do {
            let tree = try JSONValue(vocabulary: text)
            if tree["post_processor"]?["type"]?.string.map({ $0 != "ByteLevel" }) ?? false {
                Diagnostics.warn("the post-processor is left out: no special symbols are put around a text")
            }
            try OutputFile.write(try SubwordVocabulary(tokenizerJSON: tree).tokenizerJSON(), to: output)
        } catch let error as TextError {
            throw CommandError(ExitStatus.data, "\(name): \(error)")
        }
    }

    private func importList(_ text: String) throws {
        var symbols: [String] = []
        var specials: [String] = []
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { bytes in
            String(Substring(bytes.last == 0x0D ? bytes.dropLast() : bytes))
        }
        if lines.last == "" { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            guard !line.isEmpty else {
                throw CorpusError(
                    file: name, line: index + 1, message: "the symbol is empty",
                    remedy: "write one symbol a line", kind: .badData)
            }
            if symbols.isEmpty, Self.isSpecial(line) { specials.append(Self.own(line)) } else { symbols.append(line) }
        }
        let vocabulary: Vocabulary
        do {
            vocabulary = try VocabularyFile.notEmpty(Vocabulary(specials: specials, symbols: symbols))
        } catch let error {
            throw CommandError(ExitStatus.data, "\(name): \(error)")
        }
        if vocabulary.unknownID == nil {
            Diagnostics.warn("the vocabulary has no <unk>, so that a model cannot read words it does not have")
        }
        try OutputFile.write(vocabulary.write(), to: output)
    }

    private static func isSpecial(_ symbol: String) -> Bool {
        symbol.utf8.count > 2
            && ((symbol.hasPrefix("[") && symbol.hasSuffix("]")) || (symbol.hasPrefix("<") && symbol.hasSuffix(">")))
    }

    private static func own(_ symbol: String) -> String {
        switch symbol {
        case "[PAD]": Vocabulary.padding
        case "[UNK]": Vocabulary.unknown
        default: symbol
        }
    }
}
