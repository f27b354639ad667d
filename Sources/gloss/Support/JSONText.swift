import GlossTraining

/// Writes JSON by hand: keys keep their order, numbers their digits.
enum JSONText {
    /// `text` as a JSON string (RFC 8259, section 7).
    static func string(_ text: some StringProtocol) -> String {
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

    /// `value` with at most six digits behind the point; what is no number is null, since JSON has no word for it.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        guard abs(value) < 1e9 else { return "\(value)" }
        let text = rounded(value, 6)
        let kept = text.utf8.reversed().drop { $0 == UInt8(ascii: "0") }
        let digits = kept.first == UInt8(ascii: ".") ? kept.dropFirst() : kept
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    /// An object of keys and values that are JSON already.
    static func object(_ fields: [(key: String, value: String)]) -> String {
        "{" + fields.map { string($0.key) + ":" + $0.value }.joined(separator: ",") + "}"
    }

    /// An array of values that are JSON already.
    static func array(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }
}
