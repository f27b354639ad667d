import GlossPipeline
import GlossText
import GlossTraining

/// A model measured on the labelled data of files.
struct Measurement {
    /// What was measured on, by name.
    var counts: [(String, Double)] = []
    /// The figures.
    let evaluation: Evaluation
    /// Malformed lines that were left out.
    var skipped = 0

    /// Reads the data of the model's task; `isRaw` has a tagger cut the data's plain text by itself, `cache` is a language
    /// model's.
    ///
    /// Throws for data of another task and what cannot be read.
    init(
        _ model: Model, paths: [String], _ reading: ReadingOptions, isRaw: Bool = false,
        cache: CacheConfiguration? = nil, threads: Int
    ) throws {
        if isRaw, model.task != .tag, model.task != .tokenize {
            throw CommandError(
                ExitStatus.usage, "--raw is for models that tag or tokenize; this one is for \(model.task.rawValue)")
        }
        if cache != nil, model.task != .generate {
            throw CommandError(
                ExitStatus.usage, "--cache is for models that continue text; this one is for \(model.task.rawValue)")
        }
        try reading.refuseIdle(for: model.task)
        let options = try reading.corpusOptions()
        switch model {
        case .classify:
            let corpus = try CorpusReader.labelled(paths: paths, options: options)
            counts = [("examples", Double(corpus.examples.count))]
            skipped = corpus.skipped
            evaluation = try Evaluator.evaluate(model, labelled: corpus.examples, threads: threads)
        case .number:
            let corpus = try CorpusReader.numbered(paths: paths, options: options)
            counts = [("examples", Double(corpus.examples.count))]
            skipped = corpus.skipped
            evaluation = try Evaluator.evaluate(model, numbered: corpus.examples, threads: threads)
        case .tag:
            let corpus = try CorpusReader.tagged(paths: paths, options: options)
            counts = [
                ("sentences", Double(corpus.examples.count)),
                ("tokens", Double(corpus.examples.reduce(0) { $0 + $1.tokens.count })),
            ]
            skipped = corpus.skipped
            evaluation =
                try isRaw
                ? Evaluator.evaluate(model, raw: corpus.examples, threads: threads)
                : Evaluator.evaluate(model, tagged: corpus.examples, threads: threads)
        case .tokenize:
            let corpus = try CorpusReader.tagged(paths: paths, options: options)
            counts = [
                ("sentences", Double(corpus.examples.count)),
                ("tokens", Double(corpus.examples.reduce(0) { $0 + $1.surfaceTokens.count })),
            ]
            skipped = corpus.skipped
            evaluation = try Evaluator.evaluate(model, segmented: corpus.examples)
        case .generate:
            let text = PlainText.joined(
                try paths.map { try PlainText.nonEmpty(path: $0, invalidUTF8: reading.invalidUTF8) })
            evaluation = try Evaluator.evaluate(
                model, text: text, cache: cache ?? CacheConfiguration(), threads: threads)
        case .pretrain:
            evaluation = try Evaluator.evaluate(model, texts: paths, options, threads: threads)
        case .vectors:
            throw CommandError(
                ExitStatus.usage, "a model of vectors is measured by what starts from it; evaluate such a model")
        }
    }
}
