/// The pieces of `PiecePattern.gloss1`, by which the first vocabularies were built and stored models still read.
///
/// Beyond ASCII a fixed table of ranges tells punctuation and symbols from letters, so that a model's ids never change
/// with the version of Unicode.
enum PieceSplitter {
    /// No piece is longer, in bytes: merging takes quadratic time in a piece's length.
    private static let maximumLength = 64
    private static let maximumDigits = 3

    private enum Class {
        case letter, digit, punctuation, space, lineBreak
    }

    /// The end of the piece of valid UTF-8 that starts at `start`.
    static func endOfPiece(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        var end = start
        var kind = classify(bytes, at: start)
        if bytes[start] == UInt8(ascii: " "), start + 1 < bytes.count {
            let following = classify(bytes, at: start + 1)
            if following.class != .space && following.class != .lineBreak {
                end += 1
                kind = following
            }
        } else if bytes[start] == UInt8(ascii: "'"), start + 1 < bytes.count,
            classify(bytes, at: start + 1).class == .letter
        {
            end += 1
            kind = classify(bytes, at: start + 1)
        }
        let limit = kind.class == .digit ? end + maximumDigits : start + maximumLength
        var next = kind
        while next.class == kind.class && end + next.length <= limit {
            end += next.length
            guard end < bytes.count else { return end }
            next = classify(bytes, at: end)
        }
        // The last space of several belongs to the word behind it.
        if kind.class == .space && next.class != .lineBreak && next.class != .space && end - start > 1
            && bytes[end - 1] == UInt8(ascii: " ")
        {
            end -= 1
        }
        return end
    }

    /// The class of the scalar at `index` and its length in bytes.
    @inline(__always)
    private static func classify(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (class: Class, length: Int) {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return (.letter, 1)
        case UInt8(ascii: " "), UInt8(ascii: "\t"): return (.space, 1)
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return (.lineBreak, 1)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return (.digit, 1)
        case ..<0x80: return (.punctuation, 1)
        case ..<0xE0: return (isPunctuation(byte, bytes[index + 1]) ? .punctuation : .letter, 2)
        case ..<0xF0: return (isPunctuation(byte, bytes[index + 1], bytes[index + 2]) ? .punctuation : .letter, 3)
        default: return (byte == 0xF0 && bytes[index + 1] == 0x9F ? .punctuation : .letter, 4)
        }
    }

    /// U+0080–U+00BF but ª µ º, and × ÷.
    private static func isPunctuation(_ first: UInt8, _ second: UInt8) -> Bool {
        first == 0xC2
            ? second != 0xAA && second != 0xB5 && second != 0xBA : first == 0xC3 && (second == 0x97 || second == 0xB7)
    }

    /// U+2000–U+2BFF, U+3000–U+303F, U+FE00–U+FE3F, full-width punctuation (U+FF01–U+FF0F, U+FF1A–U+FF20) and
    /// U+FFC0–U+FFFF.
    private static func isPunctuation(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0xE2, ..<0xB0), (0xE3, 0x80), (0xEF, 0xB8), (0xEF, 0xBF): true
        case (0xEF, 0xBC): third < 0x90 || (third >= 0x9A && third <= 0xA0)
        default: false
        }
    }
}
