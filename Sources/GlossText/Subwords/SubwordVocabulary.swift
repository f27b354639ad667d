/// Subwords of any kind, and how text is prepared for them: text → ids → text.
///
/// Three kinds: byte pairs, pairs of characters, and Unigram. A vocabulary is written and read as `tokenizer.json`, the
/// file of the `tokenizers` library, and gives the same ids.
public struct SubwordVocabulary: Sendable {
    /// How pieces become symbols.
    public enum Kind: String, Sendable {
        /// Byte-pair encoding over bytes.
        case bytePairs
        /// Byte-pair encoding over characters; those that are no symbol are spelled in bytes, or unknown.
        case characterPairs
        /// The most probable row of symbols.
        case unigram
    }

    /// A symbol that stands for itself in text before anything is cut, such as `<mask>`.
    struct AddedSymbol: Sendable, Equatable {
        var id: Int32
        var text: String
        var isSpecial = true
        /// Found after the text has been normalized; else before.
        var isNormalized = false
        /// Takes the white space before it, behind it.
        var stripsLeft = false, stripsRight = false
        /// Only where no word character stands before or behind it.
        var isWord = false
    }

    enum Model: Sendable {
        case pairs(PairModel)
        case unigram(UnigramModel)
    }

    /// The symbols' spellings, by id: bytes as they are, and marks for spaces where the vocabulary has them.
    let table: SymbolTable
    let model: Model
    /// Ids from here on are added symbols alone.
    let modelCount: Int
    let added: [AddedSymbol]
    let textSteps: [TextStep]
    let cutSteps: [CutStep]
    /// The steps that encoding takes, which give the same ids as `cutSteps`.
    let encodingSteps: [CutStep]

    init(
        table: SymbolTable, model: Model, modelCount: Int, added: [AddedSymbol], textSteps: [TextStep] = [],
        cutSteps: [CutStep]
    ) {
        self.table = table
        self.model = model
        self.modelCount = modelCount
        self.added = added
        self.textSteps = textSteps
        self.cutSteps = cutSteps
        encodingSteps = Self.cutsAtMarks(table, model, cutSteps) ? cutSteps + [.rowsOfMarks] : cutSteps
    }

    /// Whether text that is not cut at all can be cut at marks: where it has marks and none stands in a symbol behind
    /// another character, no merge joins what stands before a mark to it.
    private static func cutsAtMarks(_ table: SymbolTable, _ model: Model, _ cutSteps: [CutStep]) -> Bool {
        guard case .pairs(let model) = model, !model.isByteLevel, !model.takesWholePieces, model.suffix.isEmpty,
            model.prefix.isEmpty, table.index(of: SpaceMark.text) != nil
        else { return false }
        switch cutSteps.last {
        case nil, .marks(_, false): break
        default: return false
        }
        return (0..<table.count).allSatisfy { id in
            table.withBytes(at: id) { bytes in
                var start = 0
                while start < bytes.count, SpaceMark.isAt(start, in: bytes) { start += 3 }
                return !(start..<bytes.count).contains { SpaceMark.isAt($0, in: bytes) }
            }
        }
    }

    /// The kind.
    public var kind: Kind {
        switch model {
        case .pairs(let model): model.isByteLevel ? .bytePairs : .characterPairs
        case .unigram: .unigram
        }
    }

    /// How many ids there are.
    public var count: Int { table.count }

    /// The special symbols, in the order of their ids.
    public var specials: [String] { added.filter(\.isSpecial).sorted { $0.id < $1.id }.map(\.text) }

    /// The id of a special or added symbol, if the vocabulary has it.
    public func id(ofSpecial symbol: String) -> Int32? {
        added.first { $0.text.utf8.elementsEqual(symbol.utf8) }?.id
    }

    /// The ids of a text, as of an encoder that reads special symbols.
    public func encode(_ text: String) -> [Int32] {
        var encoder = SubwordEncoder(self)
        return encoder.encode(text)
    }

    /// The bytes that an id in `0..<count` adds to a text; none for a special symbol.
    public func bytes(of id: Int32) -> [UInt8] {
        precondition(id >= 0 && Int(id) < count, "id \(id) is outside of a vocabulary of \(count) subwords")
        let spelling = Array(table.bytes(at: Int(id)))
        if kind != .bytePairs, let byte = Self.byte(of: spelling) { return [byte] }
        if let symbol = added.first(where: { $0.id == id }) { return symbol.isSpecial ? [] : spelling }
        if kind == .bytePairs { return spelling }
        var result = spelling
        if case .pairs(let model) = model, !model.suffix.isEmpty, spelling.suffixEquals(model.suffix) {
            result = spelling.dropLast(model.suffix.utf8.count) + [0x20]
        }
        return hasMarks ? TextStep.replace(SpaceMark.text, by: " ")(result) : result
    }

    /// The bytes of ids in a row, without the space that encoding put before the text.
    public func decode(_ ids: some Sequence<Int32>) -> [UInt8] {
        var result = ids.flatMap { bytes(of: $0) }
        if addsSpace, result.first == 0x20 { result.removeFirst() }
        return result
    }

    /// Whether symbols have marks in the place of spaces.
    var hasMarks: Bool {
        cutSteps.contains { if case .marks = $0 { true } else { false } }
            || textSteps.contains { if case .replace(" ", SpaceMark.text) = $0 { true } else { false } }
    }

    /// Whether encoding puts a space before a text.
    var addsSpace: Bool {
        textSteps.contains(.prepend(SpaceMark.text))
            || cutSteps.contains {
                switch $0 {
                case .marks(let prefix, _): prefix != .never
                case .bytes(let addsSpace, _): addsSpace
                default: false
                }
            }
    }

    /// The byte that a symbol such as `<0x0A>` stands for.
    static func byte(of spelling: some Collection<UInt8>) -> UInt8? {
        guard spelling.count == 6, spelling.starts(with: "<0x".utf8), spelling.suffixEquals(">") else { return nil }
        return UInt8(String(decoding: spelling.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
    }

    /// The symbol of a byte, such as `<0x0A>`.
    static func symbol(of byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "<0x" + (digits.utf8.count < 2 ? "0" : "") + digits + ">"
    }
}

extension Collection<UInt8> {
    /// Whether the bytes end with those of a text.
    func suffixEquals(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

extension SubwordVocabulary: Codable {
    /// Decodes the text of a `tokenizer.json`; throws a `TextError` for one that cannot be.
    public init(from decoder: any Decoder) throws {
        try self.init(tokenizerJSON: decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the text of a `tokenizer.json`; throws as `tokenizerJSON()`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(tokenizerJSON())
    }
}
