import ArgumentParser
import GlossPipeline
import GlossTraining

/// `gloss train vectors`.
struct TrainVectors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Learns vectors of words from plain text, for other models to start from.",
        discussion: """
            Data: plain text, a text a line. Skip-gram with subwords and negative sampling, on one core.

            Examples:
              gloss train vectors --train reviews.txt --model words
              gloss train classify --train train.tsv --model mine --set training.vectors=words \\
                --set model.encoder.wordFeatures=200
              gloss vocabulary export --vectors --model words > words.txt
            """)

    @OptionGroup var options: TrainOptions

    func validate() throws {
        try options.reading.refuse(column: true, labelSeparator: true, for: "plain text")
    }

    func run() throws {
        let run = try options.configuration(.vectors)
        if options.printConfig { return Output.write(try run.toml()) }
        guard options.dev == nil else {
            throw CommandError(ExitStatus.usage, "vectors are learned without held-out data; leave --dev out")
        }
        let session = try TrainingSession(options, run)
        let training = try SkipGramTraining(
            run.model, run.training, paths: options.train, options: options.reading.corpusOptions(),
            threads: options.threads)
        TrainingSession.report(skipped: training.skipped)
        Diagnostics.warn("\(training.words.count) different words, \(training.tokens) in the text")
        let outcome = try session.train(training)
        try session.finish(.vectors(outcome.vectors), seconds: outcome.seconds) { _ in
            Evaluation(
                score: 0, metrics: ["words": Double(training.words.count), "tokens": Double(training.tokens)], shown: ""
            )
        }
    }
}
