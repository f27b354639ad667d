/// Counts symbols and makes a vocabulary of the frequent ones.
public struct VocabularyBuilder: Sendable {
    private var symbols = SymbolCounts()

    /// A builder that has counted nothing.
    public init() {}

    /// A builder that goes on from counts.
    package init(_ counts: SymbolCounts) { symbols = counts }

    /// Counts a symbol `count` times (at least once).
    public mutating func add(_ symbol: String, count: Int = 1) {
        precondition(count > 0, "a symbol is counted at least once, not \(count) times")
        symbols.add(symbol, count: count)
    }

    /// Counts everything that another builder counted.
    public mutating func add(_ other: VocabularyBuilder) {
        symbols.add(other.symbols)
    }

    /// The vocabulary of all symbols counted at least `minimumCount` times, at most `maximumSize` with the specials.
    ///
    /// Ids go by count, then by the order of the symbols' Unicode scalars, so the order of counting does not matter.
    /// A special symbol that was counted keeps its count; what was cut off counts as `Vocabulary.unknown` if that is
    /// among the specials. Throws `TextError.Kind.emptyVocabulary` if no symbol remains and `.invalidLimit` if
    /// `maximumSize` leaves no room.
    public func build(
        minimumCount: Int = 1, maximumSize: Int? = nil, specials: [String] = Vocabulary.defaultSpecials
    ) throws(TextError) -> Vocabulary {
        if let maximumSize, maximumSize <= specials.count {
            throw TextError(
                .invalidLimit, "a vocabulary of \(maximumSize) has no room beside \(specials.count) special symbols",
                remedy: "raise the maximum size to \(specials.count + 1) or more")
        }
        let (table, counts) = (symbols.table, symbols.counts)
        var specialCounts = [Int](repeating: 0, count: specials.count)
        var isSpecial = Set<Int>()
        for (position, special) in specials.enumerated() {
            guard let index = table.index(of: special) else { continue }
            specialCounts[position] = counts[index]
            isSpecial.insert(index)
        }
        let ordinary = symbols.sorted().filter { !isSpecial.contains($0) }
        let frequent = ordinary.prefix { counts[$0] >= minimumCount }
        let kept = frequent.prefix(maximumSize.map { $0 - specials.count } ?? .max)
        guard !kept.isEmpty else {
            throw TextError(
                .emptyVocabulary,
                "no symbol is left for the vocabulary: \(ordinary.count) were counted, none \(minimumCount) times",
                remedy: ordinary.isEmpty ? "give a text with at least one word" : "lower the minimum count")
        }
        if let position = specials.firstIndex(of: Vocabulary.unknown) {
            specialCounts[position] += ordinary.reduce(0) { $0 + counts[$1] } - kept.reduce(0) { $0 + counts[$1] }
        }
        return try Vocabulary(
            specials: specials, symbols: kept.map { table.string(at: $0) },
            counts: specialCounts + kept.map { counts[$0] })
    }
}
