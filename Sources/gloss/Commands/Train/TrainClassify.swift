import ArgumentParser
import Foundation
import GlossPipeline
import GlossTraining

/// `gloss train classify`.
struct TrainClassify: ParsableCommand {
    /// What a text has.
    enum Target: String, ExpressibleByArgument, CaseIterable {
        case label, number
    }

    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Learns the class of a text, or with --target number its number.",
        discussion: """
            Data: TSV with the header label<TAB>text (value<TAB>text for numbers), JSONL, or fastText's __label__x text.

            Examples:
              gloss train classify --train train.tsv --dev dev.tsv --model mine
              gloss train classify --train train.tsv --dev dev.tsv --model mine --baseline
              gloss train classify --target number --train stars.tsv --model stars
              gloss train classify --train train.jsonl --model topics --set model.head.multiLabel=true
            """)

    @Option(help: ArgumentHelp("What a text has: label or number.", valueName: "kind"))
    var target = Target.label

    @Flag(help: "Train and measure the n-gram view alone, the baseline, and store nothing.")
    var baseline = false

    @OptionGroup var options: TrainOptions

    func run() throws {
        let task: Task = target == .number ? .number : .classify
        let run = try options.configuration(task)
        if options.printConfig { return Output.write(try run.toml()) }
        if baseline {
            guard target == .label, run.training.ngrams.order > 0 else {
                throw CommandError(
                    ExitStatus.usage,
                    "--baseline needs labels and training.ngrams.order of at least 1; set it, or leave it out")
            }
        }
        let session = try TrainingSession(options, run)
        let reading = try options.reading.corpusOptions()
        if target == .number { try trainNumber(session, run, reading) } else { try trainLabel(session, run, reading) }
    }

    private func trainLabel(_ session: TrainingSession, _ run: RunConfiguration, _ reading: CorpusOptions) throws {
        let corpus = try CorpusReader.labelled(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.labelled(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let examples = TrainingSession.split(corpus.examples, held: held?.examples)
        let training = try ClassifierTraining(
            run.model, run.training, examples: examples.train, held: examples.held,
            start: session.start, threads: options.threads)
        let started = Date()
        let ngrams = training.ngrams()
        if let ngrams { Diagnostics.warn("n-grams alone (the baseline): \(ngrams.1.shown)") }
        let before = Date().timeIntervalSince(started)
        if baseline, let ngrams {
            let figures = ngrams.1.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(rounded($0.value, 4))" }
            return Output.write("baseline  \(figures.joined(separator: "  "))  \(ProgressPrinter.duration(before))\n")
        }
        let outcome = try session.train(training.task(), training.freshModel().network, kind: .classify)
        let (model, evaluation) = try training.finished(outcome.model, ngrams?.0)
        Diagnostics.warn("network alone: \(outcome.evaluation.shown); both: \(evaluation.shown)")
        if let ngrams, outcome.evaluation.score < ngrams.1.score {
            Diagnostics.warn("the network alone does not reach the baseline")
        }
        try session.finish(.classify(model), seconds: before + outcome.seconds) { stored in
            try Evaluator.evaluate(stored, labelled: examples.held, threads: options.threads)
        }
    }

    private func trainNumber(_ session: TrainingSession, _ run: RunConfiguration, _ reading: CorpusOptions) throws {
        let corpus = try CorpusReader.numbered(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.numbered(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let examples = TrainingSession.split(corpus.examples, held: held?.examples)
        let training = try RegressorTraining(
            run.model, run.training, examples: examples.train, held: examples.held,
            start: session.start, threads: options.threads)
        var model = try training.freshModel()
        let outcome = try session.train(training.task(), model.network, kind: .number)
        model.network = outcome.model
        try session.finish(.number(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, numbered: examples.held, threads: options.threads)
        }
    }
}
