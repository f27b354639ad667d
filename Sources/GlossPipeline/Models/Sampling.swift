import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// How the next symbol is chosen.
public struct Sampling: Codable, Sendable, Equatable {
    /// Divides the scores; 0 takes the best symbol always.
    public var temperature: Float = 0.4
    /// Only the best `topK` symbols are drawn from; 0 means all.
    public var topK = 0
    /// Only the best symbols whose probabilities reach `topP` together are drawn from (Holtzman et al. 2020).
    public var topP: Float = 0.85
    /// Divides the score of symbols that stand among the last 64 (Keskar et al. 2019); 1 changes nothing.
    public var repetitionPenalty: Float = 1.1
    /// Nats that a symbol loses which would continue, by a third one, two symbols that have been said one after the other
    /// before; `dryBase` times as many for each further one of the stretch (DRY, "don't repeat yourself", as llama.cpp has it);
    /// 0 changes nothing.
    public var dryMultiplier: Float = 0.8
    /// What was just read is expected again; off by default.
    public var cache = CacheConfiguration()
    /// The most symbols to generate.
    public var maximumTokens = 100
    /// Strings that end a continuation; they are not part of it.
    public var stop: [String] = []

    /// Symbols that may be said again one after the other without a loss, and how fast it grows with each further one.
    private static let dryLength = 2, dryBase: Float = 1.75
    /// Symbols back to which a symbol, and a stretch, count as said before.
    private static let symbolMemory = 64, stretchMemory = 256

    /// The defaults.
    public init() {}

    /// The chosen symbol and its log probability in nats under the model itself: scores [symbols], said: what stands before it.
    func choose(_ scores: [Float], said: [Int32], excluded: Set<Int32>, using random: inout RandomSource)
        -> (id: Int32, logProbability: Float)
    {
        let plain = Tensor([1, scores.count], scores)
        var scores = scores
        for id in Set(said.suffix(Self.symbolMemory)) where repetitionPenalty != 1 {
            let score = scores[Int(id)]
            scores[Int(id)] = score > 0 ? score / repetitionPenalty : score * repetitionPenalty
        }
        if dryMultiplier > 0 {
            for (id, length) in Self.continued(said.suffix(Self.stretchMemory)) {
                scores[Int(id)] -= dryMultiplier * pow(Self.dryBase, Float(length - Self.dryLength))
            }
        }
        for id in excluded { scores[Int(id)] = -.infinity }
        let id = temperature > 0 ? draw(scores, using: &random) : best(scores)
        return (id, logProbabilities(plain, of: [id])[0])
    }

    /// Symbols that would continue a stretch of at least `dryLength` symbols that `said` ends with and has had before, with the
    /// length of the longest such stretch.
    private static func continued(_ said: ArraySlice<Int32>) -> [Int32: Int] {
        var lengths: [Int32: Int] = [:]
        for end in said.indices.dropFirst(dryLength) {
            let length = zip(said[..<end].reversed(), said.reversed()).prefix { $0 == $1 }.count
            if length >= dryLength { lengths[said[end]] = max(lengths[said[end]] ?? 0, length) }
        }
        return lengths
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
