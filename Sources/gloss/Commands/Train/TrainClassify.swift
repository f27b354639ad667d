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
            Texts of the same kind that nobody has labelled, one a line, help where labels are few: --unlabelled.
            So does a start from a model that has read more (docs/examples/topics-transfer.toml has settings for it). Where the
            classes are those of a model, as "negative" and "positive" of the shipped sentiment, training.continues trains all of it further.

            Examples:
              gloss train classify --train train.tsv --dev dev.tsv --model mine
              gloss train classify --train few.tsv --model mine --set training.pretrained=sentiment --set training.vectorWords=30000
              gloss train classify --train mine.tsv --model mine --set training.pretrained=sentiment --set training.continues=true --set training.epochs=3 --set training.optimizer.rate=3e-4
              gloss train classify --train train.tsv --dev dev.tsv --model mine --baseline
              gloss train classify --train train.tsv --dev dev.tsv --model mine --unlabelled texts.txt
              gloss train classify --target number --train stars.tsv --model stars
              gloss train classify --train train.jsonl --model topics --set model.head.multiLabel=true
              gloss train classify --train train.tsv --dev dev.tsv --model mine --search search.toml

            \(SearchOptions.example)
            """)

    @Option(help: ArgumentHelp("What a text has: label or number.", valueName: "kind"))
    var target = Target.label

    @Option(
        help: ArgumentHelp(
            "Texts without a label, one a line: what is answered of them shall not change with small disturbances.",
            valueName: "file"))
    var unlabelled: [String] = []

    @Flag(help: "Train and measure the n-gram view alone, the baseline, and store nothing.")
    var baseline = false

    @OptionGroup var options: TrainOptions
    @OptionGroup var search: SearchOptions

    func validate() throws {
        try options.reading.refuse(column: true, for: "texts with labels")
        if baseline, search.search != nil {
            throw ValidationError("--baseline has nothing to search for; leave --search out")
        }
        if !unlabelled.isEmpty, baseline || target == .number {
            throw ValidationError(
                "\(baseline ? "--baseline" : "--target number") learns nothing from texts without a label; leave --unlabelled out"
            )
        }
    }

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
        let session = try TrainingSession(options, run, files: unlabelled)
        let reading = try options.reading.corpusOptions()
        if target == .number { try trainNumber(session, reading) } else { try trainLabel(session, reading) }
    }

    /// What helps a network of English words whose examples are few.
    private func remedy(_ run: RunConfiguration) -> String {
        let tokenizer = run.model.tokenizer
        return run.training.pretrained.isEmpty && tokenizer.kind == .words && tokenizer.language == "en"
            ? "; --set training.pretrained=sentiment starts it from what the shipped model knows of English" : ""
    }

    private func trainLabel(_ session: TrainingSession, _ reading: CorpusOptions) throws {
        let corpus = try CorpusReader.labelled(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.labelled(paths: [$0], options: reading) }
        var texts: [String] = []
        let skipped = try PlainText.forEachLine(paths: unlabelled, options: reading) { line throws(CorpusError) in
            if !line.isBlank { texts.append(line) }
        }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0) + skipped)
        func kind(_ text: LabelledText) -> String { text.labels.joined(separator: "\t") }
        let examples = try TrainingSession.split(corpus.examples, held: held?.examples, kinds: kind)
        if baseline { return try measureBaseline(session, examples) }
        let session = try session.searched(
            search, examples,
            folds: { folds, seed in
                try Folds.even(corpus.examples, kinds: kind, folds: folds, seed: seed)
            },
            measure: { try trained($0, $1, texts).evaluation })
        let (model, _, seconds) = try trained(session, examples, texts)
        try session.finish(.classify(model), seconds: seconds) { stored in
            try Evaluator.evaluate(stored, labelled: examples.held, threads: options.threads)
        }
    }

    /// Both views, weighed on what is held out, with the seconds that it took.
    private func trained(
        _ session: TrainingSession, _ examples: TrainingSession.Parts<LabelledText>, _ unlabelled: [String]
    ) throws -> (model: TextClassifier, evaluation: Evaluation, seconds: Double) {
        let training = try preparation(session, examples, unlabelled)
        let started = Date()
        let ngrams = training.ngrams()
        if let ngrams { session.say("n-grams alone (the baseline): \(ngrams.1.shown)") }
        let before = Date().timeIntervalSince(started)
        let outcome = try session.train(training.task(), training.freshModel().network, kind: .classify)
        let (model, evaluation) = try training.finished(outcome.model, ngrams?.0)
        if let ngrams {
            let both = model.ngrams == nil ? "both are worse: the n-grams are left out" : "both: \(evaluation.shown)"
            session.say("network alone: \(outcome.evaluation.shown); \(both)")
            if outcome.evaluation.score < ngrams.1.score {
                session.say("the network alone does not reach the baseline" + remedy(session.run))
            }
        }
        return (model, evaluation, before + outcome.seconds)
    }

    private func measureBaseline(_ session: TrainingSession, _ examples: TrainingSession.Parts<LabelledText>) throws {
        let training = try preparation(session, examples)
        let started = Date()
        guard let ngrams = training.ngrams() else { return }
        session.say("n-grams alone (the baseline): \(ngrams.1.shown)")
        let figures = ngrams.1.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(rounded($0.value, 4))" }
        let seconds = ProgressPrinter.duration(Date().timeIntervalSince(started))
        Output.write("baseline  \(figures.joined(separator: "  "))  \(seconds)\n")
    }

    private func preparation(
        _ session: TrainingSession, _ examples: TrainingSession.Parts<LabelledText>, _ unlabelled: [String] = []
    ) throws -> ClassifierTraining {
        try ClassifierTraining(
            session.run.model, session.run.training, examples: examples.train, unlabelled: unlabelled,
            held: examples.held, start: session.start, threads: options.threads)
    }

    private func trainNumber(_ session: TrainingSession, _ reading: CorpusOptions) throws {
        let corpus = try CorpusReader.numbered(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.numbered(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let examples = try TrainingSession.split(corpus.examples, held: held?.examples)
        let session = try session.searched(
            search, examples,
            folds: { try Folds.even(corpus.examples, kinds: { _ in "" }, folds: $0, seed: $1) },
            measure: { try trained($0, $1).1.evaluation })
        let (model, outcome) = try trained(session, examples)
        try session.finish(.number(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, numbered: examples.held, threads: options.threads)
        }
    }

    private func trained(_ session: TrainingSession, _ examples: TrainingSession.Parts<NumberedText>) throws -> (
        TextRegressor, Trainer<SequenceTask<NumberHead>>.Outcome
    ) {
        let training = try RegressorTraining(
            session.run.model, session.run.training, examples: examples.train, held: examples.held,
            start: session.start, threads: options.threads)
        var model = try training.freshModel()
        let outcome = try session.train(training.task(), model.network, kind: .number)
        model.network = outcome.model
        return (model, outcome)
    }
}
