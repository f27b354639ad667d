/// Words, characters or labels and their numbers: id ↔ symbol, with how often each was counted.
///
/// The special symbols come first, then the others by count, most frequent first. Symbols are told apart by their
/// bytes. Ids never change once a vocabulary is built.
public struct Vocabulary: Sendable, Equatable {
    /// Stands where a batch has no token.
    public static let padding = "<pad>"
    /// Stands for every symbol that the vocabulary does not have.
    public static let unknown = "<unk>"
    /// Ends a sentence or a document in language models.
    public static let endOfSequence = "<eos>"
    /// The special symbols of a vocabulary unless others are named.
    public static let defaultSpecials = [padding, unknown]

    private let table: SymbolTable
    /// How often each symbol was counted, by id.
    public let counts: [Int]
    /// How many special symbols there are; their ids are `0..<specialCount`.
    public let specialCount: Int
    /// The id of `Vocabulary.unknown`, if the vocabulary has that symbol.
    public let unknownID: Int32?
    /// The id of `Vocabulary.padding`, if the vocabulary has that symbol.
    public let paddingID: Int32?

    /// A vocabulary of special symbols and others in the order of their ids.
    ///
    /// `counts` belong to specials and symbols together; without them every count is 0. Throws
    /// `TextError.Kind.duplicateSymbol` for a symbol that occurs twice and `.malformed` when the numbers differ.
    public init(specials: [String] = defaultSpecials, symbols: [String], counts: [Int]? = nil) throws(TextError) {
        var table = SymbolTable()
        for symbol in specials + symbols where !table.insert(symbol).isNew {
            throw TextError(
                .duplicateSymbol, "the symbol “\(symbol)” occurs twice",
                at: .init(line: table.count + 1), remedy: "keep each symbol once, special ones included")
        }
        let counts = counts ?? [Int](repeating: 0, count: table.count)
        guard counts.count == table.count else {
            throw TextError(
                .malformed, "there are \(counts.count) counts for \(table.count) symbols", remedy: "give each its count"
            )
        }
        self.table = table
        self.counts = counts
        specialCount = specials.count
        unknownID = table.index(of: Self.unknown).map(Int32.init)
        paddingID = table.index(of: Self.padding).map(Int32.init)
    }

    /// How many symbols there are, special ones included.
    public var count: Int { table.count }

    /// The id of a symbol, if the vocabulary has it.
    public func id(of symbol: String) -> Int32? {
        table.index(of: symbol).map(Int32.init)
    }

    /// The id of a symbol, or that of `Vocabulary.unknown`, which the vocabulary must have then.
    public func idOrUnknown(_ symbol: String) -> Int32 {
        if let index = table.index(of: symbol) { return Int32(index) }
        guard let unknownID else {
            preconditionFailure("“\(symbol)” is not in a vocabulary that has no \(Self.unknown)")
        }
        return unknownID
    }

    /// The symbol of an id in `0..<count`.
    public func symbol(_ id: Int32) -> String {
        precondition(id >= 0 && Int(id) < count, "id \(id) is outside of a vocabulary of \(count) symbols")
        return table.string(at: Int(id))
    }

    /// The special symbols in the order of their ids.
    public var specials: [String] { (0..<specialCount).map { table.string(at: $0) } }

    /// All symbols in the order of their ids.
    public var symbols: [String] { (0..<count).map { table.string(at: $0) } }

    /// Whether both have the same symbols, to the byte, in the same order with the same counts.
    public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
        left.counts == right.counts && left.specialCount == right.specialCount && left.count == right.count
            && (0..<left.count).allSatisfy { left.table.bytes(at: $0) == right.table.bytes(at: $0) }
    }
}

extension Vocabulary: Codable {
    private enum CodingKeys: String, CodingKey {
        case specials, symbols, counts
    }

    /// Decodes what `encode(to:)` wrote; throws a `TextError` for duplicates and missing counts.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            specials: values.decode([String].self, forKey: .specials),
            symbols: values.decode([String].self, forKey: .symbols),
            counts: values.decode([Int].self, forKey: .counts))
    }

    /// Encodes three arrays: special symbols, symbols, counts of both together.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(specials, forKey: .specials)
        try values.encode((specialCount..<count).map { table.string(at: $0) }, forKey: .symbols)
        try values.encode(counts, forKey: .counts)
    }
}
