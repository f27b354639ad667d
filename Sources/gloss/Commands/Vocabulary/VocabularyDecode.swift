import ArgumentParser
import GlossText
import GlossTraining

/// `gloss vocabulary decode`.
struct VocabularyDecode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Turns lines of ids back into text.",
        discussion: """
            Examples:
              gloss vocabulary encode pairs.json book.txt | gloss vocabulary decode pairs.json
            """)

    @Argument(help: ArgumentHelp("The vocabulary: a tokenizer.json or what --kind bpe makes.", valueName: "vocabulary"))
    var vocabulary: String

    @Argument(help: ArgumentHelp("Lines of ids; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func run() throws {
        let vocabulary = try VocabularyFile.subwords(path: vocabulary)
        let lines = LineChunks(
            paths: TextOptions.paths(files), invalidUTF8: .error,
            maximumLineBytes: CorpusOptions.defaultMaximumLineBytes, lines: 1000)
        try lines.forEach { chunk in
            var text = ""
            // The lines before a bad one are kept.
            defer { Output.write(text) }
            for line in chunk {
                text += String(decoding: vocabulary.decode(try Self.ids(line, vocabulary)), as: UTF8.self) + "\n"
            }
        }
    }

    /// The ids of a line; throws where one is none of the vocabulary.
    private static func ids(_ line: InputLine, _ vocabulary: SubwordVocabulary) throws -> [Int32] {
        try line.text.split(separator: " ").map { field in
            guard let id = Int32(field), id >= 0, Int(id) < vocabulary.count else {
                throw CorpusError(
                    file: line.file, line: line.number,
                    message: "\(CorpusError.quoted(field)) is no id below \(vocabulary.count)",
                    remedy: "give ids of this vocabulary with spaces between them", kind: .badData)
            }
            return id
        }
    }
}
