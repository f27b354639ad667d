import GlossNN
import GlossPipeline

/// Scores of all tokens, in batches of sequences of similar length, as the models serve.
struct InferenceWork: Work {
    private struct Batch: Sendable {
        let indices: [Int]
        let ids: [Int32]
        let layout: SequenceLayout
    }

    private let network: BenchNetwork
    private let batches: [Batch]
    private let sequences: Int
    private let threads: Int

    init(_ work: WorkDescription, _ network: BenchNetwork, _ sequences: [[Int32]]) {
        self.network = network.prepared(work.precision)
        self.sequences = sequences.count
        threads = work.threads
        batches = Batching.batches(lengths: work.lengths, tokens: 2048).map { indices in
            let part = indices.map { sequences[$0] }
            let layout = SequenceLayout(lengths: part.map(\.count))
            return Batch(indices: indices, ids: layout.packed(part), layout: layout)
        }
    }

    func run() { _ = outputs() }

    private func outputs() -> [Tensor] {
        Parallel.map(batches, threads: threads) { [network] batch in
            var states = network.stack.zeroStates(batch: batch.layout.batch)
            return network.scores(batch.ids, batch.layout, states: &states, tape: nil).value
        }
    }

    /// Scores of each sequence's tokens, sequence by sequence.
    func result() -> [Float] {
        var ordered = [[Float]](repeating: [], count: sequences)
        for (batch, scores) in zip(batches, outputs()) {
            let values = scores.scalars, n = scores.columns
            let rows = batch.layout.unpacked((0..<scores.rows).map { Array(values[$0 * n..<($0 + 1) * n]) })
            for (index, sequence) in zip(batch.indices, rows) { ordered[index] = sequence.flatMap { $0 } }
        }
        return ordered.flatMap { $0 }
    }
}
