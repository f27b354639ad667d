import ArgumentParser
import GlossText
import GlossTraining

/// `gloss vocabulary build`.
struct VocabularyBuild: ParsableCommand {
    /// What the symbols are.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case word, character, bpe
    }

    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Counts the symbols of text and keeps the frequent ones.",
        discussion: """
            Text is read line by line in the memory that the symbols take. Characters are Unicode scalars without line \
            ends. Of words and characters those counted most come first; byte pairs are merged, most frequent first, \
            until there are as many as --size says.

            Examples:
              gloss vocabulary build --kind word --min-count 2 --size 20000 book.txt > words.tsv
              gloss vocabulary build --kind character --output characters.tsv book.txt
              cat *.txt | gloss vocabulary build --kind bpe --size 4000 > pairs.json
            """)

    @Option(help: "What the symbols are: word, character or bpe.")
    var kind = Kind.word

    @Option(help: ArgumentHelp("The most symbols, special ones included.", valueName: "count"))
    var size: Int?

    @Option(help: ArgumentHelp("Leave out what is counted less often; not for bpe.", valueName: "count"))
    var minCount = 1

    @Option(help: ArgumentHelp("How words are cut: words, icu or whitespace.", valueName: "kind"))
    var tokenizer = TokenizerConfiguration.Kind.words

    @Option(help: ArgumentHelp("The language of the words, as en, th or zh-Hant.", valueName: "code"))
    var language = "en"

    @Flag(help: "Fold the case of words.")
    var foldCase = false

    @Option(
        name: .customLong("special"),
        help: ArgumentHelp("A special symbol, in place of <pad> and <unk>. Repeat for several.", valueName: "symbol"))
    var specials: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; standard output if none is given.", valueName: "file"))
    var output: String?

    @Flag(help: "Count malformed lines and skip them.")
    var skipBadLines = false

    @Option(
        name: .customLong("invalid-utf8"),
        help: ArgumentHelp("What to do with bytes that are not UTF-8: error or replace.", valueName: "policy"))
    var invalidUTF8 = InvalidUTF8Policy.error

    @Argument(help: ArgumentHelp("Text; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func validate() throws {
        if minCount < 1 { throw ValidationError("--min-count \(minCount) is less than 1") }
        if let size, size < 1 { throw ValidationError("--size \(size) is less than 1") }
        if kind == .bpe, size == nil {
            throw ValidationError("give the number of byte pairs with --size, as in --size 4000")
        }
        if kind == .bpe, minCount > 1 { throw ValidationError("--min-count is not for --kind bpe") }
    }

    func run() throws {
        let specials = specials.isEmpty ? Vocabulary.defaultSpecials : specials
        let vocabulary: VocabularyFile
        if kind == .bpe, let size {
            var builder = BytePairBuilder()
            try forEachLine { builder.add($0 + "\n") }
            vocabulary = .pairs(try builder.build(size: size, specials: specials))
        } else {
            var builder = VocabularyBuilder()
            if kind == .word {
                let cut = try Tokenizer(
                    TokenizerConfiguration(
                        kind: tokenizer, language: language, splitsSentences: false, foldsCase: foldCase))
                try forEachLine { line in for token in try cut.tokens(in: line) { builder.add(token.text) } }
            } else {
                try forEachLine { line in for scalar in line.unicodeScalars { builder.add(String(scalar)) } }
            }
            vocabulary = .table(try builder.build(minimumCount: minCount, maximumSize: size, specials: specials))
        }
        try OutputFile.write(try vocabulary.text(), to: output)
    }

    private func forEachLine(_ body: (String) throws -> Void) throws {
        var failure: (any Error)?
        let options = CorpusOptions(invalidUTF8: invalidUTF8, skipsBadLines: skipBadLines)
        let skipped = try PlainText.forEachLine(paths: TextOptions.paths(files), options: options) { line in
            guard failure == nil else { return }
            do { try body(line) } catch { failure = error }
        }
        if let failure { throw failure }
        TrainingSession.report(skipped: skipped)
    }
}
