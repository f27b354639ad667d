/// Reads one value of JSON from bytes.
struct JSONParser {
    private let bytes: [UInt8]
    private var place = 0

    /// Values within values; more is taken for an attack on the stack.
    private static let maximumDepth = 64

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The one value that the bytes hold.
    mutating func whole() throws(JSONValue.Fault) -> JSONValue {
        let value = try value(depth: 0)
        skipSpaces()
        if place < bytes.count { throw fault }
        return value
    }

    private var fault: JSONValue.Fault { JSONValue.Fault(place: place) }
    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpaces() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func value(depth: Int) throws(JSONValue.Fault) -> JSONValue {
        skipSpaces()
        guard let byte = next, depth <= Self.maximumDepth else { throw fault }
        switch byte {
        case UInt8(ascii: "{"): return .object(try fields(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func fields(depth: Int) throws(JSONValue.Fault) -> [JSONValue.Field] {
        var fields: [JSONValue.Field] = []
        try list(closing: UInt8(ascii: "}")) { (parser: inout JSONParser) throws(JSONValue.Fault) in
            parser.skipSpaces()
            let key = try parser.string()
            parser.skipSpaces()
            guard parser.next == UInt8(ascii: ":") else { throw parser.fault }
            parser.place += 1
            fields.append(JSONValue.Field(key: key, value: try parser.value(depth: depth + 1)))
        }
        return fields
    }

    private mutating func elements(depth: Int) throws(JSONValue.Fault) -> [JSONValue] {
        var elements: [JSONValue] = []
        try list(closing: UInt8(ascii: "]")) { (parser: inout JSONParser) throws(JSONValue.Fault) in
            elements.append(try parser.value(depth: depth + 1))
        }
        return elements
    }

    /// Reads what stands between the opening and the closing byte, `item` each time between commas.
    private mutating func list(
        closing: UInt8, item: (inout JSONParser) throws(JSONValue.Fault) -> Void
    ) throws(JSONValue.Fault) {
        place += 1
        skipSpaces()
        if next == closing {
            place += 1
            return
        }
        while true {
            try item(&self)
            skipSpaces()
            guard let byte = next, byte == closing || byte == UInt8(ascii: ",") else { throw fault }
            place += 1
            if byte == closing { return }
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(JSONValue.Fault) -> JSONValue {
        guard bytes[place...].starts(with: text.utf8) else { throw fault }
        place += text.utf8.count
        return value
    }

    private mutating func number() throws(JSONValue.Fault) -> String {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { place += 1 }
        let digits = String(decoding: bytes[start..<place], as: UTF8.self)
        guard Double(digits) != nil else { throw fault }
        return digits
    }

    private mutating func string() throws(JSONValue.Fault) -> String {
        guard next == UInt8(ascii: "\"") else { throw fault }
        place += 1
        let start = place
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
        var result = String(decoding: bytes[start..<place], as: UTF8.self)
        while let byte = next {
            place += 1
            if byte == UInt8(ascii: "\"") { return result }
            result.unicodeScalars.append(try escaped())
            let start = place
            while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
            result += String(decoding: bytes[start..<place], as: UTF8.self)
        }
        throw fault
    }

    /// The scalar behind a backslash that was taken.
    private mutating func escaped() throws(JSONValue.Fault) -> Unicode.Scalar {
        guard let byte = next else { throw fault }
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            guard bytes[place...].starts(with: [0x5C, 0x75]) else { return "\u{FFFD}" }
            place += 2
            let second = try hexadecimal()
            guard UTF16.isTrailSurrogate(second) else { return "\u{FFFD}" }
            return UTF16.decode(UTF16.EncodedScalar([unit, second]))
        default: throw fault
        }
    }

    private mutating func hexadecimal() throws(JSONValue.Fault) -> UInt16 {
        let digits = bytes[place...].prefix(4)
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw fault
        }
        place += 4
        return unit
    }
}
