import GlossNN

/// Something to measure.
protocol Work {
    /// Does it once.
    mutating func run()
    /// What it computes, flat, to be compared with what a peer computes on the same weights.
    mutating func result() -> [Float]
}

extension WorkDescription {
    /// The work, ready to run: ids of every sequence back to back, each below `vocabulary`.
    func work(_ network: BenchNetwork, ids: [Int32]) -> any Work {
        var rest = ids[...]
        let sequences = lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return Array(rest.prefix(length))
        }
        switch kind {
        case .inference: return InferenceWork(self, network, sequences)
        case .training, .languageModel: return TrainingWork(self, network, sequences)
        case .generation: return GenerationWork(self, network)
        }
    }

    /// Ids that depend on the shape alone.
    var madeUpIDs: [Int32] {
        var random = RandomSource(seed: 3)
        return (0..<tokens).map { _ in Int32(random.next() % UInt64(vocabulary)) }
    }
}
