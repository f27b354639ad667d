import Dispatch
import GlossNN

/// One training step: the batch in as many shards as threads, gradients added, Adam.
///
/// A classifier scores the mean of a sequence's states; a language model predicts each sequence's next symbol.
final class TrainingWork: Work, @unchecked Sendable {
    private struct Shard {
        let ids: [Int32]
        let targets: [Int32]
        let layout: SequenceLayout
        let gradients = Gradients()
    }

    private let kind: WorkDescription.Kind
    private let precision: Precision
    private var network: BenchNetwork
    private var optimizer: Optimizer
    private var shards: [Shard]
    private let normalizer: Float

    init(_ work: WorkDescription, _ network: BenchNetwork, _ sequences: [[Int32]]) {
        kind = work.kind
        precision = work.precision
        self.network = network
        var configuration = OptimizerConfiguration()
        configuration.kind = .adam
        configuration.rate = 1e-6
        configuration.clip = 0
        optimizer = Optimizer(configuration)
        let classes = Int32(work.classes), isClassifier = kind == .training
        normalizer = Float(isClassifier ? sequences.count : work.tokens)
        let count = max(1, min(work.threads, sequences.count))
        // Dealt out in turn, so that shards are alike.
        shards = (0..<count).map { shard in
            let part = stride(from: shard, to: sequences.count, by: count).map { sequences[$0] }
            let layout = SequenceLayout(lengths: part.map(\.count))
            // A sequence's class is its first id's; a symbol's successor is the next one, the first one's at the end.
            let targets =
                isClassifier
                ? part.map { $0[0] % classes }
                : layout.packed(part.map { sequence in sequence.indices.map { sequence[($0 + 1) % sequence.count] } })
            return Shard(ids: layout.packed(part), targets: targets, layout: layout)
        }
    }

    func run() {
        let gradients = gradients().gradients
        _ = optimizer.step(
            &network, gradients, rate: optimizer.configuration.rate, threads: shards.count)
    }

    private func gradients() -> (gradients: Gradients, loss: Float) {
        let losses = losses()
        let total = shards[0].gradients
        total.add(shards.dropFirst().map(\.gradients), of: network, threads: shards.count)
        return (total, losses.reduce(0, +))
    }

    private func losses() -> [Float] {
        var losses = [Float](repeating: 0, count: shards.count)
        losses.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let losses = buffer
            DispatchQueue.concurrentPerform(iterations: shards.count) { losses[$0] = loss(shards[$0]) }
        }
        return losses
    }

    private func loss(_ shard: Shard) -> Float {
        shard.gradients.clear()
        let tape = Tape(random: RandomSource(seed: 1), precision: precision)
        var states = network.stack.zeroStates(batch: shard.layout.batch)
        var scores = network.stack(
            network.embedding(shard.ids, tape: tape), shard.layout, states: &states, tape: tape)
        if kind == .training { scores = poolMean(scores, shard.layout, tape: tape) }
        let logits = network.output(scores, tape: tape)
        let loss = crossEntropy(logits, targets: shard.targets, normalizer: normalizer, tape: tape)
        _ = tape.backward(from: loss, into: shard.gradients)
        return loss.value[0]
    }

    /// The loss, then the gradient of every parameter in the order of the walk.
    func result() -> [Float] {
        let (gradients, loss) = gradients()
        return [loss] + network.parameters.flatMap { gradients[$0.parameter]?.scalars ?? [] }
    }
}
