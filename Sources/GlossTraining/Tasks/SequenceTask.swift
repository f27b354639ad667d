import GlossNN
import GlossPipeline

/// Training of whatever is a sequence model with a head: texts with classes or numbers, sentences with tags; and texts that
/// nobody has labelled, in batches of their own.
public struct SequenceTask<H: Head>: TrainingTask {
    /// Indices of examples that are learned from together.
    public typealias Batch = [Int]

    /// The labelled sequences, then the others.
    let sequences: [WordSequence]
    let targets: [H.Target]
    let options: LossOptions
    let batchTokens: Int
    let judge: @Sendable (SequenceModel<H>) -> Evaluation
    private let unlabelledLoss: (@Sendable (SequenceModel<H>, [WordSequence], Float, Tape) -> Variable)?

    /// Training sequences with their targets, and how a model is judged on held-out ones.
    public init(
        sequences: [WordSequence], targets: [H.Target], options: LossOptions, batchTokens: Int,
        judge: @escaping @Sendable (SequenceModel<H>) -> Evaluation
    ) {
        precondition(sequences.count == targets.count, "\(sequences.count) sequences, \(targets.count) targets")
        self.sequences = sequences
        self.targets = targets
        self.options = options
        self.batchTokens = batchTokens
        self.judge = judge
        unlabelledLoss = nil
    }

    /// Batches of similar length in random order, drawn from pools of random examples.
    public func batches(epoch: Int, seed: UInt64) -> [[Int]] {
        var random = RandomSource(seed: seed, stream: UInt64(epoch) &* 2 &+ 0x5EED)
        var result = batches(of: targets.indices, using: &random)
        if targets.count < sequences.count {
            result += batches(of: targets.count..<sequences.count, using: &random)
        }
        return result.shuffled(using: &random)
    }

    private func batches(of examples: Range<Int>, using random: inout RandomSource) -> [[Int]] {
        let order = examples.shuffled(using: &random)
        let mean = max(1, order.reduce(0) { $0 + sequences[$1].count } / max(order.count, 1))
        let pool = max(1, batchTokens / mean) * 32
        return stride(from: 0, to: order.count, by: pool).flatMap { start in
            let members = Array(order[start..<min(start + pool, order.count)])
            let batches = Batching.batches(lengths: members.map { sequences[$0].count }, tokens: batchTokens)
            return batches.map { $0.map { members[$0] } }
        }
    }

    /// Every `shards`th example, so that lengths are spread evenly.
    public func split(_ batch: [Int], shards: Int) -> [[Int]] {
        let count = max(1, min(shards, batch.count))
        return (0..<count).map { shard in stride(from: shard, to: batch.count, by: count).map { batch[$0] } }
    }

    /// Words of a batch.
    public func tokens(_ batch: [Int]) -> Int { batch.reduce(0) { $0 + sequences[$1].count } }

    /// Sequences or steps, as the head says.
    public func normalizer(_ batch: [Int]) -> Float {
        Float(H.normalizer(SequenceLayout(lengths: batch.map { sequences[$0].count })))
    }

    /// The loss of a part.
    public func loss(
        _ model: SequenceModel<H>, _ part: [Int], memory: inout ShardMemory, normalizer: Float, tape: Tape
    ) -> Variable {
        let read = part.map { sequences[$0] }
        if let unlabelledLoss, part[0] >= targets.count { return unlabelledLoss(model, read, normalizer, tape) }
        return model.loss(
            read, part.map { targets[$0] }, options: options, normalizer: normalizer, tape: tape)
    }

    /// The judge's word.
    public func evaluate(_ model: SequenceModel<H>) -> Evaluation { judge(model.prepared()) }
}

extension SequenceTask where H == ClassificationHead {
    /// The same with texts that nobody has labelled.
    package init(_ labelled: SequenceTask, unlabelled: [WordSequence]) {
        sequences = labelled.sequences + unlabelled
        targets = labelled.targets
        options = labelled.options
        batchTokens = labelled.batchTokens
        judge = labelled.judge
        unlabelledLoss = { [options] model, sequences, normalizer, tape in
            model.loss(unlabelled: sequences, options: options, normalizer: normalizer, tape: tape)
        }
    }
}
