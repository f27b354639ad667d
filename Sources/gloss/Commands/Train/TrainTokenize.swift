import ArgumentParser
import GlossPipeline
import GlossTraining

/// `gloss train tokenize`.
struct TrainTokenize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Learns to cut text into sentences, tokens and words.",
        discussion: """
            Data: CoNLL-U. The plain text is made from its tokens and SpaceAfter; empty lines stand between paragraphs. \
            Multiword tokens (don't, du) are learned with their words.

            Examples:
              gloss train tokenize --train train.conllu --dev dev.conllu --model cuts
              gloss tokenize --model cuts letter.txt
              gloss train tag --train train.conllu --dev dev.conllu --model tags --segmentation cuts
            """)

    @OptionGroup var options: TrainOptions

    func run() throws {
        let run = try options.configuration(.tokenize)
        if options.printConfig { return Output.write(try run.toml()) }
        let session = try TrainingSession(options, run)
        let reading = try options.reading.corpusOptions()
        let corpus = try CorpusReader.tagged(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.tagged(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let examples = TrainingSession.split(corpus.examples, held: held?.examples)
        let training = try SegmenterTraining(
            run.model, run.training, examples: examples.train, held: examples.held)
        var model = try training.freshModel()
        let outcome = try session.train(try training.task(model), model.network, kind: .tokenize)
        model.network = outcome.model
        try session.finish(.tokenize(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, segmented: examples.held)
        }
    }
}
