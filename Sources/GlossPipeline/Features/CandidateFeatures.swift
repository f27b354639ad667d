import GlossText

/// What the network reads of a candidate, as 32-bit hashes of features: its form, its ends, its shape, what the rules
/// say, and its neighbours.
struct CandidateFeatures {
    /// Features of a candidate.
    static let count = 10
    /// Features that hold the word itself, which word dropout takes away together.
    static let forms = [0, 1, 9]

    private let bytes: UnsafeBufferPointer<UInt8>
    private let candidates: ArraySlice<Candidate>

    /// The features of candidates in valid UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ candidates: ArraySlice<Candidate>) {
        self.bytes = bytes
        self.candidates = candidates
    }

    /// Calls `body` with the features of each candidate in order, `count` a candidate. What lies outside of the slice
    /// is not looked at: the slice is to hold context.
    func forEach(_ body: (UInt32) -> Void) {
        func at(_ index: Int) -> Facts { index < candidates.endIndex ? facts(candidates[index]) : .outside }
        var far = Facts.outside, before = Facts.outside
        var here = at(candidates.startIndex), after = at(candidates.startIndex + 1)
        for index in candidates.indices {
            let next = at(index + 2)
            if candidates[index].kind == .unspaced {
                emitUnspaced([far, before, here, after, next].map(\.form), before.gap, here.gap, body)
            } else {
                emit(candidates[index], before, here, after, body)
            }
            (far, before, here, after) = (before, here, after, next)
        }
    }

    /// What is asked of a candidate more than once.
    private struct Facts {
        var form: UInt32
        var folded: UInt32
        var shape: UInt32
        /// White space and the rules' word behind it.
        var gap: UInt32
        var isWord: Bool

        static let outside = Facts(form: 1, folded: 1, shape: 1, gap: 9, isWord: false)
    }

    private func facts(_ candidate: Candidate) -> Facts {
        var form = Hash(), folded = Hash()
        var classes: UInt32 = 0
        var position = 0
        for index in candidate.start..<candidate.end {
            let byte = bytes[index]
            let isPlainCapital = byte &- UInt8(ascii: "A") < 26
            let isCapital = isPlainCapital || (position == 0 && isLongCapital(at: index))
            form.add(byte)
            folded.add(isPlainCapital ? byte | 0x20 : byte)
            classes |= isCapital ? (position == 0 ? 1 : 2) : byte >= 0x80 ? 8 : 4
            position += 1
        }
        var shape = Hash()
        shape.add(UInt8(truncatingIfNeeded: candidate.kind.rawValue))
        if candidate.kind == .letters || candidate.kind == .digits {
            shape.add(UInt8(truncatingIfNeeded: classes))
            shape.add(UInt8(truncatingIfNeeded: min(position, 5)))
        } else if candidate.kind == .other {
            shape.add(bytes[candidate.start])
            shape.add(bytes[candidate.end - 1])
        }
        return Facts(
            form: form.value, folded: folded.value, shape: shape.value,
            gap: UInt32(candidate.cut.rawValue) * 2 + (candidate.isApart ? 1 : 0), isWord: candidate.kind == .letters)
    }

    /// Whether a capital letter of two bytes starts at an index: Latin, Greek, Cyrillic and their neighbours.
    private func isLongCapital(at index: Int) -> Bool {
        guard bytes[index] >= 0xC3, bytes[index] < 0xE0 else { return false }
        let value = UInt32(bytes[index] & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
        return Unicode.Scalar(value)?.properties.isUppercase ?? false
    }

    /// Where a character is a candidate, its rows of neighbours are what forms of words are elsewhere.
    private func emitUnspaced(_ forms: [UInt32], _ gapBefore: UInt32, _ gap: UInt32, _ body: (UInt32) -> Void) {
        body(Hash.of(0, forms[2]))
        body(Hash.of(1, forms[1], forms[2], forms[3], forms[4]))
        body(Hash.of(2, forms[0], forms[1], forms[2], forms[3]))
        body(Hash.of(3, forms[0], forms[1], forms[2]))
        body(Hash.of(4, forms[2], forms[3], forms[4]))
        body(Hash.of(5, gapBefore, gap))
        body(Hash.of(6, forms[2], gapBefore, gap))
        body(Hash.of(7, forms[2], forms[3]))
        body(Hash.of(8, forms[1], forms[2]))
        body(Hash.of(9, forms[1], forms[2], forms[3]))
    }

    private func emit(_ candidate: Candidate, _ before: Facts, _ here: Facts, _ after: Facts, _ body: (UInt32) -> Void)
    {
        body(Hash.of(0, here.form))
        body(Hash.of(1, here.folded))
        body(start(2, candidate))
        body(end(3, candidate, 3))
        body(Hash.of(4, here.shape))
        body(Hash.of(5, before.gap, here.gap))
        body(Hash.of(6, before.shape, before.gap, here.shape, here.gap, after.shape, after.gap))
        body(here.isWord ? end(7, candidate, 5) : Hash.of(7, here.form, here.gap, after.folded))
        body(here.isWord ? end(8, candidate, 4) : Hash.of(8, here.form, before.gap, before.folded))
        body(Hash.of(9, here.folded, here.gap, after.shape))
    }

    /// The first three characters, ASCII letters small.
    private func start(_ slot: UInt32, _ candidate: Candidate) -> UInt32 {
        var hash = Hash()
        var starts = 0
        for index in candidate.start..<candidate.end {
            if bytes[index] & 0xC0 != 0x80 { starts += 1 }
            if starts > 3 { break }
            hash.add(Hash.small(bytes[index]))
        }
        return Hash.of(slot, hash.value)
    }

    /// The last `count` characters, ASCII letters small.
    private func end(_ slot: UInt32, _ candidate: Candidate, _ count: Int) -> UInt32 {
        var hash = Hash()
        var starts = 0
        var index = candidate.end - 1
        while index >= candidate.start, starts < count {
            hash.add(Hash.small(bytes[index]))
            if bytes[index] & 0xC0 != 0x80 { starts += 1 }
            index -= 1
        }
        return Hash.of(slot, hash.value)
    }
}

/// FNV-1a with 32 bits (Fowler, Noll and Vo), its bits mixed at the end.
private struct Hash {
    private var state: UInt32 = 0x811C_9DC5

    mutating func add(_ byte: UInt8) { state = (state ^ UInt32(byte)) &* 0x0100_0193 }

    var value: UInt32 {
        var mixed = state
        mixed = (mixed ^ mixed >> 16) &* 0x85EB_CA6B
        mixed = (mixed ^ mixed >> 13) &* 0xC2B2_AE35
        return mixed ^ mixed >> 16
    }

    /// One value of several.
    @inline(__always)
    static func of(_ values: UInt32...) -> UInt32 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for value in values {
            state = (state ^ UInt64(value)) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
        }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    static func small(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }
}
