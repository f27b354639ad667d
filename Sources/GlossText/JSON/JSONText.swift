/// Writes JSON by hand: keys keep their order, numbers their digits.
package enum JSONText {
    /// `text` as a JSON string (RFC 8259, section 7).
    package static func string(_ text: some StringProtocol) -> String {
        // Most texts have nothing to escape and are copied whole.
        guard text.utf8.contains(where: isSpecial) else {
            var result = "\""
            result += text
            return result + "\""
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Whether a byte may belong to a scalar that is escaped: 0xE2 begins U+2028 and U+2029.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F || byte == 0xE2
    }

    /// An object of keys and values that are JSON already.
    package static func object(_ fields: [(key: String, value: String)]) -> String {
        "{" + fields.map { string($0.key) + ":" + $0.value }.joined(separator: ",") + "}"
    }

    /// An array of values that are JSON already.
    package static func array(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }
}
