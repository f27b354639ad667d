import ArgumentParser
import GlossPipeline
import GlossText
import GlossTraining

/// `gloss tokenize`.
struct Tokenize: ParsableCommand {
    /// What is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case lines, conllu, jsonl
    }

    static let configuration = CommandConfiguration(
        abstract: "Cuts text into sentences and tokens.",
        discussion: """
            As lines, a sentence is a line with spaces between its tokens, and an empty line stands between documents. \
            CoNLL-U and JSONL have offsets in Unicode scalars; CoNLL-U gives the text back to the byte.

            Examples:
              echo "Dr. Smith can't come. She's ill." | gloss tokenize
              gloss tokenize --format conllu letter.txt
              gloss tokenize --kind icu --language th thai.txt
              gloss tokenize --language auto --format conllu letters/*.txt
              gloss tokenize --model tagger --format jsonl letter.txt
            """)

    @Option(help: ArgumentHelp("Cut as this model does: NAME or NAME:VERSION.", valueName: "model"))
    var model: String?

    @Option(help: "What is printed: lines, conllu or jsonl.")
    var format = Format.lines

    @Option(help: ArgumentHelp("What a token is: words, icu, whitespace or characters.", valueName: "kind"))
    var kind: TokenizerConfiguration.Kind?

    @Option(
        help: ArgumentHelp(
            "The language, as en, th or zh-Hant; auto has the model “language” find that of each document.",
            valueName: "code"))
    var language: String?

    @Flag(help: "Leave a document in one piece.")
    var noSentences = false

    @Flag(help: "Each line is a document.")
    var lines = false

    @OptionGroup var text: TextOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var daemon: DaemonOptions

    @Argument(help: ArgumentHelp("Documents; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func validate() throws {
        if model != nil, kind != nil || language != nil || noSentences {
            throw ValidationError("--model brings its own kind, language and sentences; leave those options out")
        }
    }

    func run() throws {
        var printer = DocumentPrinter(format == .conllu ? .conllu : .jsonl)
        var isFirst = true
        func show(_ document: Document) throws {
            guard format == .lines else {
                return try printer.print(document) { range in [[ColumnTags]](repeating: [], count: range.count) }
            }
            if !isFirst { Output.write("\n") }
            isFirst = false
            printLines(document)
        }
        let reader = DocumentReader(paths: TextOptions.paths(files), invalidUTF8: text.invalidUTF8, lines: lines)
        // Without a model there is nothing to load, and a daemon would save nothing. What it does not cut by, this process knows.
        guard let model, let served = try daemon.model(model, store),
            ![.generate, .pretrain, .vectors].contains(served.task)
        else {
            let own = try splitter(model)
            return try reader.forEach { for document in $0 { try show(Document(document, own)) } }
        }
        let remote = RemoteDocuments(served, "/v1/tokenize")
        var local: (any TextSplitter)?
        lazy var isHere = store.holds(served)
        try reader.forEach(settle: { try remote.settle { document, _ in try show(document) } }) { documents in
            for document in documents {
                guard document.text.utf8.count > RemoteDocuments.maximumBytes, isHere else {
                    try remote.send(document) { document, _ in try show(document) }
                    continue
                }
                try remote.settle { document, _ in try show(document) }
                let own = try local ?? splitter(served.reference)
                local = own
                try show(Document(document, own))
            }
        }
    }

    private func printLines(_ document: Document) {
        for part in document.parts {
            Output.write(
                document.sentences[part].map { $0.tokens.map(document.form).joined(separator: " ") + "\n" }.joined())
        }
    }

    /// The value of `--language` that has a model find it, and that model.
    private static let anyLanguage = "auto", languageModel = "language"

    private func languages() throws -> TextClassifier {
        guard case .classify(let classifier) = try store.model(Self.languageModel).model else {
            throw CommandError(
                ExitStatus.usage, "the model \(Self.languageModel) is no classifier; name the language with --language")
        }
        return classifier
    }

    /// What cuts text as `model` does, or by the rules.
    private func splitter(_ model: String?) throws -> any TextSplitter {
        guard let model else {
            let configuration = TokenizerConfiguration(
                kind: kind ?? .words, language: language == Self.anyLanguage ? "en" : language ?? "en",
                splitsSentences: !noSentences)
            return language == Self.anyLanguage
                ? try LanguageSplitter(languages(), configuration) : try Tokenizer(configuration)
        }
        let served = try store.model(model).model
        guard served.configuration.vocabulary.kind == .words else {
            throw CommandError(
                ExitStatus.usage, "the model \(model) reads byte pairs, which are no tokens; name another model")
        }
        return try served.splitter()
    }
}
