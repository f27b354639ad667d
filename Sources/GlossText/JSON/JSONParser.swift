/// Reads one value of JSON from bytes.
struct JSONParser {
    private let bytes: [UInt8]
    private let repairsSurrogates: Bool
    private var place = 0

    /// Values within values; more is taken for an attack on the stack.
    private static let maximumDepth = 64

    init(_ bytes: [UInt8], repairsSurrogates: Bool) {
        self.bytes = bytes
        self.repairsSurrogates = repairsSurrogates
    }

    /// The one value that the bytes hold.
    mutating func whole() throws(TextError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpaces()
        if place < bytes.count { throw failure("something follows the end of the JSON text") }
        return value
    }

    private func failure(_ message: String) -> TextError {
        TextError(.malformed, message, at: .init(byte: place), remedy: "check that the JSON text is whole")
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpaces() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func value(depth: Int) throws(TextError) -> JSONValue {
        skipSpaces()
        guard depth <= Self.maximumDepth else { throw failure("the JSON text is nested too deeply") }
        switch next {
        case UInt8(ascii: "{"): return .object(try fields(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func fields(depth: Int) throws(TextError) -> [JSONValue.Field] {
        var fields: [JSONValue.Field] = []
        try list(closing: UInt8(ascii: "}")) { (parser: inout JSONParser) throws(TextError) in
            parser.skipSpaces()
            guard parser.next == UInt8(ascii: "\"") else { throw parser.failure("a key is missing") }
            let key = try parser.string()
            parser.skipSpaces()
            guard parser.next == UInt8(ascii: ":") else { throw parser.failure("a colon is missing") }
            parser.place += 1
            fields.append(JSONValue.Field(key, try parser.value(depth: depth + 1)))
        }
        return fields
    }

    private mutating func elements(depth: Int) throws(TextError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try list(closing: UInt8(ascii: "]")) { (parser: inout JSONParser) throws(TextError) in
            elements.append(try parser.value(depth: depth + 1))
        }
        return elements
    }

    /// Reads what stands between the opening and the closing byte, `item` each time between commas.
    private mutating func list(
        closing: UInt8, item: (inout JSONParser) throws(TextError) -> Void
    ) throws(TextError) {
        place += 1
        skipSpaces()
        if next == closing {
            place += 1
            return
        }
        while true {
            try item(&self)
            skipSpaces()
            guard let byte = next, byte == closing || byte == UInt8(ascii: ",") else {
                throw failure("an array or an object does not end")
            }
            place += 1
            if byte == closing { return }
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(TextError) -> JSONValue {
        guard bytes[place...].starts(with: text.utf8) else { throw failure("a value is missing") }
        place += text.utf8.count
        return value
    }

    /// A number as it is written (RFC 8259, section 6).
    private mutating func number() throws(TextError) -> String {
        let start = place
        skip("-")
        let hasZero = skip("0")
        var isNumber = hasZero || digits()
        if isNumber, skip(".") { isNumber = digits() }
        if isNumber, skip("eE") {
            skip("+-")
            isNumber = digits()
        }
        guard isNumber else {
            place = start
            throw failure("a value is missing")
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// Takes the next byte where it is one of these.
    @discardableResult private mutating func skip(_ characters: String) -> Bool {
        guard let next, characters.utf8.contains(next) else { return false }
        place += 1
        return true
    }

    /// Takes digits; false where there is none.
    private mutating func digits() -> Bool {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        return place > start
    }

    private mutating func string() throws(TextError) -> String {
        place += 1
        var result = plain()
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return result
            case UInt8(ascii: "\\"): result.unicodeScalars.append(try escaped())
            default: throw failure("a control character stands in a string")
            }
            result += plain()
        }
        throw failure("a string does not end")
    }

    /// What stands for itself.
    private mutating func plain() -> String {
        let start = place
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// The scalar behind a backslash that was taken.
    private mutating func escaped() throws(TextError) -> Unicode.Scalar {
        guard let byte = next else { throw failure("a string does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"): return try scalar()
        default: throw failure("an escape is unknown")
        }
    }

    /// The scalar of one escape, or of two that are a surrogate pair.
    private mutating func scalar() throws(TextError) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if UTF16.isLeadSurrogate(unit), bytes[place...].starts(with: [0x5C, 0x75]) {
            let start = place
            place += 2
            let second = try hexadecimal()
            if UTF16.isTrailSurrogate(second) { return UTF16.decode(UTF16.EncodedScalar([unit, second])) }
            place = start
        }
        guard repairsSurrogates else { throw failure("half of a surrogate pair stands alone") }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(TextError) -> UInt16 {
        let digits = bytes[place...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            throw failure("four hexadecimal digits are missing")
        }
        place += 4
        return unit
    }
}
