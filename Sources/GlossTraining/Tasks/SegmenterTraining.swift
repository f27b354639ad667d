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
            })
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

    /// F1 of tokens, words and sentences that are found in the plain text of a treebank's sentences, as the CoNLL 2018
    /// shared task counts them. Throws `TextError`, and `TokenizationScore.TextMismatch` if the splitter loses text.
    public static func evaluation(_ gold: [TaggedSentence], _ splitter: some TextSplitter) throws -> Evaluation {
        let text = RawParagraph.all(gold).map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n\n")
        let bytes = Array(text.utf8)
        let predicted = try splitter.sentences(in: text).map { TaggedSentence($0, in: bytes) }
        let score = try TokenizationScore(gold: SegmentedText(gold), predicted: SegmentedText(predicted))
        let figures = [("token_f1", score.tokens.f1), ("word_f1", score.words.f1), ("sentence_f1", score.sentences.f1)]
        return Evaluation(
            score: figures.reduce(0) { $0 + $1.1 } / Double(figures.count),
            metrics: Dictionary(uniqueKeysWithValues: figures),
            shown: "F1 of tokens \(rounded(score.tokens.f1, 4)), words \(rounded(score.words.f1, 4)), "
                + "sentences \(rounded(score.sentences.f1, 4))")
    }
}

extension TaggedSentence {
    /// A sentence that was found in a text's bytes, its multiword tokens included.
    init(_ sentence: Sentence, in bytes: [UInt8]) {
        func form(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        var multiwords: [MultiwordToken] = []
        var index = 0
        while index < sentence.tokens.count {
            let start = index
            let surface = sentence.tokens[index].surface
            index += 1
            guard let surface else { continue }
            while index < sentence.tokens.count, sentence.tokens[index].surface == surface { index += 1 }
            multiwords.append(MultiwordToken(words: start..<index, form: form(surface)))
        }
        self.init(
            tokens: sentence.tokens.map { $0.surface == nil ? form($0.range) : $0.text }, tags: [:],
            multiwordTokens: multiwords)
    }
}
