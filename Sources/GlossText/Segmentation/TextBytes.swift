/// The UTF-8 bytes of a text, with what the splitters ask of them.
struct TextBytes {
    /// The bytes: valid UTF-8.
    let bytes: UnsafeBufferPointer<UInt8>

    /// The bytes of a text.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// How many bytes there are.
    var count: Int { bytes.count }

    /// The byte at an index of the text.
    subscript(index: Int) -> UInt8 { bytes[index] }

    /// The bytes of a range.
    subscript(range: Range<Int>) -> Slice<UnsafeBufferPointer<UInt8>> { bytes[range] }

    /// The byte at an index; 0 outside of the text.
    func byte(at index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0 }

    /// The text of a range with small ASCII letters, as the tables have it.
    func key(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].map { Self.isCapital($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The places of a byte in a range.
    func indices(of byte: UInt8, in range: Range<Int>) -> [Int] {
        range.filter { bytes[$0] == byte }
    }

    /// The scalar that starts at an index.
    func scalar(at index: Int) -> Unicode.Scalar {
        if bytes[index] < 0x80 { return Unicode.Scalar(bytes[index]) }
        var decoder = UTF8()
        var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return "\u{FFFD}" }
        return scalar
    }

    /// The length in bytes of an apostrophe (' ` ´ ’ ＇) at an index; 0 if there is none.
    func lengthOfApostrophe(at index: Int) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "'"), UInt8(ascii: "`"): 1
        case 0xC2: byte(at: index + 1) == 0xB4 ? 2 : 0
        case 0xE2: byte(at: index + 1) == 0x80 && byte(at: index + 2) == 0x99 ? 3 : 0
        case 0xEF: byte(at: index + 1) == 0xBC && byte(at: index + 2) == 0x87 ? 3 : 0
        default: 0
        }
    }

    /// The length in bytes of a hyphen (ASCII's, U+2010, U+2011) at an index; 0 if there is none.
    func lengthOfHyphen(at index: Int) -> Int {
        if bytes[index] == UInt8(ascii: "-") { return 1 }
        guard bytes[index] == 0xE2, byte(at: index + 1) == 0x80 else { return 0 }
        return byte(at: index + 2) == 0x90 || byte(at: index + 2) == 0x91 ? 3 : 0
    }

    /// Where the row of full stops, exclamation and question marks at a range's end starts.
    func startOfMarks(in range: Range<Int>) -> Int {
        var index = range.upperBound
        while index > range.lowerBound {
            if Self.isMark(bytes[index - 1]) {
                index -= 1
            } else if index - range.lowerBound >= 3, bytes[index - 3] == 0xE2, bytes[index - 2] == 0x80,
                bytes[index - 1] == 0xA6
            {
                index -= 3
            } else {
                break
            }
        }
        return index
    }

    /// Whether a byte is a digit of ASCII.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Whether a byte is a capital letter of ASCII.
    static func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    /// Whether a byte is a letter of ASCII.
    static func isPlainLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// Whether a byte is a letter of ASCII or part of a longer character.
    static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || isPlainLetter(byte) }

    /// Whether a byte is a full stop, an exclamation or a question mark.
    static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }
}
