import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// How the next symbol is chosen.
public struct Sampling: Codable, Sendable, Equatable {
    /// Divides the scores; 0, and what is next to it, takes the best symbol always.
    public var temperature: Float = 0.6
    /// Only the best `topK` symbols are drawn from; 0 means all.
    public var topK = 0
    /// Only the best symbols whose probabilities reach `topP` together are drawn from (Holtzman et al. 2020).
    public var topP: Float = 0.9
    /// Divides the score of symbols that stand among the last 64 (Keskar et al. 2019); 1 changes nothing.
    public var repetitionPenalty: Float = 1.1
    /// Nats that a symbol loses which would continue a phrase of `dryBytes` that has been said before, and 1.75 times as many for
    /// each `dryStep` bytes that it is longer; 0 changes nothing. After DRY ("don't repeat yourself") in llama.cpp, which counts
    /// symbols: bytes are the same for pairs, words and characters.
    public var dryMultiplier: Float = 0.8
    /// What was just read is expected again; off by default.
    public var cache = CacheConfiguration()
    /// The most symbols to generate.
    public var maximumTokens = 100
    /// Strings that end a continuation; they are not part of it.
    public var stop: [String] = []

    /// Bytes of the shortest phrase that costs, the bytes by which the loss grows, and how fast it does.
    private static let dryBytes = 8, dryStep = 4, dryBase: Float = 1.75
    /// Symbols back to which a symbol, and a phrase, count as said before.
    private static let symbolMemory = 64, phraseMemory = 256

    /// The defaults.
    public init() {}

    /// The chosen symbol and its log probability in nats under the model itself: scores [symbols], said: what stands before it, bytes: how
    /// many a symbol has.
    func choose(
        _ scores: [Float], said: [Int32], bytes: (Int32) -> Int, excluded: Set<Int32>, using random: inout RandomSource
    ) -> (id: Int32, logProbability: Float) {
        let plain = Tensor([1, scores.count], scores)
        var scores = scores
        for id in Set(said.suffix(Self.symbolMemory)) where repetitionPenalty != 1 {
            let score = scores[Int(id)]
            scores[Int(id)] = score > 0 ? score / repetitionPenalty : score * repetitionPenalty
        }
        if dryMultiplier > 0 {
            for (id, length) in Self.continued(said.suffix(Self.phraseMemory), bytes) where length >= Self.dryBytes {
                let steps = Float(length - Self.dryBytes) / Float(Self.dryStep)
                scores[Int(id)] -= dryMultiplier * pow(Self.dryBase, steps)
            }
        }
        for id in excluded { scores[Int(id)] = -.infinity }
        // Below this the best symbol has all of the probability, and scores would leave the range of numbers.
        let id = temperature > 1e-4 ? draw(scores, using: &random) : best(scores)
        return (id, logProbabilities(plain, of: [id])[0])
    }

    /// Symbols that would continue a phrase that `said` ends with and has had before, with the bytes of the longest such phrase.
    private static func continued(_ said: ArraySlice<Int32>, _ bytes: (Int32) -> Int) -> [Int32: Int] {
        var lengths: [Int32: Int] = [:]
        for end in said.indices.dropFirst() {
            let length = zip(said[..<end].reversed(), said.reversed()).prefix { $0 == $1 }.count
            if length > 0 { lengths[said[end]] = max(lengths[said[end]] ?? 0, length) }
        }
        var sums = [0]
        for id in said.suffix(lengths.values.max() ?? 0).reversed() { sums.append(sums[sums.count - 1] + bytes(id)) }
        return lengths.mapValues { sums[$0] }
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
