import ArgumentParser
import GlossText
import GlossTraining

/// `gloss vocabulary encode`.
struct VocabularyEncode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Turns each line of text into the ids of its subwords.",
        discussion: """
            A special symbol in the text, such as <s>, gets its id, as in the tokenizers library, unless \
            --specials-as-text says otherwise.

            Examples:
              echo 'It was late.' | gloss vocabulary encode tokenizer.json
              gloss vocabulary encode --symbols pairs.json book.txt
            """)

    @Flag(help: "Print the symbols in place of their ids, spelled as in a tokenizer.json.")
    var symbols = false

    @Flag(help: "Read what looks like a special symbol as any other text.")
    var specialsAsText = false

    @Option(
        name: .customLong("invalid-utf8"),
        help: ArgumentHelp("What to do with bytes that are not UTF-8: error or replace.", valueName: "policy"))
    var invalidUTF8 = InvalidUTF8Policy.error

    @Argument(help: ArgumentHelp("The vocabulary: a tokenizer.json or what --kind bpe makes.", valueName: "vocabulary"))
    var vocabulary: String

    @Argument(help: ArgumentHelp("Text; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func run() throws {
        let vocabulary = try VocabularyFile.subwords(path: vocabulary)
        var encoder = SubwordEncoder(vocabulary, readsSpecials: !specialsAsText)
        let lines = LineChunks(
            paths: TextOptions.paths(files), invalidUTF8: invalidUTF8,
            maximumLineBytes: CorpusOptions.defaultMaximumLineBytes, lines: Output.isTerminal ? 1 : 1000)
        try lines.forEach { chunk in
            var text = ""
            for line in chunk {
                let ids = encoder.encode(line.text)
                text += ids.map { symbols ? vocabulary.fileSpelling(of: $0) : String($0) }.joined(separator: " ") + "\n"
            }
            Output.write(text)
        }
    }
}
