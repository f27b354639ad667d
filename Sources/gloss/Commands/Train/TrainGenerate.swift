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
            """)

    @Option(
        help: ArgumentHelp(
            "Read words of this kind in place of byte pairs: words, icu, whitespace or characters.", valueName: "kind"))
    var tokenizer: TokenizerConfiguration.Kind?

    @OptionGroup var options: TrainOptions

    func run() throws {
        var run = try options.configuration(.generate)
        if let tokenizer {
            run.model.tokenizer.kind = tokenizer
            run.model.vocabulary.kind = .words
        }
        if options.printConfig { return Output.write(try run.toml()) }
        let session = try TrainingSession(options, run)
        let whole = try options.train.map { try PlainText.whole(path: $0, invalidUTF8: options.reading.invalidUTF8) }
            .joined()
        let (text, held) = try split(whole)
        let training = try GeneratorTraining(
            run.model, run.training, text: text, held: held,
            start: session.start, threads: options.threads)
        var model = try training.freshModel()
        let outcome = try session.train(training.task(), model.network, kind: .generate)
        model.network = outcome.model
        try session.finish(.generate(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, text: held, threads: options.threads)
        }
    }

    /// The text and the held-out text: the dev file's, or the last twentieth of the lines.
    private func split(_ whole: String) throws -> (String, String) {
        if let dev = options.dev {
            return (whole, try PlainText.whole(path: dev, invalidUTF8: options.reading.invalidUTF8))
        }
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        let cut = lines.count - max(1, lines.count / 20)
        return (
            lines[..<cut].map { $0 + "\n" }.joined(), lines[cut...].joined(separator: "\n")
        )
    }
}

extension TokenizerConfiguration.Kind: ExpressibleByArgument {}
