/// Turns a stream of bytes into text, holding back a character's bytes until the character is complete.
///
/// Ill-formed bytes become U+FFFD, each maximal part once, just as if the whole stream had been decoded at a time.
public struct UTF8Assembler: Sendable {
    /// At most three bytes that may still become a character.
    private var pending: [UInt8] = []

    /// An assembler that has seen nothing.
    public init() {}

    /// Takes bytes and gives the text that is complete by now, possibly none.
    public mutating func append(_ bytes: some Sequence<UInt8>) -> String {
        pending.append(contentsOf: bytes)
        let complete = pending.count - Self.lengthOfUnfinishedEnd(pending)
        let text = String(decoding: pending[..<complete], as: UTF8.self)
        pending.removeFirst(complete)
        return text
    }

    /// Ends the stream: an unfinished character becomes U+FFFD.
    public mutating func finish() -> String {
        defer { pending.removeAll() }
        return String(decoding: pending, as: UTF8.self)
    }

    /// How many bytes at the end are the well-formed beginning of a character that is not complete (0 to 3).
    private static func lengthOfUnfinishedEnd(_ bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let first = bytes[bytes.count - length]
            if first & 0xC0 == 0x80 { continue }
            let expected = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
            guard length < expected, first <= 0xF4 else { return 0 }
            return length == 1 || allows(second: bytes[bytes.count - length + 1], after: first) ? length : 0
        }
        return 0
    }

    /// The second bytes that the Unicode standard's table 3-7 allows after a first byte.
    private static func allows(second: UInt8, after first: UInt8) -> Bool {
        switch first {
        case 0xE0: second >= 0xA0
        case 0xED: second < 0xA0
        case 0xF0: second >= 0x90
        case 0xF4: second < 0x90
        default: true
        }
    }
}
