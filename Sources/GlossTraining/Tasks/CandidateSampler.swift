import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// Draws the symbols that a sampled softmax compares: a batch's own and others by their frequency (Jean et al. 2015).
///
/// Targets and samples both follow the symbols' frequencies p, so a symbol is a candidate with the probability
/// 1 - (1 - p)^draws; its log is taken off the score, which makes the sampled partition function unbiased.
struct CandidateSampler: Sendable {
    private let cumulative: [Double]
    private let probability: [Double]
    private let samples: Int

    /// A sampler of the symbols that came so often.
    init(counts: [Int], samples: Int) {
        // A symbol that never came may be drawn too.
        let counts = counts.map { Double($0) + 0.5 }
        let total = counts.reduce(0, +)
        probability = counts.map { $0 / total }
        var sum = 0.0
        cumulative = probability.map { share in
            sum += share
            return sum
        }
        self.samples = samples
    }

    /// Candidates, the targets as indices into them, and the log of each candidate's chance.
    func draw(for next: [Int32], using random: inout RandomSource) -> (
        candidates: [Int32], targets: [Int32], corrections: [Float]
    ) {
        var place: [Int32: Int32] = [:]
        var candidates: [Int32] = []
        func include(_ symbol: Int32) -> Int32 {
            if let at = place[symbol] { return at }
            place[symbol] = Int32(candidates.count)
            candidates.append(symbol)
            return Int32(candidates.count - 1)
        }
        let targets = next.map(include)
        for _ in 0..<samples {
            let point = Double(random.next() >> 11) * 0x1p-53 * (cumulative.last ?? 1)
            var low = 0, high = cumulative.count - 1
            while low < high {
                let middle = (low + high) / 2
                if cumulative[middle] > point { high = middle } else { low = middle + 1 }
            }
            _ = include(Int32(low))
        }
        let draws = Double(next.count + samples)
        let corrections = candidates.map { Float(log(-expm1(draws * log1p(-probability[Int($0)])))) }
        return (candidates, targets, corrections)
    }
}
