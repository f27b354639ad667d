/// The table by which a SentencePiece model normalizes text ("precompiled_charsmap"): a double array of prefixes, and
/// behind it the texts that they become, each ended by a zero byte.
struct CharacterMap: Sendable, Equatable {
    /// The table as files hold it.
    let base64: String
    private let units: [UInt32]
    private let texts: [UInt8]

    /// A table from its Base64; nil if it is none, or its texts are not UTF-8.
    init?(base64: String) {
        guard let bytes = Self.decode(base64), bytes.count > 4 else { return nil }
        let size = Int(Self.word(bytes, 0))
        guard size > 0, size.isMultiple(of: 4), 4 + size <= bytes.count, bytes.last == 0,
            String(validating: bytes[(4 + size)...], as: UTF8.self) != nil
        else { return nil }
        self.base64 = base64
        units = stride(from: 4, to: 4 + size, by: 4).map { Self.word(bytes, $0) }
        texts = Array(bytes[(4 + size)...])
    }

    /// The normalized text: characters (grapheme clusters) of less than six bytes as a whole, else scalar by scalar.
    func callAsFunction(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 8)
        for character in String(decoding: text, as: UTF8.self) {
            let bytes = Array(character.utf8)
            if bytes.count < 6, let new = replacement(bytes[...]) {
                result.append(contentsOf: new)
                continue
            }
            var start = 0
            while start < bytes.count {
                let end = start + UnigramModel.length(ofScalar: bytes[start])
                result.append(contentsOf: replacement(bytes[start..<end]) ?? bytes[start..<end])
                start = end
            }
        }
        return result
    }

    /// The text of the shortest prefix that has one.
    ///
    /// A unit holds a label in its lowest byte, whether an end hangs on it in bit 8, and the distance of its children
    /// above (Darts-clone).
    private func replacement(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var node = Self.distance(units[0])
        for byte in bytes {
            node ^= Int(byte)
            guard byte != 0, node < units.count, units[node] & 0x8000_00FF == UInt32(byte) else { return nil }
            let unit = units[node]
            node ^= Self.distance(unit)
            guard node < units.count else { return nil }
            if unit >> 8 & 1 == 1 {
                let start = Int(units[node] & 0x7FFF_FFFF)
                guard start < texts.count, texts[start] & 0xC0 != 0x80 else { return nil }
                return texts[start...].prefix { $0 != 0 }
            }
        }
        return nil
    }

    private static func distance(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & (1 << 9)) >> 6)) }

    private static func word(_ bytes: [UInt8], _ index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
    }

    private static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return bytes
    }
}
