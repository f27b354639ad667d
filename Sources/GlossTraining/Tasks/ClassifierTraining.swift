import GlossNN
import GlossPipeline
import GlossText

/// From labelled texts to a classifier: vocabulary, network, n-gram view, calibration.
public struct ClassifierTraining: Sendable {
    /// What the model is made of, and how it is trained.
    public let model: ModelConfiguration
    /// How it is trained.
    public let training: TrainingConfiguration
    let threads: Int
    let start: StartingPoint
    /// The classifier that is trained further.
    private let known: TextClassifier?
    let labels: [String]
    let words, heldWords, unlabelledWords: [[String]]
    let targets, heldTargets: [[Int32]]
    let lexicon: Lexicon

    /// Prepares training on `examples`, judged on `held`; `unlabelled` texts of the same kind teach to answer alike what is
    /// alike (`training.adversarial.unlabelled`).
    ///
    /// A classifier that is trained further keeps its sizes, classes and words, and has those of the examples behind them.
    ///
    /// Throws `TrainingError` for fewer than two classes, for labels that training or the classifier that is trained further has not
    /// seen, for a text of several labels where a model answers one and for more n-grams and classes than memory holds,
    /// `TextError` for a vocabulary without words.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, examples: [LabelledText],
        unlabelled: [String] = [], held: [LabelledText], start: StartingPoint = .none, threads: Int
    ) throws {
        known = try start.whole { if case .classify(let classifier) = $0 { classifier } else { nil } }
        let model = try known?.configuration.further(as: model) ?? start.adapted(model, width: training.pretrainedWidth)
        self.model = model
        self.training = training
        self.threads = threads
        self.start = start
        let examples = examples.map { $0.renamed(model.head.labelNames) }
        let held = held.map { $0.answered(model.head) }
        let classes = model.head.classes
        let labels = known?.labels ?? (classes.isEmpty ? Set(examples.flatMap(\.labels)).sorted() : model.head.answers)
        self.labels = labels
        guard labels.count > 1 else {
            throw TrainingError.data(
                "the training data has one class only, “\(labels.first ?? "")”; a classifier needs two or more")
        }
        words = try Self.words(examples.map(\.text), model.tokenizer, threads)
        heldWords = try Self.words(held.map(\.text), model.tokenizer, threads)
        unlabelledWords = try Self.words(unlabelled, model.tokenizer, threads)
        // What is learned may be a class behind an answer; what is held out is judged by answers.
        func places(_ names: [String]) -> [String: Int32] {
            Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        }
        let answers = places(labels), all = places(labels + classes)
        targets = try examples.map { try Self.target($0, "training", known: all) }
        heldTargets = try held.map { try Self.target($0, "held-out", known: answers) }
        if !model.head.multiLabel { try (examples + held).requireOneLabel() }
        // A weight for each bucket and class, several times over.
        guard training.ngrams.order == 0 || labels.count << training.ngrams.bucketBits <= 1 << 27 else {
            throw TrainingError.configuration(
                key: "training.ngrams.bucketBits", value: "\(training.ngrams.bucketBits)",
                remedy: "with \(labels.count) classes that takes too much memory; lower it, or leave n-grams out by "
                    + "training.ngrams.order = 0")
        }
        lexicon = try Lexicon(
            model, further: known?.network.lexicon, words: words + unlabelledWords, start: start,
            vectorWords: training.vectorWords)
    }

    /// The places of an example's labels among the `known` ones. Throws `TrainingError.data` for another label.
    private static func target(_ example: LabelledText, _ data: String, known: [String: Int32]) throws -> [Int32] {
        try example.labels.map { label in
            guard let index = known[label] else {
                let names = known.sorted { $0.value < $1.value }.prefix(20).map(\.key).joined(separator: ", ")
                throw TrainingError.data(
                    "\(example.place): the \(data) data has the label “\(label)”, which is none of: \(names); correct it, or "
                        + "give it the name of one of these with model.head.labelNames")
            }
            return index
        }
    }

    /// The words of texts, in order. Throws `TextError`.
    static func words(_ texts: [String], _ configuration: TokenizerConfiguration, _ threads: Int) throws -> [[String]] {
        let tokenizer = try Tokenizer(configuration)
        let chunks = stride(from: 0, to: texts.count, by: 256).map { Array(texts[$0..<min($0 + 256, texts.count)]) }
        return try Parallel.map(chunks, threads: threads) { chunk in
            Result { try chunk.map { try tokenizer.tokens(in: $0).map(\.text) } }
        }.flatMap { try $0.get() }
    }

    /// A fresh model, with what it starts from. Throws `CorpusError`, `TextError`.
    public func freshModel() throws -> TextClassifier {
        var random = RandomSource(seed: training.seed)
        var fresh = try TextClassifier(model, lexicon: lexicon, labels: labels, using: &random)
        try fresh.network.begin(further: known?.network, start: start, length: training.vectorLength)
        return fresh
    }

    /// The network's task.
    public func task() -> SequenceTask<ClassificationHead> {
        func sequences(_ words: [[String]]) -> [WordSequence] {
            words.map { lexicon.sequence($0, maximum: model.encoder.maximumTokens) }
        }
        let held = sequences(heldWords)
        let labelled = SequenceTask<ClassificationHead>(
            sequences: sequences(words), targets: targets,
            options: LossOptions(
                smoothing: training.smoothing, classWeights: classWeights, adversarial: training.adversarial),
            batchTokens: training.batchTokens
        ) { [labels, heldTargets, threads, model] network in
            ClassificationMetrics.evaluation(
                logits: network.answers(held, threads: threads), targets: heldTargets, labels: labels.count,
                multiLabel: model.head.multiLabel)
        }
        return unlabelledWords.isEmpty ? labelled : SequenceTask(labelled, unlabelled: sequences(unlabelledWords))
    }

    /// Weights in inverse proportion to a class's count, mean 1 over the examples; empty where all weigh the same.
    private var classWeights: [Float] {
        guard training.balancesClasses else { return [] }
        var counts = [Float](repeating: 0, count: labels.count)
        for labels in targets { for label in labels { counts[Int(label)] += 1 } }
        return counts.map { Float(targets.count) / Float(labels.count) / max($0, 1) }
    }

    /// The n-gram view, and its own evaluation: the baseline that a network has to beat.
    public func ngrams() -> (NGramClassifier, Evaluation)? {
        guard training.ngrams.order > 0 else { return nil }
        let multiLabel = model.head.multiLabel
        let trainer = NGramTrainer(
            training.ngrams, classes: labels.count, seed: training.seed, threads: threads)
        func judge(_ candidate: NGramClassifier) -> Evaluation {
            ClassificationMetrics.evaluation(
                logits: Parallel.map(heldWords, threads: threads) { candidate.logits($0) }, targets: heldTargets,
                labels: labels.count, multiLabel: multiLabel)
        }
        // A class behind an answer counts as its answer; without one it tells the view nothing.
        let classes = model.head.classes.map { name in
            labels.firstIndex { $0 == model.head.groups[name] }.map { [Int32($0)] }
        }
        let answers = targets.map { target in
            target.allSatisfy { $0 < labels.count } ? target : classes[Int(target[0]) - labels.count]
        }
        let rows = answers.indices.filter { answers[$0] != nil }
        let best = trainer.train(words: rows.map { words[$0] }, targets: rows.compactMap { answers[$0] }) {
            judge($0).score
        }
        return (best, judge(best))
    }

    /// Puts both views together with the weights that make the held-out labels most probable. N-grams that make answers worse
    /// than the network's own, by more than chance would, are left out.
    public func finished(_ network: SequenceModel<ClassificationHead>, _ ngrams: NGramClassifier?) throws -> (
        TextClassifier, Evaluation
    ) {
        var result = try freshModel()
        result.network = network
        result.ngrams = ngrams
        let logits = result.prepared().logits(words: heldWords, threads: threads)
        func weigh(hasNGrams: Bool) -> (calibration: Calibration, combined: [[Float]]) {
            let calibration = Calibrator.fit(
                logits, heldTargets, multiLabel: model.head.multiLabel, hasNGrams: hasNGrams)
            return (calibration, logits.map { calibration.combine($0, $1) })
        }
        var best = weigh(hasNGrams: ngrams != nil)
        if ngrams != nil {
            let alone = weigh(hasNGrams: false)
            let right = ClassificationMetrics.right(alone.combined, heldTargets, multiLabel: model.head.multiLabel)
            let withNGrams = ClassificationMetrics.right(best.combined, heldTargets, multiLabel: model.head.multiLabel)
            let lost = zip(right, withNGrams).count { $0 && !$1 }, won = zip(right, withNGrams).count { !$0 && $1 }
            // One standard error of the difference (McNemar 1947).
            if lost > won, (lost - won) * (lost - won) > lost + won {
                best = alone
                result.ngrams = nil
            }
        }
        result.calibration = best.calibration
        return (
            result,
            ClassificationMetrics.evaluation(
                logits: best.combined, targets: heldTargets, labels: labels.count, multiLabel: model.head.multiLabel)
        )
    }
}

extension [LabelledText] {
    /// Throws `TrainingError.data` for the first text that has several labels.
    func requireOneLabel() throws(TrainingError) {
        guard let example = first(where: { $0.labels.count > 1 }) else { return }
        throw .data(
            "\(example.place): the text has \(example.labels.count) labels, the model gives one; leave one, or train with "
                + "model.head.multiLabel = true")
    }
}

extension LabelledText {
    /// The same text with its labels under the names that answers use.
    func renamed(_ names: [String: String]) -> LabelledText {
        guard !names.isEmpty else { return self }
        var copy = self
        copy.labels = labels.map { names[$0] ?? $0 }
        return copy
    }

    /// The same text with the answers of a head in place of the data's labels; a label without an answer stays.
    func answered(_ head: HeadConfiguration) -> LabelledText {
        var copy = renamed(head.labelNames)
        copy.labels = copy.labels.map { label in head.groups[label].flatMap { $0.isEmpty ? nil : $0 } ?? label }
        return copy
    }
}
