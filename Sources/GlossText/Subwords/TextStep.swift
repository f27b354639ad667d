/// One change that a vocabulary makes to a text before it is cut.
enum TextStep: Sendable, Equatable {
    /// NFC or NFKC.
    case normalize(Normalization)
    /// Lower case, each scalar by itself.
    case lowercase
    /// White space at the start, at the end.
    case strip(left: Bool, right: Bool)
    /// Put before any text that is not empty.
    case prepend(String)
    /// Every occurrence of one text becomes another.
    case replace(String, by: String)
    /// Two or more spaces become a text.
    case replaceSpaces(by: String)
    /// A SentencePiece model's own table.
    case map(CharacterMap)
    /// SentencePiece's rules for control characters and odd spaces.
    case nmt

    /// The changed text, valid UTF-8 as the text before it.
    func callAsFunction(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .normalize(let form): text.withUnsafeBufferPointer { Array(Normalizer(form).normalized($0).utf8) }
        case .lowercase: Self.mapScalars(text) { scalar, result in result += scalar.properties.lowercaseMapping }
        case .strip(let left, let right): Self.strip(text, left: left, right: right)
        case .prepend(let prefix): text.isEmpty ? text : Array(prefix.utf8) + text
        case .replace(let old, let new): Self.replace(text, Array(old.utf8), by: Array(new.utf8))
        case .replaceSpaces(let new): Self.replaceSpaces(text, by: Array(new.utf8))
        case .map(let map): map(text)
        case .nmt: Self.mapScalars(text, Self.appendNMT)
        }
    }

    /// Whether the step takes away the start of a text, so that what it leaves is no longer where the text began.
    func dropsStart(of text: [UInt8]) -> Bool {
        guard let first = String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first else { return false }
        switch self {
        case .strip(let left, _): return left && first.properties.isWhitespace
        case .nmt:
            var kept = ""
            Self.appendNMT(first, &kept)
            return kept.isEmpty
        default: return false
        }
    }

    private static func mapScalars(_ text: [UInt8], _ body: (Unicode.Scalar, inout String) -> Void) -> [UInt8] {
        var result = ""
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { body(scalar, &result) }
        return Array(result.utf8)
    }

    private static func strip(_ text: [UInt8], left: Bool, right: Bool) -> [UInt8] {
        var scalars = Substring(String(decoding: text, as: UTF8.self)).unicodeScalars
        while left, let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while right, let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return Array(String(scalars).utf8)
    }

    private static func replace(_ text: [UInt8], _ old: [UInt8], by new: [UInt8]) -> [UInt8] {
        guard let first = old.first else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 4)
        var position = 0
        while position < text.count {
            if text[position] == first, text[position...].starts(with: old) {
                result.append(contentsOf: new)
                position += old.count
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return result
    }

    private static func replaceSpaces(_ text: [UInt8], by new: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < text.count {
            let end = text[position...].firstIndex { $0 != 0x20 } ?? text.count
            if end - position > 1 {
                result.append(contentsOf: new)
                position = end
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return result
    }

    /// `nmt_nfkc` in SentencePiece's builder: control characters vanish, white space and joiners become a space.
    private static func appendNMT(_ scalar: Unicode.Scalar, _ result: inout String) {
        switch scalar.value {
        case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: break
        case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: result += " "
        default: result.unicodeScalars.append(scalar)
        }
    }
}
