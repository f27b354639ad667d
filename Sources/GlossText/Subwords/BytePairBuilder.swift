/// Counts the pieces of texts and learns which pairs of symbols to merge.
public struct BytePairBuilder: Sendable {
    private var pieces = SymbolTable()
    private var counts: [Int] = []

    /// A builder that has counted nothing.
    public init() {}

    /// Counts the pieces of a text; merges never cross from one text into the next.
    public mutating func add(_ text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            PieceSplitter.forEachPiece(in: bytes) { range in
                let (index, isNew) = pieces.insert(UnsafeBufferPointer(rebasing: bytes[range]))
                if isNew { counts.append(1) } else { counts[index] += 1 }
            }
        }
    }

    /// The vocabulary of `size` ids: the special symbols, 256 bytes, and the most frequent pairs one after the other.
    ///
    /// Of equally frequent pairs the one with the lower ids comes first, so the result depends on the counts alone. It
    /// is smaller than `size` when no pair occurs twice any more. Throws `TextError.Kind.emptyVocabulary` if no text was
    /// added and `.invalidLimit` if `size` has no room for the specials and the bytes.
    public func build(
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
        var learner = MergeLearner(firstByte: Int32(specials.count))
        for index in 0..<pieces.count { learner.add(pieces.bytes(at: index), count: counts[index]) }
        return try BytePairVocabulary(
            specials: specials, merges: learner.learn(count: size - specials.count - 256))
    }
}
