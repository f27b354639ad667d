/// The words of ASCII by UAX #29, rules WB4–WB13b as ICU has them, without ICU and many times faster.
///
/// ICU's rules are an automaton that starts afresh at each boundary, so what follows a boundary is cut as if the text began
/// there: as soon as a word turns out to hold or to touch what is not ASCII, it is left to ICU, and the words before stand.
struct PlainWords {
    /// What a byte is to the rules.
    private enum Class {
        /// ICU takes `@` for a letter, which keeps addresses whole.
        static let letter: UInt8 = 0
        static let digit: UInt8 = 1
        /// `_`, which joins letters and digits on either side.
        static let connector: UInt8 = 2
        /// `'` and `.`, which join two letters or two digits.
        static let joint: UInt8 = 3
        /// `,` and `;`, which join two digits.
        static let numeric: UInt8 = 4
        /// `:`, which joins two letters in some languages.
        static let colon: UInt8 = 5
        /// Joins nothing.
        static let single: UInt8 = 6
        static let blank: UInt8 = 7
        /// Part of a longer character, which may be a letter or a mark on the one before, or a control character.
        static let foreign: UInt8 = 8

        static func of(_ byte: UInt8) -> UInt8 {
            if TextBytes.isPlainLetter(byte) { return letter }
            if TextBytes.isDigit(byte) { return digit }
            switch byte {
            case UInt8(ascii: "@"): return letter
            case UInt8(ascii: "_"): return connector
            case UInt8(ascii: "'"), UInt8(ascii: "."): return joint
            case UInt8(ascii: ","), UInt8(ascii: ";"): return numeric
            case UInt8(ascii: ":"): return colon
            case 0x20, 0x09...0x0D: return blank
            case 0x21...0x7E: return single
            default: return foreign
            }
        }
    }

    private let classes = (0...UInt8.max).map(Class.of)

    /// Calls `body` with each word in order; where a stretch without white space, from a boundary on, is not plain, calls
    /// `askICU` with it instead.
    @inline(__always)
    func find(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void, askICU: (Range<Int>) throws(TextError) -> Void
    ) throws(TextError) {
        let outcome: Result<Void, TextError> = classes.withUnsafeBufferPointer { classes in
            Result { () throws(TextError) in
                var index = 0
                while index < bytes.count {
                    let first = index
                    let kind = classes[Int(bytes[index])]
                    if kind == Class.blank {
                        index += 1
                    } else if kind != Class.foreign, let end = Self.end(ofWordAt: first, kind, bytes, classes) {
                        body(Word(start: first, end: end))
                        index = end
                    } else if WhiteSpace.isBreak(bytes, at: first) {
                        index += WhiteSpace.length(bytes, at: first)
                    } else {
                        while index < bytes.count, !WhiteSpace.isBreak(bytes, at: index) { index += 1 }
                        try askICU(first..<index)
                    }
                }
            }
        }
        try outcome.get()
    }

    /// Where a word of the class of its first byte ends; nil where more than ASCII, or one language's rule, decides.
    @inline(__always)
    private static func end(
        ofWordAt start: Int, _ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        var index = start + 1
        var kind = first
        while true {
            if kind == Class.letter { index = end(ofLettersAt: index, bytes) }
            guard index < bytes.count else { return index }
            let next = classes[Int(bytes[index])]
            if next <= Class.connector && kind <= Class.connector {
                kind = next
                index += 1
                continue
            }
            if next == Class.foreign { return WhiteSpace.isBreak(bytes, at: index) ? index : nil }
            guard next >= Class.joint, next <= Class.colon, kind < Class.connector, index + 1 < bytes.count else {
                return index
            }
            let behind = classes[Int(bytes[index + 1])]
            if behind == Class.foreign { return WhiteSpace.isBreak(bytes, at: index + 1) ? index : nil }
            guard behind == kind, next == Class.joint || kind == (next == Class.numeric ? Class.digit : Class.letter)
            else { return index }
            if next == Class.colon { return nil }
            index += 2
        }
    }

    /// The first byte from an index on that is no letter of ASCII, eight bytes at a time: a loop over bytes would make the
    /// processor guess the length of each word.
    @inline(__always)
    private static func end(ofLettersAt start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let each: UInt64 = 0x0101_0101_0101_0101, high = each << 7
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= raw.count {
            let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // Small letters; sums of seven bits set the eighth from “a” on, and from behind “z” on.
            let small = (eight | each << 5) & ~high
            let fromA = small + each * UInt64(0x80 - UInt8(ascii: "a"))
            let behindZ = small + each * UInt64(0x7F - UInt8(ascii: "z"))
            let others = ~(fromA & ~behindZ & ~eight) & high
            if others != 0 { return index + others.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < raw.count, TextBytes.isPlainLetter(raw[index]) { index += 1 }
        return index
    }
}
