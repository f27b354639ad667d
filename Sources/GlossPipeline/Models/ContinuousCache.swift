import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// How much of what was just read a language model expects again (Grave et al. 2017).
public struct CacheConfiguration: Codable, Sendable, Equatable {
    /// The last symbols that are remembered; 0 leaves the cache out.
    public var window = 0
    /// How much more a state counts that is more like the present one: the factor of their scalar product.
    public var sharpness: Float = 0.3
    /// The part of the probability that the remembered symbols share.
    public var weight: Float = 0.1

    /// The defaults.
    public init() {}
}

/// The states that were read with the symbols that followed them: a symbol that followed a state like the present one is
/// expected again.
public struct ContinuousCache: Sendable {
    private let configuration: CacheConfiguration
    /// Features of the states, [features] each, and the symbol behind each: the oldest first.
    private var states: [[Float]] = []
    private var symbols: [Int32] = []

    /// An empty cache.
    public init(_ configuration: CacheConfiguration) { self.configuration = configuration }

    /// Remembers states, [rows, features], and the symbol behind each; what is older than the window is forgotten.
    mutating func add(_ features: Tensor, followedBy next: [Int32]) {
        let n = features.columns
        for (row, symbol) in next.enumerated() {
            states.append((0..<n).map { features[row * n + $0] })
            symbols.append(symbol)
        }
        let surplus = states.count - configuration.window
        if surplus > 0 {
            states.removeFirst(surplus)
            symbols.removeFirst(surplus)
        }
    }

    /// The probability of the symbol behind each of a text's next states by the cache alone, as far as states before it
    /// tell: features [rows, n] → [rows], nil before the first state.
    func probabilities(_ features: Tensor, of next: [Int32]) -> [Float?] {
        let n = features.columns, known = states.count
        let all = concatenatedRows([Tensor([known, n], states.flatMap { $0 }), features])
        let likeness = scores(Variable(features), against: Variable(all), tape: nil).value
        let followers = symbols + next
        return next.indices.map { row in
            let end = known + row, start = max(0, end - configuration.window)
            guard start < end else { return nil }
            let shares = shares(start..<end) { likeness[row * likeness.columns + $0] }
            return zip(start..<end, shares).reduce(0) { $0 + (followers[$1.0] == next[row] ? $1.1 : 0) }
        }
    }

    /// Log probabilities of all symbols by model and cache together: scores [symbols] of a state, features [1, n].
    func mixed(_ scores: [Float], _ features: Tensor) -> [Float] {
        guard !states.isEmpty else { return scores }
        let n = features.columns
        let likeness = GlossNN.scores(
            Variable(features), against: Variable(Tensor([states.count, n], states.flatMap { $0 })), tape: nil
        ).value
        var mixture = softmax(Tensor([1, scores.count], scores)).scalars.map { $0 * (1 - configuration.weight) }
        for (symbol, share) in zip(symbols, shares(states.indices) { likeness[$0] }) {
            mixture[Int(symbol)] += configuration.weight * share
        }
        return mixture.map { logf($0) }
    }

    /// What the model and the cache together give a symbol that the model gives `probability`.
    func mixed(_ probability: Float, _ cached: Float?) -> Float {
        cached.map { (1 - configuration.weight) * probability + configuration.weight * $0 } ?? probability
    }

    /// The share of each remembered state.
    private func shares(_ range: Range<Int>, _ likeness: (Int) -> Float) -> [Float] {
        softmax(Tensor([1, range.count], range.map { configuration.sharpness * likeness($0) })).scalars
    }
}
