/// Indices of probabilities, greatest first, equal ones in ascending order, put in order no further than is asked for: a
/// draw mostly ends among the best few of thousands.
package struct DescendingOrder {
    private let probabilities: [Float]
    private var indices: [Int]
    /// Where each tier ends; tiers are in descending order, their members not yet.
    private var ends: [Int]
    private var tier = 0
    private var sorted = 0

    /// A probability's tier: its exponent and four bits of its mantissa, so that a tier has few members.
    private static func tier(_ probability: Float) -> Int {
        let top = Int(Float(1).bitPattern >> 19)
        return top - min(Int(probability.bitPattern >> 19), top)
    }

    /// The order of probabilities, each from 0 to 1.
    package init(_ probabilities: [Float]) {
        self.probabilities = probabilities
        let tiers = probabilities.map(Self.tier)
        ends = [Int](repeating: 0, count: Self.tier(0) + 2)
        for tier in tiers { ends[tier + 1] += 1 }
        for tier in 1..<ends.count { ends[tier] += ends[tier - 1] }
        // Each start becomes its end as the tier's members are placed.
        indices = [Int](repeating: 0, count: probabilities.count)
        for (index, tier) in tiers.enumerated() {
            indices[ends[tier]] = index
            ends[tier] += 1
        }
    }

    /// How many there are.
    package var count: Int { indices.count }

    /// The index at a rank.
    package subscript(rank: Int) -> Int {
        mutating get {
            precondition(rank >= 0 && rank < indices.count, "rank \(rank) of \(indices.count)")
            while rank >= sorted {
                let end = ends[tier], probabilities = probabilities
                indices[sorted..<end].sort {
                    probabilities[$0] != probabilities[$1] ? probabilities[$0] > probabilities[$1] : $0 < $1
                }
                sorted = end
                tier += 1
            }
            return indices[rank]
        }
    }
}
