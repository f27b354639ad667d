/// Counts the pieces of texts and learns which pairs of symbols to merge.
public struct BytePairBuilder: Sendable {
    private let pattern: PiecePattern
    private var pieces: SymbolCounts
    /// More different pieces than this are not learnt from: those counted least are left out.
    private static let maximumPieces = 1 << 21

    /// A builder that has counted nothing, for a vocabulary of some pattern (one that `expression` can tell).
    public init(pattern: PiecePattern = .words) {
        self.init(SymbolCounts(), pattern: pattern)
    }

    /// A builder that goes on from counted pieces.
    package init(_ pieces: SymbolCounts, pattern: PiecePattern) {
        self.pieces = pieces
        self.pattern = pattern
    }

    /// Counts the pieces of a text; merges never cross from one text into the next.
    public mutating func add(_ text: String) {
        var copy = text
        copy.withUTF8 { pattern.countPieces(in: $0, into: &pieces) }
    }

    /// The vocabulary of `size` ids: the special symbols, 256 bytes, and the most frequent pairs one after the other.
    ///
    /// Of equally frequent pairs the one with the lower ids comes first, so the result depends on the counts alone. It
    /// is smaller than `size` when no pair occurs twice any more. Throws `TextError.Kind.emptyVocabulary` if no text was
    /// added and `.invalidLimit` if `size` has no room for the specials and the bytes.
    public consuming func build(
        size: Int, specials: [String] = Vocabulary.defaultSpecials
    ) throws(TextError) -> BytePairVocabulary {
        guard pieces.count > 0 else {
            throw TextError(
                .emptyVocabulary, "no text was given to build a vocabulary from", remedy: "give at least one word")
        }
        guard size >= specials.count + 256 else {
            throw TextError(
                .invalidLimit,
                "a vocabulary of \(size) has no room for 256 bytes and \(specials.count) special symbols",
                remedy: "raise the size to \(specials.count + 256) or more")
        }
        pieces.prune(to: Self.maximumPieces)
        var bytes = SymbolTable()
        for byte in UInt8.min...UInt8.max {
            _ = withUnsafeBytes(of: byte) { bytes.insert($0.bindMemory(to: UInt8.self)) }
        }
        var learner = MergeLearner(bytes)
        for index in 0..<pieces.count {
            learner.add(pieces.table.bytes(at: index).lazy.map { Int32($0) }, count: pieces.counts[index])
        }
        pieces = SymbolCounts()
        let first = Int32(specials.count)
        return try BytePairVocabulary(
            specials: specials,
            merges: learner.learn(count: size - specials.count - 256).map {
                BytePairVocabulary.Merge(left: $0.left + first, right: $0.right + first)
            }, pattern: pattern)
    }
}

extension PiecePattern {
    /// Counts the pieces of valid UTF-8; one longer than 256 bytes, which only tells of itself, counts as several.
    package func countPieces(in bytes: UnsafeBufferPointer<UInt8>, into counts: inout SymbolCounts) {
        var position = 0
        while position < bytes.count {
            var end = endOfPiece(in: bytes, at: position)
            if end - position > 256 {
                end = position + 256
                while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            }
            counts.add(position..<end, of: bytes)
            position = end
        }
    }
}
