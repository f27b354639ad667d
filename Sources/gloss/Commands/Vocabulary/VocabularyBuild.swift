import ArgumentParser
import Foundation
import GlossText
import GlossTraining

/// `gloss vocabulary build`.
struct VocabularyBuild: ParsableCommand {
    /// What the symbols are.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case word, character, bpe, unigram
        case characterPairs = "bpe-characters"

        var isSubword: Bool { self != .word && self != .character }
    }

    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Counts the symbols of text and keeps the frequent ones.",
        discussion: """
            Text is read line by line in the memory that the symbols take. Characters are Unicode scalars without line \
            ends. Of words and characters those counted most come first. Subwords are learned until there are as many as \
            --size says: byte pairs (bpe), pairs of characters (bpe-characters), which spell rare characters in bytes, or \
            Unigram. The last two are written as a tokenizer.json.

            Examples:
              gloss vocabulary build --kind word --min-count 2 --size 20000 book.txt > words.tsv
              gloss vocabulary build --kind character --output characters.tsv book.txt
              cat *.txt | gloss vocabulary build --kind bpe --size 4000 > pairs.json
              gloss vocabulary build --kind unigram --size 8000 --output tokenizer.json book.txt
            """)

    @Option(help: "What the symbols are: word, character, bpe, bpe-characters or unigram.")
    var kind = Kind.word

    @Option(help: ArgumentHelp("The most symbols, special ones included.", valueName: "count"))
    var size: Int?

    @Option(help: ArgumentHelp("Leave out words and characters counted less often.", valueName: "count"))
    var minCount = 1

    @Option(help: ArgumentHelp("How words are cut: words, icu or whitespace; words if not given.", valueName: "kind"))
    var tokenizer: TokenizerConfiguration.Kind?

    @Option(help: ArgumentHelp("The language of the words, as en, th or zh-Hant; en if not given.", valueName: "code"))
    var language: String?

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

    @Option(help: ArgumentHelp("Threads; the vocabulary never depends on their number.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Argument(help: ArgumentHelp("Text; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func validate() throws {
        if minCount < 1 { throw ValidationError("--min-count \(minCount) is less than 1") }
        if threads < 1 { throw ValidationError("--threads \(threads) is less than 1") }
        if let size, size < 1 { throw ValidationError("--size \(size) is less than 1") }
        if kind.isSubword, size == nil {
            throw ValidationError("give the number of subwords with --size, as in --size 4000")
        }
        if specials.contains("") { throw ValidationError("--special is empty; give the symbol") }
        // Canonically equivalent symbols are two.
        let symbols = specials.map { Array($0.utf8) }
        if let twice = symbols.indices.first(where: { symbols[..<$0].contains(symbols[$0]) }) {
            throw ValidationError("--special \(specials[twice]) is given twice; give each symbol once")
        }
        if kind != .word, foldCase || tokenizer != nil || language != nil {
            throw ValidationError(
                "--tokenizer, --language and --fold-case are not for --kind \(kind.rawValue); leave them out")
        }
        if kind.isSubword, minCount > 1 { throw ValidationError("--min-count is not for --kind \(kind.rawValue)") }
    }

    func run() throws {
        let specials = specials.isEmpty ? Vocabulary.defaultSpecials : specials
        let vocabulary: VocabularyFile
        switch kind {
        case .bpe:
            let pattern = PiecePattern.words
            let pieces = try count { line, counts in pattern.countPieces(in: line, into: &counts) }
            let builder = BytePairBuilder(pieces, pattern: pattern)
            vocabulary = .pairs(try builder.build(size: size ?? 0, specials: specials))
        case .characterPairs, .unigram:
            let words = try count { line, counts in
                SubwordBuilder.countWords(in: UnsafeBufferPointer(rebasing: line.dropLast()), into: &counts)
            }
            let builder = SubwordBuilder(words, kind == .unigram ? .unigram : .characterPairs)
            vocabulary = .subwords(try builder.build(size: size ?? 0, threads: threads, specials: specials))
        case .word, .character:
            let builder = VocabularyBuilder(try count(kind == .word ? try words() : Self.characters))
            vocabulary = .table(try builder.build(minimumCount: minCount, maximumSize: size, specials: specials))
        }
        try OutputFile.write(try vocabulary.text(), to: output)
    }

    /// Counts the words of a line.
    private func words() throws -> ParallelCounter.Count {
        let cut = try Tokenizer(
            TokenizerConfiguration(
                kind: tokenizer ?? .words, language: language ?? "en", splitsSentences: false, foldsCase: foldCase))
        return { line, counts in
            for token in try cut.tokens(in: String(decoding: line.dropLast(), as: UTF8.self)) { counts.add(token.text) }
        }
    }

    /// Counts the Unicode scalars of a line.
    private static let characters: ParallelCounter.Count = { line, counts in
        var position = 0
        while position < line.count - 1 {
            let end = position + ScalarClass.scalar(at: position, in: line).length
            counts.add(UnsafeBufferPointer(rebasing: line[position..<end]))
            position = end
        }
    }

    private func count(_ count: @escaping ParallelCounter.Count) throws -> SymbolCounts {
        let counter = ParallelCounter(threads: threads, count: count)
        var failure: (any Error)?
        let options = CorpusOptions(invalidUTF8: invalidUTF8, skipsBadLines: skipBadLines)
        let progress = ReadingProgress(paths: TextOptions.paths(files))
        let skipped = try PlainText.forEachLine(paths: TextOptions.paths(files), options: options) { line in
            guard failure == nil else { return }
            do { try counter.add(line: line) } catch { failure = error }
            progress.add(line.utf8.count + 1)
        }
        progress.finish("making the vocabulary")
        if let failure { throw failure }
        TrainingSession.report(skipped: skipped)
        let counts = try counter.finish()
        if counts.prunedCount > 0 {
            Diagnostics.warn(
                "more than three million different symbols were too many to keep; some that had been counted "
                    + "\(counts.prunedCount) times at most were forgotten on the way")
        }
        return counts
    }
}
