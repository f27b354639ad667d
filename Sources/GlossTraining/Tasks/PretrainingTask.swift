import GlossNN
import GlossPipeline
import GlossText

/// Training of a language model in both directions on windows of texts.
public struct PretrainingTask: TrainingTask {
    /// Windows that are learned from together.
    public typealias Batch = [SequenceWindow]

    let text, held: IdentifiedWords
    let lexicon: Lexicon
    let configuration: StreamConfiguration
    let batchTokens: Int
    let threads: Int
    private let candidates: CandidateSampler?

    init(
        text: IdentifiedWords, held: IdentifiedWords, lexicon: Lexicon, configuration: StreamConfiguration,
        batchTokens: Int, threads: Int
    ) {
        self.text = text
        self.held = held
        self.lexicon = lexicon
        self.configuration = configuration
        self.batchTokens = batchTokens
        self.threads = threads
        let vocabulary = lexicon.words.count
        candidates =
            configuration.samples > 0
            ? CandidateSampler(
                counts: text.counts(vocabulary: vocabulary, end: lexicon.words.id(of: Vocabulary.endOfSequence) ?? 0),
                samples: configuration.samples) : nil
    }

    /// Batches of windows of similar length in random order.
    public func batches(epoch: Int, seed: UInt64) -> [Batch] {
        var random = RandomSource(seed: seed, stream: UInt64(epoch) &* 2 &+ 0xB1)
        return WindowBatches.batches(
            lengths: text.lengths, longest: configuration.steps, tokens: batchTokens, using: &random)
    }

    /// Every `shards`th window.
    public func split(_ batch: Batch, shards: Int) -> [Batch] { WindowBatches.split(batch, shards: shards) }

    /// Words that are read.
    public func tokens(_ batch: Batch) -> Int { batch.reduce(0) { $0 + $1.steps.count } }

    /// A mean over words and directions.
    public func normalizer(_ batch: Batch) -> Float { Float(2 * tokens(batch)) }

    /// Cross-entropy of the words behind and before; against a sample of words where that is configured.
    public func loss(
        _ model: BidirectionalLanguageModel, _ part: Batch, memory: inout ShardMemory, normalizer: Float, tape: Tape
    ) -> Variable {
        let (batch, next, previous) = Self.read(part, text, model)
        let features = model.features(batch, tape: tape)
        func loss(_ features: Variable, _ head: GenerationHead, _ wanted: [Int32]) -> Variable {
            guard let candidates else {
                let scores = head.scores(features, table: model.reader.words.table, tape: tape)
                return crossEntropy(scores, targets: wanted, normalizer: normalizer, tape: tape)
            }
            let (chosen, targets, corrections) = candidates.draw(for: wanted, using: &tape.random)
            let scores = head.scores(
                features, table: model.reader.words, candidates: chosen, corrections: corrections, tape: tape)
            return crossEntropy(scores, targets: targets, normalizer: normalizer, tape: tape)
        }
        return add(
            loss(features.ahead, model.ahead, next), loss(features.back, model.back, previous), tape: tape)
    }

    /// Windows laid out for the network, with the words behind and before in the layout's order.
    private static func read(_ windows: Batch, _ text: IdentifiedWords, _ model: BidirectionalLanguageModel) -> (
        batch: WordBatch, next: [Int32], previous: [Int32]
    ) {
        let read = windows.map { text.read($0, end: model.end) }
        let batch = WordBatch(read.map(\.words), model.lexicon)
        return (batch, batch.layout.packed(read.map(\.next)), batch.layout.packed(read.map(\.previous)))
    }

    /// Perplexity on the held-out text.
    public func evaluate(_ model: BidirectionalLanguageModel) -> Evaluation {
        Self.evaluation(model.prepared(), held, steps: configuration.steps, threads: threads)
    }

    /// The perplexity of each direction over windows of `steps` words, whose first word is told nothing of what stands
    /// before it.
    static func evaluation(
        _ model: BidirectionalLanguageModel, _ text: IdentifiedWords, steps: Int, threads: Int
    ) -> Evaluation {
        let windows = text.lengths.enumerated().flatMap { sequence, count in
            stride(from: 0, to: count, by: steps).map {
                SequenceWindow(sequence: sequence, steps: $0..<min($0 + steps, count))
            }
        }
        let batches = Batching.batches(lengths: windows.map(\.steps.count), tokens: 2048)
        let sums = Parallel.map(batches, threads: threads) { indices in
            let (batch, next, previous) = read(indices.map { windows[$0] }, text, model)
            return model.nats(batch, next: next, previous: previous)
        }
        let tokens = text.stream.indices.count
        let ahead = LanguageModelScore(nats: sums.reduce(0) { $0 + $1.ahead }, tokens: tokens)
        let back = LanguageModelScore(nats: sums.reduce(0) { $0 + $1.back }, tokens: tokens)
        let both = LanguageModelScore(nats: ahead.nats + back.nats, tokens: 2 * tokens)
        return Evaluation(
            score: -both.perplexity,
            metrics: [
                "perplexity": both.perplexity, "forward_perplexity": ahead.perplexity,
                "backward_perplexity": back.perplexity, "tokens": Double(tokens),
            ], shown: "perplexity \(rounded(both.perplexity, 2))")
    }
}
