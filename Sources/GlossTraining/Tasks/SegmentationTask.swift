import GlossNN
import GlossPipeline

/// Training of a segmentation network on windows of paragraphs.
public struct SegmentationTask: TrainingTask {
    /// A paragraph's candidates and what ends behind each.
    struct Paragraph: Sendable {
        var sequence: CandidateSequence
        var ends: [CandidateEnd]
    }

    /// Windows that are learned from together.
    public typealias Batch = [SequenceWindow]

    /// The longest window, in candidates: longer paragraphs are cut at other places in each epoch.
    private static let window = 160

    let paragraphs: [Paragraph]
    let smoothing: Float
    let batchTokens: Int
    let judge: @Sendable (SegmentationNetwork) -> Evaluation

    /// Windows of similar length in random order.
    public func batches(epoch: Int, seed: UInt64) -> [Batch] {
        var random = RandomSource(seed: seed, stream: UInt64(epoch) &* 2 &+ 0x5E6)
        return WindowBatches.batches(
            lengths: paragraphs.map(\.sequence.count), longest: Self.window, tokens: batchTokens, using: &random)
    }

    /// Every `shards`th window.
    public func split(_ batch: Batch, shards: Int) -> [Batch] { WindowBatches.split(batch, shards: shards) }

    /// Candidates of a batch.
    public func tokens(_ batch: [SequenceWindow]) -> Int { batch.reduce(0) { $0 + $1.steps.count } }

    /// A mean over candidates.
    public func normalizer(_ batch: [SequenceWindow]) -> Float { Float(tokens(batch)) }

    /// The loss of a part.
    public func loss(
        _ model: SegmentationNetwork, _ part: [SequenceWindow], memory: inout ShardMemory, normalizer: Float, tape: Tape
    ) -> Variable {
        model.loss(
            part.map { paragraphs[$0.sequence].sequence[$0.steps] },
            part.map { Array(paragraphs[$0.sequence].ends[$0.steps]) }, smoothing: smoothing,
            normalizer: normalizer, tape: tape)
    }

    /// The judge's word.
    public func evaluate(_ model: SegmentationNetwork) -> Evaluation { judge(model.prepared()) }
}
