import ArgumentParser
import GlossText
import GlossTraining

/// `gloss vocabulary import`.
struct VocabularyImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Reads a vocab.txt, a symbol a line, and writes Gloss's own table.",
        discussion: """
            Ids stay as they are. Symbols in brackets at the top are special; [PAD] and [UNK] become <pad> and <unk>. \
            Counts, which vocab.txt does not have, become 0.

            Examples:
              gloss vocabulary import vocab.txt > words.tsv
              gloss vocabulary import --output words.tsv vocab.txt
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; standard output if none is given.", valueName: "file"))
    var output: String?

    @Argument(help: ArgumentHelp("The vocab.txt; standard input if none is given.", valueName: "file"))
    var file: String?

    func run() throws {
        var symbols: [String] = []
        var specials: [String] = []
        var reader = try LineReader(path: file ?? "-")
        while let line = try reader.next() {
            guard !line.isEmpty else {
                throw CorpusError(
                    file: reader.name, line: reader.lineNumber, message: "the symbol is empty",
                    remedy: "write one symbol a line", kind: .badData)
            }
            if symbols.isEmpty, Self.isSpecial(line) { specials.append(Self.own(line)) } else { symbols.append(line) }
        }
        let vocabulary: Vocabulary
        do {
            vocabulary = try VocabularyFile.notEmpty(Vocabulary(specials: specials, symbols: symbols))
        } catch let error {
            throw CommandError(ExitStatus.data, "\(reader.name): \(error)")
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
