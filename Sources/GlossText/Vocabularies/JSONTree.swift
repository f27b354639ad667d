/// A JSON text as a tree (RFC 8259).
///
/// Foundation's readers keep objects in dictionaries of `String`, which hold canonically equivalent keys equal: of a
/// vocabulary's "é" in one and in two scalars one would be lost. Here an object is a list.
package enum JSONTree: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([Member])

    /// A key with its value.
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: JSONTree
    }

    /// The value of a key; nil where there is none, it is null, or this is no object.
    package subscript(_ key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        let found = members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
        return found == .null ? nil : found
    }

    /// The text of a string.
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The value of a number.
    package var number: Double? { if case .number(let value) = self { value } else { nil } }
    /// The value of a whole number that fits an id.
    package var id: Int32? { number.flatMap { Int32(exactly: $0) } }
    /// The value of a truth value.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements of an array.
    package var array: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
    /// The members of an object.
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// The tree of a JSON text. Throws `TextError.Kind.malformed` with the byte at which it is none.
    package init(parsing text: String) throws(TextError) {
        var copy = text
        let result = copy.withUTF8 { bytes in
            Result { () throws(TextError) in
                var parser = JSONParser(bytes: bytes)
                return try parser.document()
            }
        }
        self = try result.get()
    }
}

/// Reads valid UTF-8 from left to right.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    /// Arrays and objects may stand in one another this deep.
    private static let maximumDepth = 64

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws(TextError) -> JSONTree {
        let tree = try value(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw failure("something follows the end of the JSON text") }
        return tree
    }

    private mutating func value(depth: Int) throws(TextError) -> JSONTree {
        skipBlanks()
        guard depth < Self.maximumDepth else { throw failure("the JSON text is nested too deeply") }
        switch position < bytes.count ? bytes[position] : 0 {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(TextError) -> [JSONTree.Member] {
        var members: [JSONTree.Member] = []
        position += 1
        if skip(UInt8(ascii: "}")) { return members }
        repeat {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw failure("a key is missing")
            }
            let key = try string()
            guard skip(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
            members.append(JSONTree.Member(key: key, value: try value(depth: depth + 1)))
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "}")) else { throw failure("an object does not end") }
        return members
    }

    private mutating func array(depth: Int) throws(TextError) -> [JSONTree] {
        var elements: [JSONTree] = []
        position += 1
        if skip(UInt8(ascii: "]")) { return elements }
        repeat { elements.append(try value(depth: depth + 1)) } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw failure("an array does not end") }
        return elements
    }

    private mutating func word(_ word: StaticString, _ value: JSONTree) throws(TextError) -> JSONTree {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[position..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: end - position))
        else { throw failure("a value is missing") }
        position = end
        return value
    }

    private mutating func number() throws(TextError) -> Double {
        let start = position
        while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
        guard let value = JSONNumber.parse(bytes[start..<position]) else {
            position = start
            throw failure("a value is missing")
        }
        return value
    }

    private mutating func string() throws(TextError) -> String {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case ..<0x20: throw failure("a control character stands in a string")
            default: text.append(byte)
            }
        }
        throw failure("a string does not end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(TextError) {
        let byte = position < bytes.count ? bytes[position] : 0
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var value = try unit()
            if value & 0xFC00 == 0xD800, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            {
                position += 2
                value = 0x10000 + (value & 0x3FF) << 10 + (try unit()) & 0x3FF
            }
            guard let scalar = Unicode.Scalar(value) else { throw failure("half of a surrogate pair stands alone") }
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw failure("an escape is unknown")
        }
    }

    /// Four hexadecimal digits.
    private mutating func unit() throws(TextError) -> UInt32 {
        guard position + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits are missing") }
        position += 4
        return value
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    private func failure(_ message: String) -> TextError {
        TextError(.malformed, message, at: .init(byte: position), remedy: "check that the file is whole")
    }
}

extension JSONTree {
    /// The tree as JSON text: the members of an object in their order, no blanks.
    package func text() -> String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += JSONNumber.text(value)
        case .string(let value): Self.write(value, into: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(into: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.key, into: &text)
                text += ":"
                member.value.write(into: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, into text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{0}"..<"\u{20}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
