import GlossNN
import GlossPipeline

/// Training of a segmentation network on windows of paragraphs.
public struct SegmentationTask: TrainingTask {
    /// A paragraph's candidates and what ends behind each.
    struct Paragraph: Sendable {
        var sequence: CandidateSequence
        var ends: [CandidateEnd]
    }

    /// A stretch of a paragraph.
    public struct Window: Sendable {
        var paragraph: Int
        var candidates: Range<Int>
    }

    /// Windows that are learned from together.
    public typealias Batch = [Window]

    /// The longest window, in candidates: longer paragraphs are cut at other places in each epoch.
    private static let window = 160

    let paragraphs: [Paragraph]
    let smoothing: Float
    let batchTokens: Int
    let judge: @Sendable (SegmentationNetwork) -> Evaluation

    /// Windows of similar length in random order.
    public func batches(epoch: Int, seed: UInt64) -> [[Window]] {
        var random = RandomSource(seed: seed, stream: UInt64(epoch) &* 2 &+ 0x5E6)
        var windows: [Window] = []
        for (index, paragraph) in paragraphs.enumerated() {
            let count = paragraph.sequence.count
            var start = 0
            var end = count <= Self.window ? count : 1 + Int(random.next() % UInt64(Self.window))
            while start < count {
                windows.append(Window(paragraph: index, candidates: start..<end))
                start = end
                end = min(count, start + Self.window)
            }
        }
        windows.shuffle(using: &random)
        var result: [[Window]] = []
        let pool = max(1, batchTokens / 40) * 32
        for start in stride(from: 0, to: windows.count, by: pool) {
            let members = windows[start..<min(start + pool, windows.count)]
            let batches = Batching.batches(lengths: members.map(\.candidates.count), tokens: batchTokens)
            result += batches.map { $0.map { members[members.startIndex + $0] } }
        }
        return result.shuffled(using: &random)
    }

    /// Every `shards`th window, so that lengths are spread evenly.
    public func split(_ batch: [Window], shards: Int) -> [[Window]] {
        let count = max(1, min(shards, batch.count))
        return (0..<count).map { shard in stride(from: shard, to: batch.count, by: count).map { batch[$0] } }
    }

    /// Candidates of a batch.
    public func tokens(_ batch: [Window]) -> Int { batch.reduce(0) { $0 + $1.candidates.count } }

    /// A mean over candidates.
    public func normalizer(_ batch: [Window]) -> Float { Float(tokens(batch)) }

    /// The loss of a part.
    public func loss(
        _ model: SegmentationNetwork, _ part: [Window], memory: inout ShardMemory, normalizer: Float, tape: Tape
    ) -> Variable {
        model.loss(
            part.map { paragraphs[$0.paragraph].sequence[$0.candidates] },
            part.map { Array(paragraphs[$0.paragraph].ends[$0.candidates]) }, smoothing: smoothing,
            normalizer: normalizer, tape: tape)
    }

    /// The judge's word.
    public func evaluate(_ model: SegmentationNetwork) -> Evaluation { judge(model.prepared()) }
}
