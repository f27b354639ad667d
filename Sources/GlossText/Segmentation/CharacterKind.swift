/// What a character is to the candidates of a segmentation.
enum CharacterKind {
    case letter, digit, unspaced, mark, joiner, other

    /// Whether neighbours of this kind stand in one candidate.
    var isRun: Bool { self == .letter || self == .digit }

    /// The kind of a candidate that starts so.
    var candidate: Candidate.Kind {
        switch self {
        case .letter: .letters
        case .digit: .digits
        case .unspaced: .unspaced
        case .mark, .joiner, .other: .other
        }
    }

    /// The kind of the character at an index of valid UTF-8, which is moved behind it.
    @inline(__always)
    static func of(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> CharacterKind {
        let byte = bytes[index]
        if byte < 0x80 {
            index += 1
            return TextBytes.isPlainLetter(byte) ? .letter : TextBytes.isDigit(byte) ? .digit : .other
        }
        return ofLong(bytes, at: &index)
    }

    private static func ofLong(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> CharacterKind {
        let scalar = TextBytes(bytes).scalar(at: index)
        index += UTF8.width(scalar)
        // Latin, Greek and Cyrillic need no table of properties.
        if (0xC0...0x24F).contains(scalar.value) {
            return scalar.value == 0xD7 || scalar.value == 0xF7 ? .other : .letter
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
            return isUnspaced(scalar.value) ? .unspaced : .letter
        case .decimalNumber: return .digit
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        case .format: return scalar.value == 0x200D ? .joiner : .mark
        default: return .other
        }
    }

    /// Letters of Thai, Lao, Myanmar, Khmer, Han, Hiragana and Katakana, by the blocks of Unicode.
    private static func isUnspaced(_ value: UInt32) -> Bool {
        switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF,
            0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F, 0xF900...0xFAFF,
            0xFF66...0xFF9F, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
