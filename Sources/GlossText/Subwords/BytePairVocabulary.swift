/// Subwords over bytes by byte-pair encoding: text → ids → bytes, without loss for any text (Sennrich et al., 2016).
///
/// Ids: the special symbols, then the 256 bytes, then one symbol for each merge in the order in which it was learnt.
/// Encoding a text never gives a special symbol.
public struct BytePairVocabulary: Sendable {
    /// Two symbols that became one.
    public struct Merge: Hashable, Sendable {
        /// The id of the symbol on the left.
        public var left: Int32
        /// The id of the symbol on the right.
        public var right: Int32

        /// A merge of two symbols.
        public init(left: Int32, right: Int32) {
            self.left = left
            self.right = right
        }
    }

    /// The special symbols, by id.
    public let specials: [String]
    /// The merges; merge `index` makes the symbol `specials.count + 256 + index`.
    public let merges: [Merge]
    /// How texts are cut into the pieces that merges never cross.
    public let pattern: PiecePattern
    private let pairs: PairMerges
    private let spellings: [UInt8]
    /// Where the spelling of each id starts; one more entry holds the end of the last.
    private let starts: [Int]

    /// A vocabulary from its special symbols, its merges and the pattern of its pieces.
    ///
    /// Throws `TextError.Kind.malformed` for a merge of symbols that do not exist before it, `.duplicateSymbol` for one
    /// that occurs twice.
    public init(specials: [String], merges: [Merge], pattern: PiecePattern = .words) throws(TextError) {
        var pairs = PairMerges(capacity: merges.count)
        var spellings = [UInt8](0...255)
        var starts = [Int](repeating: 0, count: specials.count) + Array(0...256)
        for (index, merge) in merges.enumerated() {
            let known = Int32(specials.count)..<Int32(specials.count + 256 + index)
            guard known.contains(merge.left), known.contains(merge.right) else {
                throw TextError(
                    .malformed, "merge \(index) joins \(merge.left) and \(merge.right), outside of \(known)",
                    remedy: "use the merges of one vocabulary in the order in which they were learnt")
            }
            guard pairs.append(merge.left, merge.right, becomes: known.upperBound) else {
                throw TextError(
                    .duplicateSymbol, "merge \(index) joins \(merge.left) and \(merge.right) once more",
                    remedy: "keep each merge once")
            }
            for side in [merge.left, merge.right] {
                spellings.append(contentsOf: spellings[starts[Int(side)]..<starts[Int(side) + 1]])
            }
            starts.append(spellings.count)
        }
        self.specials = specials
        self.merges = merges
        self.pattern = pattern
        self.pairs = pairs
        self.spellings = spellings
        self.starts = starts
    }

    /// How many ids there are.
    public var count: Int { specials.count + 256 + merges.count }

    /// The id of a special symbol, if the vocabulary has it.
    public func id(ofSpecial symbol: String) -> Int32? {
        specials.firstIndex(of: symbol).map(Int32.init)
    }

    /// The bytes of an id in `0..<count`; none for a special symbol.
    public func bytes(of id: Int32) -> [UInt8] {
        precondition(id >= 0 && Int(id) < count, "id \(id) is outside of a vocabulary of \(count) subwords")
        return Array(spellings[starts[Int(id)]..<starts[Int(id) + 1]])
    }

    /// The ids of a text.
    public func encode(_ text: String) -> [Int32] {
        var encoder = BytePairEncoder(self)
        return encoder.encode(text)
    }

    /// The bytes of ids in a row; special symbols have none. `UTF8Assembler` makes text of bytes as they come.
    public func decode(_ ids: some Sequence<Int32>) -> [UInt8] {
        var result: [UInt8] = []
        for id in ids {
            precondition(id >= 0 && Int(id) < count, "id \(id) is outside of a vocabulary of \(count) subwords")
            result.append(contentsOf: spellings[starts[Int(id)]..<starts[Int(id) + 1]])
        }
        return result
    }

    /// Appends the ids of one piece to `ids`: at each step the merge learnt first, leftmost, is done.
    package func merge(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) {
        let start = ids.count
        for byte in piece { ids.append(Int32(specials.count) + Int32(byte)) }
        pairs.merge(&ids, from: start)
    }
}

extension BytePairVocabulary: Codable, Equatable {
    private enum CodingKeys: String, CodingKey {
        case specials, merges, pattern
    }

    /// Decodes what `encode(to:)` wrote; without a pattern it is the first vocabularies'. Throws a `TextError` for merges that cannot be.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let flat = try values.decode([Int32].self, forKey: .merges)
        guard flat.count.isMultiple(of: 2) else {
            throw TextError(
                .malformed, "the merges are \(flat.count) numbers, not pairs", remedy: "export the vocabulary again")
        }
        try self.init(
            specials: values.decode([String].self, forKey: .specials),
            merges: stride(from: 0, to: flat.count, by: 2).map { Merge(left: flat[$0], right: flat[$0 + 1]) },
            pattern: values.decodeIfPresent(PiecePattern.self, forKey: .pattern) ?? .gloss1)
    }

    /// Encodes the special symbols, the merges' ids in one row, left and right in turn, and the pattern.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(specials, forKey: .specials)
        try values.encode(merges.flatMap { [$0.left, $0.right] }, forKey: .merges)
        try values.encode(pattern, forKey: .pattern)
    }

    /// Whether both have the same special symbols, merges and pattern.
    public static func == (left: BytePairVocabulary, right: BytePairVocabulary) -> Bool {
        left.specials == right.specials && left.merges == right.merges && left.pattern == right.pattern
    }
}
