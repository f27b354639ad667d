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
    }

    /// The special symbols, by id.
    public let specials: [String]
    /// The merges; merge `index` makes the symbol `specials.count + 256 + index`.
    public let merges: [Merge]
    private let pairs: PairTable
    private let spellings: [UInt8]
    /// Where the spelling of each id starts; one more entry holds the end of the last.
    private let starts: [Int]

    /// A vocabulary from its special symbols and merges.
    ///
    /// Throws `TextError.Kind.malformed` for a merge of symbols that do not exist before it, `.duplicateSymbol` for one
    /// that occurs twice.
    public init(specials: [String], merges: [Merge]) throws(TextError) {
        var pairs = PairTable(capacity: merges.count)
        var spellings = [UInt8](0...255)
        var starts = [Int](repeating: 0, count: specials.count) + Array(0...256)
        for (index, merge) in merges.enumerated() {
            let known = Int32(specials.count)..<Int32(specials.count + 256 + index)
            guard known.contains(merge.left), known.contains(merge.right) else {
                throw TextError(
                    .malformed, "merge \(index) joins \(merge.left) and \(merge.right), outside of \(known)",
                    remedy: "use the merges of one vocabulary in the order in which they were learnt")
            }
            guard pairs.insert(PairTable.key(merge.left, merge.right)).isNew else {
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

    /// The subwords of one token, with the space that stands before it in running text if `followsSpace`.
    public func encodeWord(_ word: String, followsSpace: Bool = false) -> [Int32] {
        encode(followsSpace ? " " + word : word)
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
        let firstByte = Int32(specials.count)
        let firstMerge = firstByte + 256
        for byte in piece { ids.append(firstByte + Int32(byte)) }
        while ids.count - start > 1 {
            var best = Int.max
            for index in start..<(ids.count - 1) {
                guard let rank = pairs.index(of: PairTable.key(ids[index], ids[index + 1])), rank < best else {
                    continue
                }
                best = rank
            }
            guard best < Int.max else { return }
            Self.replace(merges[best], with: firstMerge + Int32(best), in: &ids, from: start)
        }
    }

    /// Joins every occurrence of a merge from `start` on, left to right.
    private static func replace(_ merge: Merge, with symbol: Int32, in ids: inout [Int32], from start: Int) {
        var read = start
        var write = start
        while read < ids.count {
            if read + 1 < ids.count && ids[read] == merge.left && ids[read + 1] == merge.right {
                ids[write] = symbol
                read += 2
            } else {
                ids[write] = ids[read]
                read += 1
            }
            write += 1
        }
        ids.removeLast(ids.count - write)
    }
}

extension BytePairVocabulary: Codable, Equatable {
    private enum CodingKeys: String, CodingKey {
        case specials, merges
    }

    /// Decodes what `encode(to:)` wrote; throws a `TextError` for merges that cannot be.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let flat = try values.decode([Int32].self, forKey: .merges)
        guard flat.count.isMultiple(of: 2) else {
            throw TextError(
                .malformed, "the merges are \(flat.count) numbers, not pairs", remedy: "export the vocabulary again")
        }
        try self.init(
            specials: values.decode([String].self, forKey: .specials),
            merges: stride(from: 0, to: flat.count, by: 2).map { Merge(left: flat[$0], right: flat[$0 + 1]) })
    }

    /// Encodes the special symbols and the merges' ids in one row, left and right in turn.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(specials, forKey: .specials)
        try values.encode(merges.flatMap { [$0.left, $0.right] }, forKey: .merges)
    }

    /// Whether both have the same special symbols and merges.
    public static func == (left: BytePairVocabulary, right: BytePairVocabulary) -> Bool {
        left.specials == right.specials && left.merges == right.merges
    }
}
