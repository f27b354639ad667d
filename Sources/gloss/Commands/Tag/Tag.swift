import ArgumentParser
import GlossPipeline
import GlossText
import GlossTraining

/// `gloss tag`.
struct Tag: ParsableCommand {
    /// What the input is.
    enum Input: String, ExpressibleByArgument, CaseIterable {
        case text, tokens, conllu
    }

    static let configuration = CommandConfiguration(
        abstract: "Finds sentences and tokens and gives each token its tags.",
        discussion: """
            A FILE, or standard input, is one document. CoNLL-U has UPOS, XPOS and FEATS in their columns and span \
            tags in MISC; its forms and MISC give the text back to the byte. With --input tokens a line is a sentence \
            whose tokens stand between spaces; with --input conllu the tokens of CoNLL-U or of columns are kept.

            Examples:
              gloss tag letter.txt
              echo "We met Ada in Paris." | gloss tag --format jsonl
              gloss tag --input tokens --format tsv sentences.txt
              gloss tag --model roles --input conllu --column predicate=2 sentences.conll
            """)

    @Option(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model = "tagger"

    @Option(help: "What the input is: text, tokens or conllu.")
    var input = Input.text

    @Option(help: "What is printed: conllu, tsv or jsonl.")
    var format = DocumentFormat.conllu

    @Flag(help: "Each line is a document.")
    var lines = false

    @Option(
        help: ArgumentHelp(
            "With --input conllu, a column that the model reads beside the words: NAME=NUMBER. Repeat for several.",
            valueName: "column"))
    var column: [String] = []

    @OptionGroup var text: TextOptions
    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("Documents; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    /// The longest sentence, in tokens: the network's states of a sentence are in memory together.
    static let maximumTokens = 100_000

    func validate() throws {
        if lines, input == .conllu { throw ValidationError("--lines and --input conllu exclude each other") }
        if !column.isEmpty, input != .conllu { throw ValidationError("--column needs --input conllu") }
    }

    func run() throws {
        let served = try store.model(model).model
        guard case .tag(let tagger) = served else { throw WrongTask.error(model, served.task, wanted: "tag") }
        let wanted = tagger.configuration.encoder.columns
        if input != .conllu, let first = wanted.first {
            throw CommandError(
                ExitStatus.usage,
                "the model \(model) reads the column \"\(first)\" beside the words; "
                    + "give it with --input conllu --column \(first)=NUMBER")
        }
        var printer = DocumentPrinter(format)
        try forEachChunk(tagger, wanted) { documents in
            if documents.count == 1, let document = documents.first {
                try printer.print(document) { try tags(tagger, document, $0) }
            } else {
                // Many short documents are tagged at once, so that every thread has work.
                let all = try tags(tagger, documents)
                for (document, columns) in zip(documents, all) { try printer.print(document) { Array(columns[$0]) } }
            }
        }
    }

    private func forEachChunk(_ tagger: Tagger, _ wanted: [String], _ body: ([Document]) throws -> Void) throws {
        let paths = TextOptions.paths(files)
        guard input == .conllu else {
            let tokenizer =
                input == .tokens ? TokenizerConfiguration(kind: .whitespace) : tagger.configuration.tokenizer
            let reader = DocumentReader(
                paths: paths, invalidUTF8: text.invalidUTF8, lines: lines, tokenizer: try Tokenizer(tokenizer))
            return try reader.forEach(body)
        }
        var options = CorpusOptions(invalidUTF8: text.invalidUTF8)
        options.tagColumns += try column.map {
            guard let parsed = TagColumn($0) else { throw ValidationError("--column \($0) is no column") }
            return parsed
        }
        for path in paths {
            var rest = try CorpusReader.tagged(paths: [path], options: options).examples[...]
            while !rest.isEmpty {
                let end = rest.dropFirst().firstIndex(where: \.startsDocument) ?? rest.endIndex
                let document = try Document(
                    name: path == "-" ? nil : path, rest[..<end], wanted: wanted, file: path)
                try body([document])
                rest = rest[end...]
            }
        }
    }

    private func tags(_ tagger: Tagger, _ document: Document, _ range: Range<Int>) throws -> [[ColumnTags]] {
        let sentences = document.sentences[range]
        try check(sentences)
        return tagger.tag(
            sentences.map { $0.tokens.map(\.text) },
            columns: document.columns.isEmpty ? [] : Array(document.columns[range]), threads: text.threads)
    }

    private func tags(_ tagger: Tagger, _ documents: [Document]) throws -> [[[ColumnTags]]] {
        let sentences = documents.flatMap(\.sentences)
        try check(sentences[...])
        var tags = tagger.tag(sentences.map { $0.tokens.map(\.text) }, threads: text.threads)[...]
        return documents.map { document in
            defer { tags = tags.dropFirst(document.sentences.count) }
            return Array(tags.prefix(document.sentences.count))
        }
    }

    private func check(_ sentences: ArraySlice<Sentence>) throws {
        guard let long = sentences.first(where: { $0.tokens.count > Self.maximumTokens }) else { return }
        throw CommandError(
            ExitStatus.data,
            "the sentence at byte \(long.range.lowerBound) has \(long.tokens.count) tokens, the limit is "
                + "\(Self.maximumTokens); end sentences with full stops or empty lines")
    }
}
