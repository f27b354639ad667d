import ArgumentParser
import GlossPipeline
import GlossTraining

/// `gloss train tag`.
struct TrainTag: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Learns a tag a token, in one column or several.",
        discussion: """
            Data: CoNLL-U (UPOS, XPOS and FEATS are learned together), or columns with IOB1, IOB2 or BIOES tags.

            Examples:
              gloss train tag --train train.conllu --dev dev.conllu --model tags
              gloss train tag --train train.conll --dev dev.conll --model names --set model.head.crf=true --set model.head.consistency=6
              gloss train tag --train few.conllu --model tags --set training.pretrained=tagger --set training.vectorWords=15000
              gloss train tag --train few.conllu --model tags --set training.pretrained=tagger --set training.continues=true
              gloss train tag --train train.conllu --dev dev.conllu --model tags --search search.toml

            \(SearchOptions.example)
            """)

    @Option(
        help: ArgumentHelp(
            "A model of gloss train tokenize: the tagger cuts text as that does (one that is trained further as it did).",
            valueName: "model"))
    var segmentation: String?

    @OptionGroup var options: TrainOptions
    @OptionGroup var search: SearchOptions

    func validate() throws { try options.reading.refuse(labelSeparator: true, for: "sentences with tags") }

    func run() throws {
        let run = try options.configuration(.tag)
        if options.printConfig { return Output.write(try run.toml()) }
        let segmenter = try segmentation.map(segmenter)
        var session = try TrainingSession(options, run)
        let reading = try options.reading.corpusOptions()
        let corpus = try CorpusReader.tagged(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.tagged(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let units = corpus.examples.units
        let parts = try TrainingSession.split(units, held: held.map { [(0, $0.examples)] })
        let examples = (train: [TaggedSentence](parts.train), held: [TaggedSentence](parts.held))
        session = try session.searched(
            search, examples,
            folds: { folds, seed in
                try Folds.even(units, kinds: { _ in "" }, folds: folds, seed: seed).map {
                    (train: [TaggedSentence]($0.train), held: [TaggedSentence]($0.held))
                }
            },
            measure: { try trained($0, $1).1.evaluation })
        var (model, outcome) = try trained(session, examples)
        if let segmenter { model.segmenter = segmenter }
        try session.finish(.tag(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, tagged: examples.held, threads: options.threads)
        }
    }

    private func trained(_ session: TrainingSession, _ examples: TrainingSession.Parts<TaggedSentence>) throws -> (
        Tagger, Trainer<SequenceTask<TaggingHead>>.Outcome
    ) {
        let training = try TaggerTraining(
            session.run.model, session.run.training, examples: examples.train, held: examples.held,
            start: session.start, threads: options.threads)
        var model = try training.freshModel()
        let outcome = try session.train(training.task(), model.network, kind: .tag)
        model.network = outcome.model
        return (model, outcome)
    }

    private func segmenter(_ name: String) throws -> TextSegmenter {
        let served = try options.store.model(name).model
        guard case .tokenize(let segmenter) = served else {
            throw WrongTask.error(name, served.task, wanted: "train tag --segmentation")
        }
        return segmenter
    }
}
