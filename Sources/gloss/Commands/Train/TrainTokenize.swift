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
              gloss train tokenize --train train.conllu --dev dev.conllu --model cuts --search search.toml

            \(SearchOptions.example)
            """)

    @OptionGroup var options: TrainOptions
    @OptionGroup var search: SearchOptions

    func validate() throws {
        try options.reading.refuse(column: true, labelSeparator: true, for: "a treebank")
    }

    func run() throws {
        let run = try options.configuration(.tokenize)
        if options.printConfig { return Output.write(try run.toml()) }
        var session = try TrainingSession(options, run)
        let reading = try options.reading.corpusOptions()
        let corpus = try CorpusReader.tagged(paths: options.train, options: reading)
        let held = try options.dev.map { try CorpusReader.tagged(paths: [$0], options: reading) }
        TrainingSession.report(skipped: corpus.skipped + (held?.skipped ?? 0))
        let examples = try TrainingSession.split(corpus.examples, held: held?.examples)
        session = try session.searched(
            search, examples,
            folds: { folds, _ in try Folds.blocks(corpus.examples, folds: folds) },
            measure: { try trained($0, $1).1.evaluation })
        let (model, outcome) = try trained(session, examples)
        try session.finish(.tokenize(model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, segmented: examples.held)
        }
    }

    private func trained(_ session: TrainingSession, _ examples: TrainingSession.Parts<TaggedSentence>) throws -> (
        TextSegmenter, Trainer<SegmentationTask>.Outcome
    ) {
        let training = try SegmenterTraining(
            session.run.model, session.run.training, examples: examples.train, held: examples.held)
        let fresh = try training.freshModel()
        var outcome = try session.train(try training.task(fresh), fresh.network, kind: .tokenize)
        let model = try training.finished(outcome.model, fresh)
        outcome.evaluation = try SegmenterTraining.evaluation(examples.held, model)
        return (model, outcome)
    }
}
