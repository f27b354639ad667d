/// The White_Space of the Unicode standard (PropList.txt), byte by byte.
enum WhiteSpace {
    /// The length in bytes of the white space at an index of valid UTF-8; 0 if something else stands there.
    @inline(__always)
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        if byte > 0x20 && byte < 0xC2 { return 0 }
        if byte <= 0x20 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
        return lengthOfLong(bytes, at: index)
    }

    /// U+0085, U+00A0, U+1680, U+2000–U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
    private static func lengthOfLong(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        switch bytes[index] {
        case 0xC2: return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
        case 0xE1: return bytes[index + 1] == 0x9A && bytes[index + 2] == 0x80 ? 3 : 0
        case 0xE2 where bytes[index + 1] == 0x80:
            let last = bytes[index + 2]
            return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
        case 0xE2: return bytes[index + 1] == 0x81 && bytes[index + 2] == 0x9F ? 3 : 0
        case 0xE3: return bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : 0
        default: return 0
        }
    }

    /// Whether white space at which words end stands at an index: U+202F joins figures by UAX #29 (ExtendNumLet).
    @inline(__always)
    static func isBreak(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        length(bytes, at: index) > 0 && !isNarrow(bytes, at: index)
    }

    private static func isNarrow(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        bytes[index] == 0xE2 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0xAF
    }

    /// Calls `body` with each maximal run without white space, in order.
    @inline(__always)
    static func forEachChunk<Failure>(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        var index = 0
        while index < bytes.count {
            let length = Self.length(bytes, at: index)
            if length > 0 {
                index += length
                continue
            }
            let start = index
            while index < bytes.count, Self.length(bytes, at: index) == 0 { index += 1 }
            try body(start..<index)
        }
    }
}
