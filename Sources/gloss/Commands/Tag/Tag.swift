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
            tags in MISC; of plain text, its forms and MISC give it back to the byte. With --input tokens a line is a \
            sentence whose tokens stand between spaces; with --input conllu the tokens of CoNLL-U or of columns are \
            kept with a space or none between them, their comments and other white space are not.

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
    @OptionGroup var daemon: DaemonOptions

    @Argument(help: ArgumentHelp("Documents; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    /// The longest sentence, in tokens, here as in a daemon: the network's states of a sentence are in memory together.
    static let maximumTokens = 10_000

    func validate() throws {
        if lines, input == .conllu { throw ValidationError("--lines and --input conllu exclude each other") }
        if !column.isEmpty, input != .conllu { throw ValidationError("--column needs --input conllu") }
    }

    func run() throws {
        var printer = DocumentPrinter(format)
        // The socket API carries no columns beside the words.
        guard column.isEmpty, let served = try daemon.model(model, store), served.inputs.isEmpty else {
            return try tag(try localTagger(model), &printer)
        }
        guard served.task == .tag else { throw WrongTask.error(model, served.task, wanted: "tag") }
        if input == .text {
            try tagTexts(served, &printer)
        } else {
            let tagger = RemoteTagger(served)
            try forEachChunk(Tokenizer(TokenizerConfiguration(kind: .whitespace)), wanted: []) {
                try print($0, tagger, &printer)
            }
        }
    }

    private func localTagger(_ model: String) throws -> Tagger {
        let served = try store.model(model).model
        guard case .tag(let tagger) = served else { throw WrongTask.error(model, served.task, wanted: "tag") }
        return tagger
    }

    /// Has this process tag the input.
    private func tag(_ tagger: Tagger, _ printer: inout DocumentPrinter) throws {
        let wanted = tagger.configuration.encoder.columns
        if input != .conllu, let first = wanted.first {
            throw CommandError(
                ExitStatus.usage,
                "the model \(model) reads the column \"\(first)\" beside the words; "
                    + "give it with --input conllu --column \(first)=NUMBER")
        }
        let splitter: any TextSplitter =
            input == .tokens ? try Tokenizer(TokenizerConfiguration(kind: .whitespace)) : tagger.splitter
        try forEachChunk(splitter, wanted: wanted) {
            try print($0, LocalTagger(tagger, threads: text.threads), &printer)
        }
    }

    /// Has a daemon cut and tag documents; where this process has its model, it answers for the long ones, in their turn.
    private func tagTexts(_ served: DaemonModel, _ printer: inout DocumentPrinter) throws {
        let remote = RemoteDocuments(served, "/v1/tag")
        var local: (tagger: LocalTagger, splitter: any TextSplitter)?
        lazy var isHere = store.holds(served)
        func show(_ document: Document, _ tags: [[ColumnTags]]) throws {
            try printer.print(document) { Array(tags[$0]) }
        }
        try reader.forEach(settle: { try remote.settle(show) }) { documents in
            for document in documents {
                guard document.text.utf8.count > RemoteDocuments.maximumBytes, isHere else {
                    try remote.send(document, show)
                    continue
                }
                try remote.settle(show)
                if local == nil {
                    // The version that answers for the short ones.
                    let tagger = try localTagger(served.reference)
                    local = (LocalTagger(tagger, threads: text.threads), tagger.splitter)
                }
                if let (tagger, splitter) = local { try print([Document(document, splitter)], tagger, &printer) }
            }
        }
    }

    private var reader: DocumentReader {
        DocumentReader(paths: TextOptions.paths(files), invalidUTF8: text.invalidUTF8, lines: lines)
    }

    private func forEachChunk(
        _ splitter: any TextSplitter, wanted: [String], _ body: ([Document]) throws -> Void
    ) throws {
        guard input == .conllu else {
            return try reader.forEach { try body($0.map { try Document($0, splitter) }) }
        }
        let options = try columnOptions(wanted)
        for path in TextOptions.paths(files) {
            let sentences = try CorpusReader.tagged(paths: [path], options: options).examples
            let file = ByteStream.name(of: path)
            // A columns file has each column that was named.
            let missing = options.tagColumns.first { column in sentences.contains { $0.tags[column.name] == nil } }
            if let missing, !column.isEmpty {
                throw CorpusError(
                    file: file, message: "CoNLL-U has no column \"\(missing.name)\"",
                    remedy: "give a columns file, of which alone --column says something", kind: .badData)
            }
            for document in sentences.documents {
                try body([try Document(name: path == "-" ? nil : path, document, wanted: wanted, file: file)])
            }
        }
    }

    /// Columns beside the tokens are read where they are named, and the last one for a model that reads the column `tag`.
    private func columnOptions(_ wanted: [String]) throws -> CorpusOptions {
        var options = CorpusOptions(invalidUTF8: text.invalidUTF8)
        let named = try column.map {
            guard let parsed = TagColumn($0) else { throw ValidationError("--column \($0) is no column") }
            return parsed
        }
        options.tagColumns.removeAll { last in !wanted.contains(last.name) || named.contains { $0.name == last.name } }
        options.tagColumns += named
        return options
    }

    private func print(_ documents: [Document], _ tagger: some SentenceTagger, _ printer: inout DocumentPrinter) throws
    {
        for document in documents { try check(document.sentences) }
        if documents.count == 1, let document = documents.first {
            var tagger = tagger
            try printer.print(document) { try tagger.tag($0, of: document) }
        } else {
            // Many short documents are tagged at once, so that every thread has work.
            let tags = try tagger.tag(documents.map { $0.words($0.sentences.indices) })
            for (document, tags) in zip(documents, tags) { try printer.print(document) { Array(tags[$0]) } }
        }
    }

    private func check(_ sentences: [Sentence]) throws {
        guard let long = sentences.first(where: { $0.tokens.count > Self.maximumTokens }) else { return }
        throw CommandError(
            ExitStatus.data,
            "the sentence at byte \(long.range.lowerBound) has \(long.tokens.count) tokens, the limit is "
                + "\(Self.maximumTokens); end sentences with full stops or empty lines")
    }
}
