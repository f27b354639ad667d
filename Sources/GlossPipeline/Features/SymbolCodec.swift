import GlossText

/// Text ↔ symbols of a language model.
public enum SymbolCodec: Codable, Sendable {
    /// Tokens; a line ends with the end-of-sequence symbol.
    case words(Vocabulary)
    /// Byte-level byte pairs; the end of a text is the end-of-sequence symbol.
    case bytePairs(BytePairVocabulary)

    /// The number of symbols.
    public var count: Int {
        switch self {
        case .words(let vocabulary): vocabulary.count
        case .bytePairs(let vocabulary): vocabulary.count
        }
    }

    /// The symbol that ends a line of words or a text of byte pairs.
    public var end: Int32 {
        switch self {
        case .words(let vocabulary): vocabulary.id(of: Vocabulary.endOfSequence) ?? 0
        case .bytePairs(let vocabulary): vocabulary.id(ofSpecial: Vocabulary.endOfSequence) ?? 0
        }
    }

    /// The symbols of a text; words end each of their lines.
    public func encode(_ text: String, tokenizer: Tokenizer) throws(TextError) -> [Int32] {
        switch self {
        case .bytePairs(let vocabulary): return vocabulary.encode(text)
        case .words(let vocabulary):
            var ids: [Int32] = []
            for line in text.lines {
                for token in try tokenizer.tokens(in: String(line.withoutReturn)) {
                    ids.append(vocabulary.idOrUnknown(token.text))
                }
                ids.append(end)
            }
            ids.removeLast()  // what follows the last line end is no line
            return ids
        }
    }

    /// The bytes that a symbol adds to a text.
    public func bytes(of id: Int32) -> [UInt8] {
        switch self {
        case .bytePairs(let vocabulary): return vocabulary.bytes(of: id)
        case .words(let vocabulary):
            return id == end ? [UInt8(ascii: "\n")] : [UInt8(ascii: " ")] + Array(vocabulary.symbol(id).utf8)
        }
    }
}
