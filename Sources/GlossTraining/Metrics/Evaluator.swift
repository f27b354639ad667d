import GlossPipeline
import GlossText

/// The figures of a stored model on labelled data.
public enum Evaluator {
    /// Throws `TrainingError.data` for a model of another task or labels that it does not know.
    public static func evaluate(_ model: Model, labelled examples: [LabelledText], threads: Int) throws -> Evaluation {
        guard case .classify(let classifier) = model else { throw mismatch(model, "labelled texts") }
        let indices = Dictionary(uniqueKeysWithValues: classifier.labels.enumerated().map { ($1, Int32($0)) })
        if !classifier.configuration.head.multiLabel { try examples.requireOneLabel() }
        let targets = try examples.map { example in
            try example.answered(classifier.configuration.head).labels.map { label in
                guard let index = indices[label] else {
                    throw TrainingError.data(
                        "\(example.place): the model does not know the label “\(label)”; it knows "
                            + classifier.labels.prefix(20).joined(separator: ", "))
                }
                return index
            }
        }
        let words = try ClassifierTraining.words(examples.map(\.text), classifier.configuration.tokenizer, threads)
        let logits = classifier.logits(words: words, threads: threads).map { classifier.calibration.combine($0, $1) }
        let multiLabel = classifier.configuration.head.multiLabel
        var evaluation = ClassificationMetrics.evaluation(
            logits: logits, targets: targets, labels: classifier.labels.count, multiLabel: multiLabel)
        evaluation.classes = [
            ClassificationMetrics.classes(
                logits: logits, targets: targets, names: classifier.labels, multiLabel: multiLabel)
        ]
        return evaluation
    }

    /// Throws `TrainingError.data` for a model of another task.
    public static func evaluate(_ model: Model, numbered examples: [NumberedText], threads: Int) throws -> Evaluation {
        guard case .number(let regressor) = model else { throw mismatch(model, "texts with a number") }
        return RegressorTraining.evaluation(
            gold: examples.map(\.value), predicted: try regressor(examples.map(\.text), threads: threads))
    }

    /// The words are the data's own. Throws `TrainingError.data` for a model of another task.
    public static func evaluate(_ model: Model, tagged sentences: [TaggedSentence], threads: Int) throws -> Evaluation {
        guard case .tag(let tagger) = model else { throw mismatch(model, "tagged sentences") }
        let inputs = tagger.configuration.encoder.columns
        try tagger.network.head.tagSets.requireColumns(sentences)
        let documents = sentences.documents
        let columns = try documents.map { document in
            try document.map { sentence in
                try inputs.map { name in
                    guard let values = sentence.tags[name] else {
                        throw TrainingError.data(
                            "\(sentence.place): the data has no column “\(name)”, which the model reads")
                    }
                    return values
                }
            }
        }
        let tags = tagger.tag(
            documents.map { $0.map(\.tokens) }, columns: inputs.isEmpty ? [] : columns, threads: threads
        ).flatMap(\.self)
        let sets = tagger.network.head.tagSets
        let predicted = tags.map { zip(sets, $0).map { (set: $0, tags: $1.tags) } }
        var evaluation = TaggerTraining.evaluation(sentences, predicted)
        evaluation.classes = TaggerTraining.classes(sentences, predicted)
        return evaluation
    }

    /// Cuts the sentences' plain text anew. Throws `TextError`, and `TokenizationScore.TextMismatch` if text is lost.
    public static func evaluate(_ model: Model, segmented sentences: [TaggedSentence]) throws -> Evaluation {
        try SegmenterTraining.evaluation(sentences, model.splitter())
    }

    /// Cuts the sentences' plain text anew and tags what was cut. Throws `TrainingError.data` for a model of another task
    /// or one that reads more than words, and as above.
    public static func evaluate(_ model: Model, raw sentences: [TaggedSentence], threads: Int) throws -> Evaluation {
        guard case .tag(let tagger) = model else { throw mismatch(model, "tagged plain text") }
        if let column = tagger.configuration.encoder.columns.first {
            throw TrainingError.data(
                "the model reads the column “\(column)”, which plain text has not; leave --raw out")
        }
        try tagger.network.head.tagSets.requireColumns(sentences)
        return try RawTextEvaluation.evaluation(sentences, tagger.splitter) { tagger.tag([$0], threads: threads)[0] }
    }

    /// Reads the text as one stream from its start, with a cache where that has a window. Throws `TrainingError.data` for a
    /// model of another task.
    public static func evaluate(
        _ model: Model, text: String, cache: CacheConfiguration = CacheConfiguration(), threads: Int
    ) throws -> Evaluation {
        guard case .generate(let generator) = model else { throw mismatch(model, "plain text") }
        let symbols = [generator.codec.end] + (try generator.codec.encode(text, tokenizer: generator.tokenizer))
        let score =
            cache.window > 0
            ? LanguageModelEvaluation.score(
                generator.network, symbols: symbols, bytes: text.utf8.count, cache: cache)
            : LanguageModelEvaluation.score(
                generator.network, symbols: symbols, bytes: text.utf8.count, columns: 1, threads: threads)
        return Evaluation(
            score: -score.perplexity,
            metrics: [
                "perplexity": score.perplexity, "bits_per_byte": score.bitsPerByte, "tokens": Double(symbols.count - 1),
            ], shown: "perplexity \(rounded(score.perplexity, 2))")
    }

    /// Each line is a text of its own, read in windows of as many words as is the default of training. Throws `TrainingError.data` for a model of another task.
    public static func evaluate(
        _ model: Model, texts paths: [String], _ options: CorpusOptions, threads: Int
    ) throws -> Evaluation {
        guard case .pretrain(let network) = model else { throw mismatch(model, "plain text") }
        let text = try WordStream(
            paths: paths, network.configuration.tokenizer, options: options, threads: threads)
        return try evaluate(model, text, threads: threads)
    }

    /// The same of text that has been read.
    public static func evaluate(_ model: Model, _ text: WordStream, threads: Int) throws -> Evaluation {
        guard case .pretrain(let network) = model else { throw mismatch(model, "plain text") }
        return PretrainingTask.evaluation(
            network, IdentifiedWords(text, network.lexicon), steps: RunConfiguration(.pretrain).training.stream.steps,
            threads: threads)
    }

    private static func mismatch(_ model: Model, _ data: String) -> TrainingError {
        .data("a model that can \(model.task.rawValue) is not measured on \(data); give the data of its task")
    }
}
