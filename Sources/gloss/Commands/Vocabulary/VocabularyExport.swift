import ArgumentParser
import GlossText
import GlossTraining

/// `gloss vocabulary export`.
struct VocabularyExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a vocabulary as other programs read it: vocab.txt or tokenizer.json.",
        discussion: """
            Words and characters become a vocab.txt, a symbol a line in the order of the ids; subwords a tokenizer.json, \
            with which the tokenizers library gives the same ids. --vectors writes the word vectors of a model as text, \
            a word and its numbers a line, as word2vec, GloVe and fastText do.

            Examples:
              gloss vocabulary export words.tsv > vocab.txt
              gloss vocabulary export pairs.json > tokenizer.json
              gloss vocabulary export --model tagger --output vocab.txt
              gloss vocabulary export --vectors --model tagger > vectors.txt
            """)

    @Flag(help: "Write the word vectors of --model.")
    var vectors = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; standard output if none is given.", valueName: "file"))
    var output: String?

    @OptionGroup var source: VocabularySource

    func validate() throws {
        if vectors, source.model == nil { throw ValidationError("--vectors needs the --model that has them") }
    }

    func run() throws {
        if vectors { return try writeVectors() }
        switch try source.read() {
        case .table(let vocabulary): try writeList(vocabulary.symbols)
        case .pairs(let vocabulary):
            try OutputFile.write(try SubwordVocabulary(vocabulary).tokenizerJSON(), to: output)
        case .subwords(let vocabulary): try OutputFile.write(try vocabulary.tokenizerJSON(), to: output)
        }
    }

    private func writeList(_ symbols: [String]) throws {
        if let id = symbols.firstIndex(where: { $0.utf8.contains { $0 == 0x0A || $0 == 0x0D } }) {
            throw CommandError(
                ExitStatus.data,
                "the symbol \(symbols[id].debugDescription) with the id \(id) holds a line end, which vocab.txt cannot; "
                    + "leave it out of the vocabulary")
        }
        try OutputFile.write(symbols.map { $0 + "\n" }.joined(), to: output)
    }

    private func writeVectors() throws {
        let (words, table) = try source.vectors()
        guard let output else { return VectorFile.write(table, words: words, Output.write) }
        var text = ""
        VectorFile.write(table, words: words) { text += $0 }
        try OutputFile.write(text, to: output)
    }
}
