/// What happens to bytes that are not UTF-8.
public enum InvalidUTF8: String, Codable, Hashable, Sendable, CaseIterable {
    /// Each maximal ill-formed part becomes one U+FFFD, as the Unicode standard advises (section 3.9).
    case replace
    /// Decoding ends with an error that names the byte and the line.
    case error

    /// The text of UTF-8 bytes; throws `TextError.Kind.invalidUTF8` under `.error`.
    public func decode(_ bytes: some Collection<UInt8>) throws(TextError) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        switch self {
        case .replace:
            return String(decoding: bytes, as: UTF8.self)
        case .error:
            throw Self.error(in: bytes)
        }
    }

    private static func error(in bytes: some Collection<UInt8>) -> TextError {
        var place = TextError.Place(byte: 0, line: 1)
        var offset = 0
        var line = 1
        var decoder = UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        scan: while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar):
                offset += scalar.count
                if scalar.first == UInt8(ascii: "\n") { line += 1 }
            case .error, .emptyInput:
                place = TextError.Place(byte: offset, line: line)
                break scan
            }
        }
        let offending = bytes.dropFirst(offset).prefix(4).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "0x" + (digits.count < 2 ? "0" : "") + digits
        }
        return TextError(
            .invalidUTF8, "these bytes are not UTF-8: \(offending.joined(separator: " "))", at: place,
            remedy: "convert the text to UTF-8, or have invalid bytes replaced")
    }
}
