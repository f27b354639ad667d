import GlossNN
import GlossPipeline
import GlossText

/// From a treebank's sentences to a model that cuts text as the treebank does.
public struct SegmenterTraining: Sendable {
    /// What the model is made of.
    public let model: ModelConfiguration
    /// How it is trained.
    public let training: TrainingConfiguration
    private let paragraphs: [RawParagraph]
    private let words: WordTable
    private let held: [TaggedSentence]

    /// Prepares training on `examples`, judged on the text of `held`. Throws `TrainingError` for data of one sentence.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, examples: [TaggedSentence],
        held: [TaggedSentence]
    ) throws(TrainingError) {
        guard examples.count > 1, !held.isEmpty else {
            throw .data("\(examples.count) sentences to learn from are too few; give a treebank")
        }
        self.model = model
        self.training = training
        self.held = held
        paragraphs = RawParagraph.all(examples)
        words = WordTable(
            examples.flatMap { sentence in
                sentence.multiwordTokens.map { ($0.form, Array(sentence.tokens[$0.words])) }
            }, others: Set(examples.flatMap { $0.surfaceTokens.filter { $0.words.count == 1 }.map(\.form) }))
    }

    /// A fresh model. Throws `TextError`.
    public func freshModel() throws(TextError) -> TextSegmenter {
        var random = RandomSource(seed: training.seed)
        var fresh = try TextSegmenter(model, paragraphs: paragraphs.map(\.bytes), words: words, using: &random)
        var counts: [[Candidate.Kind]: Int] = [:]
        for paragraph in paragraphs {
            let candidates = try Self.candidates(of: paragraph, fresh)
            let ends = paragraph.ends(candidates)
            for (index, candidate) in candidates.enumerated().dropLast()
            where candidate.isApart && ends[index].cut == .none {
                counts[[candidate.kind, candidates[index + 1].kind], default: 0] += 1
            }
        }
        // What is rarer is a slip of the treebank.
        for (kinds, count) in counts where count >= 5 { fresh.words.join(kinds[0], kinds[1]) }
        return fresh
    }

    private static func candidates(of paragraph: RawParagraph, _ model: TextSegmenter) throws(TextError) -> [Candidate]
    {
        let found: Result<[Candidate], TextError> = paragraph.bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(TextError) in try model.candidates(bytes) }
        }
        return try found.get()
    }

    /// The network's task. Throws `TextError`.
    public func task(_ fresh: TextSegmenter) throws(TextError) -> SegmentationTask {
        var found: [SegmentationTask.Paragraph] = []
        for paragraph in paragraphs {
            let candidates = try Self.candidates(of: paragraph, fresh)
            found.append(
                paragraph.bytes.withUnsafeBufferPointer { bytes in
                    SegmentationTask.Paragraph(
                        sequence: fresh.network.sequence(bytes, candidates[...]), ends: paragraph.ends(candidates))
                })
        }
        let held = held
        return SegmentationTask(
            paragraphs: found.filter { $0.sequence.count > 0 }, smoothing: training.smoothing,
            batchTokens: training.batchTokens
        ) { network in
            var judged = fresh
            judged.network = network
            return (try? Self.evaluation(held, judged)) ?? Evaluation(score: 0, metrics: [:], shown: "no figures")
        }
    }

    /// The trained model, with the leanings to end a sentence and to take a token for several words that cut the held-out
    /// text best: the loss counts ends one by one, the figures whole sentences and words. Throws as `evaluation`.
    public func finished(_ network: SegmentationNetwork, _ fresh: TextSegmenter) throws -> TextSegmenter {
        var best = fresh
        best.network = network
        var highest = try Self.evaluation(held, best.prepared()).score
        let leanings: [WritableKeyPath<SegmentationNetwork, Float>] = [\.sentenceBias, \.multiwordBias]
        for leaning in leanings {
            let start = best.network[keyPath: leaning]
            for step in Self.leaningSteps {
                var tried = best
                tried.network[keyPath: leaning] = start + step
                let score = try Self.evaluation(held, tried.prepared()).score
                if score > highest { (best, highest) = (tried, score) }
            }
        }
        return best
    }

    /// Nats that a leaning may differ by, small ones first.
    private static let leaningSteps: [Float] = (1...8).flatMap { [0.25 * Float($0), -0.25 * Float($0)] }

    /// F1 of tokens, words and sentences that are found in the plain text of a treebank's sentences, as the CoNLL 2018
    /// shared task counts them. Throws `TextError`, and `TokenizationScore.TextMismatch` if the splitter loses text.
    public static func evaluation(_ gold: [TaggedSentence], _ splitter: some TextSplitter) throws -> Evaluation {
        try RawTextEvaluation.evaluation(gold, splitter) { _ in [] }
    }
}
