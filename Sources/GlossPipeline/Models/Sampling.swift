import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// How the next symbol is chosen.
public struct Sampling: Codable, Sendable, Equatable {
    /// Divides the scores; 0 takes the best symbol always.
    public var temperature: Float = 0.6
    /// Only the best `topK` symbols are drawn from; 0 means all.
    public var topK = 0
    /// Only the best symbols whose probabilities reach `topP` together are drawn from (Holtzman et al. 2020).
    public var topP: Float = 0.9
    /// Divides the score of symbols that stand among the last 64 (Keskar et al. 2019); 1 changes nothing.
    public var repetitionPenalty: Float = 1.1
    /// What was just read is expected again; off by default.
    public var cache = CacheConfiguration()
    /// The most symbols to generate.
    public var maximumTokens = 100
    /// Strings that end a continuation; they are not part of it.
    public var stop: [String] = []

    /// The defaults.
    public init() {}

    /// The chosen symbol and its log probability in nats under the model itself: scores [symbols].
    func choose(_ scores: [Float], recent: ArraySlice<Int32>, excluded: Set<Int32>, using random: inout RandomSource)
        -> (id: Int32, logProbability: Float)
    {
        let plain = Tensor([1, scores.count], scores)
        var scores = scores
        for id in Set(recent) where repetitionPenalty != 1 {
            let score = scores[Int(id)]
            scores[Int(id)] = score > 0 ? score / repetitionPenalty : score * repetitionPenalty
        }
        for id in excluded { scores[Int(id)] = -.infinity }
        let id = temperature > 0 ? draw(scores, using: &random) : best(scores)
        return (id, logProbabilities(plain, of: [id])[0])
    }

    private func best(_ scores: [Float]) -> Int32 {
        Int32(scores.indices.max { scores[$0] < scores[$1] || (scores[$0] == scores[$1] && $0 > $1) } ?? 0)
    }

    private func draw(_ scores: [Float], using random: inout RandomSource) -> Int32 {
        let probabilities = softmax(Tensor([1, scores.count], scores.map { $0 / temperature })).scalars
        var order = DescendingOrder(probabilities)
        let most = topK > 0 ? min(topK, order.count) : order.count
        var mass: Float = 0
        var kept = 0
        while kept < most, kept == 0 || mass < topP {
            mass += probabilities[order[kept]]
            kept += 1
        }
        var point = random.uniform() * mass
        for rank in 0..<kept {
            let index = order[rank]
            point -= probabilities[index]
            if point < 0 { return Int32(index) }
        }
        return Int32(order[kept - 1])
    }
}
