/// How text is cut into pieces that merges never cross: words with the space before them, numbers, punctuation and
/// white space. The pieces cover the text without gaps.
///
/// All but `gloss1` are regular expressions of other libraries' files, so that vocabularies travel both ways.
public enum PiecePattern: String, Codable, Sendable, CaseIterable {
    /// The rule of Gloss's first vocabularies: a fixed table of punctuation, at most 64 bytes a piece.
    case gloss1 = "gloss-1"
    /// Words keep their marks, numbers have at most three digits, nothing is longer than 64 scalars.
    case words
    /// GPT-2's.
    case gpt2
    /// That of cl100k, which Llama 3 shares: a letter takes any one character before it.
    case cl100k
    /// As `cl100k`, each digit alone.
    case qwen2

    /// The regular expression, in the syntax of Oniguruma; nil for `gloss1`, which has none.
    public var expression: String? {
        switch self {
        case .gloss1: nil
        case .words:
            #"'(?:s|t|re|ve|m|ll|d)| ?[\p{L}\p{M}]{1,64}| ?\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]{1,64}|\s{1,64}(?!\S)|\s{1,64}"#
        case .gpt2: #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        case .cl100k: Self.prefixed(digits: #"\p{N}{1,3}"#)
        case .qwen2: Self.prefixed(digits: #"\p{N}"#)
        }
    }

    private static func prefixed(digits: String) -> String {
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + digits
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// The end of the piece of valid UTF-8 that starts at `start`, which is inside of `bytes`.
    @inline(__always)
    package func endOfPiece(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        // The commonest piece by far: ASCII letters, a space before them or none, and a further ASCII byte behind.
        let word = bytes[start] == 0x20 ? start + 1 : start
        if word + 17 <= bytes.count, let end = Self.endOfASCIILetters(in: bytes, at: word) { return end }
        return endOfOther(in: bytes, at: start)
    }

    /// The end of 1 to 16 ASCII letters that are followed by another ASCII byte; needs 17 readable bytes.
    @inline(__always)
    private static func endOfASCIILetters(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped) + start
        var length = letters(raw.loadUnaligned(as: UInt64.self))
        if length == 8 { length += letters(raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
        guard length > 0, length < 16, raw.load(fromByteOffset: length, as: UInt8.self) < 0x80 else { return nil }
        return start + length
    }

    /// How many of eight bytes, from the lowest on, are ASCII letters: a carry into each byte's top bit says which.
    @inline(__always)
    private static func letters(_ bytes: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let lower = (bytes | ones &* 0x20) & (ones &* 0x7F)
        let fromA = lower &+ ones &* (0x80 - 0x61)
        let beyondZ = lower &+ ones &* (0x80 - 0x7B)
        let isLetter = fromA & ~beyondZ & ~bytes & (ones &* 0x80)
        return (isLetter ^ (ones &* 0x80)).trailingZeroBitCount >> 3
    }

    @inline(never)
    private func endOfOther(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        switch self {
        case .gloss1: PieceSplitter.endOfPiece(in: bytes, at: start)
        case .words: SpacedPattern(marksAreLetters: true, maximumDigits: 3, maximum: 64).end(in: bytes, at: start)
        case .gpt2: SpacedPattern(marksAreLetters: false, maximumDigits: .max, maximum: .max).end(in: bytes, at: start)
        case .cl100k: PrefixedPattern(maximumDigits: 3).end(in: bytes, at: start)
        case .qwen2: PrefixedPattern(maximumDigits: 1).end(in: bytes, at: start)
        }
    }
}

extension PiecePattern {
    /// The end of a contraction (`'s`, `'t`, `'re`, …) that starts at `start`, if one does.
    static func endOfContraction(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, foldsCase: Bool) -> Int? {
        guard bytes[start] == UInt8(ascii: "'"), start + 1 < bytes.count else { return nil }
        let fold: UInt8 = foldsCase ? 0x20 : 0
        let first = bytes[start + 1] | fold
        if "stmd".utf8.contains(first) { return start + 2 }
        guard start + 2 < bytes.count else { return nil }
        let second = bytes[start + 2] | fold
        let isLong = ["re", "ve", "ll"].contains { $0.utf8.elementsEqual([first, second]) }
        return isLong ? start + 3 : nil
    }

    /// The end of at most `maximum` scalars from `start` on for whose class `belongs` holds.
    @inline(__always)
    static func endOfRun(
        in bytes: UnsafeBufferPointer<UInt8>, at start: Int, maximum: Int = .max, _ belongs: (ScalarClass) -> Bool
    ) -> Int {
        var end = start
        var count = 0
        while end < bytes.count, count < maximum {
            let next = ScalarClass.at(end, in: bytes)
            guard belongs(next.class) else { break }
            end += next.length
            count += 1
        }
        return end
    }

    /// `\s+(?!\S)|\s+`: white space, its last scalar left to what follows, unless it is the only one.
    static func endOfWhiteSpace(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, maximum: Int = .max) -> Int {
        let end = endOfRun(in: bytes, at: start, maximum: maximum) { $0 == .space || $0 == .lineBreak }
        guard end < bytes.count else { return end }
        let following = ScalarClass.at(end, in: bytes).class
        if following == .space || following == .lineBreak { return end }
        var last = end - 1
        while bytes[last] & 0xC0 == 0x80 { last -= 1 }
        return last > start ? last : end
    }
}

/// `'s|… | ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`: only a space joins what follows it.
private struct SpacedPattern {
    let marksAreLetters: Bool
    let maximumDigits: Int
    let maximum: Int

    func end(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        if let end = PiecePattern.endOfContraction(in: bytes, at: start, foldsCase: false) { return end }
        var begin = start
        var kind = ScalarClass.at(start, in: bytes).class
        if bytes[start] == 0x20, start + 1 < bytes.count {
            let following = ScalarClass.at(start + 1, in: bytes).class
            if following != .space && following != .lineBreak {
                begin += 1
                kind = following
            }
        }
        switch kind {
        case .space, .lineBreak: return PiecePattern.endOfWhiteSpace(in: bytes, at: start, maximum: maximum)
        case .number:
            return PiecePattern.endOfRun(in: bytes, at: begin, maximum: maximumDigits) { $0 == .number }
        case .letter:
            return PiecePattern.endOfRun(in: bytes, at: begin, maximum: maximum) {
                $0 == .letter || ($0 == .mark && marksAreLetters)
            }
        case .mark where marksAreLetters:
            return PiecePattern.endOfRun(in: bytes, at: begin, maximum: maximum) { $0 == .letter || $0 == .mark }
        case .mark, .other:
            return PiecePattern.endOfRun(in: bytes, at: begin, maximum: maximum) {
                $0 == .other || ($0 == .mark && !marksAreLetters)
            }
        }
    }
}

/// `(?i:'s|…)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
private struct PrefixedPattern {
    let maximumDigits: Int

    func end(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        if let end = PiecePattern.endOfContraction(in: bytes, at: start, foldsCase: true) { return end }
        let first = ScalarClass.at(start, in: bytes)
        let second = start + first.length
        let following = second < bytes.count ? ScalarClass.at(second, in: bytes).class : nil
        switch first.class {
        case .letter: return PiecePattern.endOfRun(in: bytes, at: start) { $0 == .letter }
        case .number: return PiecePattern.endOfRun(in: bytes, at: start, maximum: maximumDigits) { $0 == .number }
        case .space, .other, .mark:
            if following == .letter { return PiecePattern.endOfRun(in: bytes, at: second) { $0 == .letter } }
        case .lineBreak: break
        }
        let begin = bytes[start] == 0x20 && (following == .other || following == .mark) ? second : start
        let punctuation = PiecePattern.endOfRun(in: bytes, at: begin) { $0 == .other || $0 == .mark }
        if punctuation > begin { return PiecePattern.endOfRun(in: bytes, at: punctuation) { $0 == .lineBreak } }
        // White space up to its last line break, or else without the space of what follows.
        let end = PiecePattern.endOfRun(in: bytes, at: start) { $0 == .space || $0 == .lineBreak }
        if let lineBreak = bytes[start..<end].lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) { return lineBreak + 1 }
        return PiecePattern.endOfWhiteSpace(in: bytes, at: start)
    }
}
