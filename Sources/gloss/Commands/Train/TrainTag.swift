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
              gloss train tag --train train.conll --dev dev.conll --model names --set model.head.crf=true
            """)

    @Option(
        help: ArgumentHelp("A model of gloss train tokenize: the tagger cuts text as that does.", valueName: "model"))
    var segmentation: String?

    @OptionGroup var options: TrainOptions

    func run() throws {
        let run = try options.configuration(.tag)
        if options.printConfig { return Output.write(try run.toml()) }
        let segmenter = try segmentation.map(segmenter)
        let session = try TrainingSession(options, run)
        let reading = try options.reading.corpusOptions()
        let corpus = try CorpusReader.tagged(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.tagged(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let examples = TrainingSession.split(corpus.examples, held: held?.examples)
        let training = try TaggerTraining(
            run.model, run.training, examples: examples.train, held: examples.held,
            start: session.start, threads: options.threads)
        var model = try training.freshModel()
        let outcome = try session.train(training.task(), model.network, kind: .tag)
        model.network = outcome.model
        model.segmenter = segmenter
        try session.finish(.tag(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, tagged: examples.held, threads: options.threads)
        }
    }

    private func segmenter(_ name: String) throws -> TextSegmenter {
        let served = try options.store.model(name).model
        guard case .tokenize(let segmenter) = served else {
            throw WrongTask.error(name, served.task, wanted: "train tag --segmentation")
        }
        return segmenter
    }
}
