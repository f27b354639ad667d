/// What a Unicode scalar is to the patterns that cut text into pieces.
package enum ScalarClass: UInt8, Sendable {
    case other, letter, mark, number, space, lineBreak

    /// The class of the scalar at `index` of valid UTF-8 and its length in bytes.
    @inline(__always)
    package static func at(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (class: ScalarClass, length: Int) {
        let byte = bytes[index]
        if byte < 0x80 { return (ofASCII(byte), 1) }
        return beyondASCII(index, in: bytes)
    }

    /// The class of a scalar below U+0080.
    @inline(__always)
    package static func ofASCII(_ byte: UInt8) -> ScalarClass {
        if (byte | 0x20) &- 0x61 < 26 { return .letter }
        if byte == 0x20 { return .space }
        if byte &- 0x30 < 10 { return .number }
        if byte &- 0x09 < 5 { return byte == 0x0A || byte == 0x0D ? .lineBreak : .space }
        return .other
    }

    /// The class of a scalar: general categories L, M and N, and the property White_Space (`\s`).
    package static func of(_ scalar: Unicode.Scalar) -> ScalarClass {
        if scalar.value < 0x80 { return ofASCII(UInt8(scalar.value)) }
        if scalar.properties.isWhitespace { return .space }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        case .decimalNumber, .letterNumber, .otherNumber: return .number
        default: return .other
        }
    }

    /// Every scalar below U+34000, beyond which there are only marks (U+E0100–U+E01EF) and what belongs to no class.
    private static let table: [ScalarClass] = (0..<UInt32(0x34000)).map { Unicode.Scalar($0).map(of) ?? .other }

    @inline(never)
    private static func beyondASCII(
        _ index: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (class: ScalarClass, length: Int) {
        let (value, length) = scalar(at: index, in: bytes)
        if value < 0x34000 { return (table[Int(value)], length) }
        return (value &- 0xE0100 < 240 ? .mark : .other, length)
    }

    /// The value and the length in bytes of the scalar at `index` of valid UTF-8.
    @inline(__always)
    package static func scalar(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[index])
        if first < 0x80 { return (first, 1) }
        let second = UInt32(bytes[index + 1] & 0x3F)
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
        let third = UInt32(bytes[index + 2] & 0x3F)
        if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
        return ((first & 0x07) << 18 | second << 12 | third << 6 | UInt32(bytes[index + 3] & 0x3F), 4)
    }
}
