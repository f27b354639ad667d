import ArgumentParser
import GlossText

/// `gloss vocabulary export`.
struct VocabularyExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a vocabulary as vocab.txt: a symbol a line, in the order of the ids.",
        discussion: """
            Examples:
              gloss vocabulary export words.tsv > vocab.txt
              gloss vocabulary export --model tagger --output vocab.txt
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; standard output if none is given.", valueName: "file"))
    var output: String?

    @OptionGroup var source: VocabularySource

    func run() throws {
        guard case .table(let vocabulary) = try source.read() else {
            throw CommandError(
                ExitStatus.data, "byte pairs may be parts of characters, which vocab.txt cannot hold; keep them as JSON"
            )
        }
        let symbols = vocabulary.symbols
        if let id = symbols.firstIndex(where: { $0.utf8.contains { $0 == 0x0A || $0 == 0x0D } }) {
            throw CommandError(
                ExitStatus.data,
                "the symbol \(symbols[id].debugDescription) with the id \(id) holds a line end, which vocab.txt cannot; "
                    + "leave it out of the vocabulary")
        }
        try OutputFile.write(symbols.map { $0 + "\n" }.joined(), to: output)
    }
}
