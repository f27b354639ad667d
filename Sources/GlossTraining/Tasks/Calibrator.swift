import GlossNN
import GlossPipeline

#if canImport(Glibc)
    import Glibc
#endif

/// Chooses how much each view's logits count: the factors that make held-out labels most probable.
package enum Calibrator {
    /// Factors before anything is known of the views.
    private static let first = Calibration(network: 1, ngrams: 0.5)
    /// How far a factor's logarithm is thought to be from that of `first` (a standard deviation): a few texts that are all right
    /// would ask for certainty without end, some hundred outweigh it.
    private static let deviation = 0.5

    /// The factors for held-out rows of logits and their labels. Newton steps would do; a shrinking search in two numbers
    /// finds them as well.
    package static func fit(
        _ logits: [(network: [Float], ngrams: [Float])], _ targets: [[Int32]], multiLabel: Bool, hasNGrams: Bool
    ) -> Calibration {
        func loss(_ network: Float, _ ngrams: Float) -> Double {
            var sum = surprise(network, first.network) + (hasNGrams ? surprise(ngrams, first.ngrams) : 0)
            for (row, wanted) in zip(logits, targets) {
                let combined = zip(row.network, row.ngrams).map { network * $0 + ngrams * $1 }
                if multiLabel {
                    for (label, logit) in combined.enumerated() {
                        let sign: Float = wanted.contains(Int32(label)) ? -1 : 1
                        sum += Double(log1pf(expf(sign * logit)))
                    }
                } else {
                    let highest = combined.max() ?? 0
                    let partition = highest + logf(combined.reduce(0) { $0 + expf($1 - highest) })
                    sum += Double(partition - combined[Int(wanted[0])])
                }
            }
            return sum
        }
        func surprise(_ factor: Float, _ expected: Float) -> Double {
            let distance = Double(logf(factor / expected)) / deviation
            return distance * distance / 2
        }
        var best = Calibration(network: first.network, ngrams: hasNGrams ? first.ngrams : 0)
        var lowest = loss(best.network, best.ngrams)
        var width: Float = 2
        while width > 1.005 {
            var moved = false
            let moves: [(Float, Float)] = [
                (width, 1), (1 / width, 1), (1, width), (1, 1 / width), (width, 1 / width), (1 / width, width),
            ]
            for (a, b) in moves {
                let network = best.network * a, ngrams = best.ngrams * b
                let value = loss(network, ngrams)
                if value < lowest - 1e-9 {
                    (lowest, best.network, best.ngrams, moved) = (value, network, ngrams, true)
                }
            }
            if !moved { width = width.squareRoot() }
        }
        return best
    }
}
