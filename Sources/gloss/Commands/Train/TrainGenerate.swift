import ArgumentParser
import GlossPipeline
import GlossText
import GlossTraining

/// `gloss train generate`.
struct TrainGenerate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Learns to continue text.",
        discussion: """
            Data: plain text. --tokenizer whitespace is for text whose words are already separated by spaces.

            Examples:
              gloss train generate --train book.txt --model writer
              gloss train generate --train wiki.train.tokens --dev wiki.valid.tokens --tokenizer whitespace --model wiki
              gloss train generate --train letters.txt --model letters --set training.pretrained=writer
              gloss train generate --train book.txt --model writer --search search.toml

            \(SearchOptions.example)
            """)

    @Option(
        help: ArgumentHelp(
            "Read words of this kind in place of byte pairs: words, icu, whitespace or characters.", valueName: "kind"))
    var tokenizer: TokenizerConfiguration.Kind?

    @OptionGroup var options: TrainOptions
    @OptionGroup var search: SearchOptions

    func validate() throws {
        try options.reading.refuse(
            column: true, labelSeparator: true, skipBadLines: true, for: "plain text, which is read as one")
    }

    func run() throws {
        let run = try options.configuration(
            .generate,
            further: tokenizer.map { ["model.tokenizer.kind=\($0.rawValue)", "model.vocabulary.kind=words"] } ?? [])
        if options.printConfig { return Output.write(try run.toml()) }
        var session = try TrainingSession(options, run)
        let whole = PlainText.joined(try options.train.map(text(of:)))
        let texts = try split(whole)
        session = try session.searched(
            search, texts,
            folds: { folds, _ in
                try Folds.blocks(Self.lines(whole), folds: folds).map { ($0.train.joined(), $0.held.joined()) }
            },
            measure: { try trained($0, $1).1.evaluation })
        let (model, outcome) = try trained(session, texts)
        try session.finish(.generate(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, text: texts.held, threads: options.threads)
        }
    }

    private func text(of path: String) throws -> String {
        try PlainText.nonEmpty(path: path, invalidUTF8: options.reading.invalidUTF8)
    }

    private func trained(_ session: TrainingSession, _ texts: (text: String, held: String)) throws -> (
        Generator, Trainer<LanguageModelTask>.Outcome
    ) {
        let training = try GeneratorTraining(
            session.run.model, session.run.training, text: texts.text, held: texts.held,
            start: session.start, threads: options.threads)
        var model = try training.freshModel()
        let outcome = try session.train(training.task(), model.network, kind: .generate)
        model.network = outcome.model
        return (model, outcome)
    }

    private static func lines(_ text: String) -> [String] {
        text.lines.map { $0 + "\n" }
    }

    /// The text and the held-out text: the dev file's, or the last twentieth of the lines.
    private func split(_ whole: String) throws -> (text: String, held: String) {
        if let dev = options.dev {
            return (whole, try text(of: dev))
        }
        let lines = whole.lines
        guard lines.count(where: { !$0.withoutReturn.isEmpty }) > 1 else {
            throw TrainingError.data(
                "one line is too little to learn from and to judge by; give more, or others with --dev")
        }
        let cut = lines.count - max(lines[lines.count - 1].isEmpty ? 2 : 1, lines.count / 20)
        return (
            lines[..<cut].map { $0 + "\n" }.joined(), lines[cut...].joined(separator: "\n")
        )
    }
}

extension TokenizerConfiguration.Kind: ExpressibleByArgument {}
