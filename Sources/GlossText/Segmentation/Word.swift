/// A token's place in the text and what a full stop at its end means: 16 bytes, as there are many. Texts of 2 GiB and
/// more are refused before.
struct Word: Hashable, Sendable {
    /// What a full stop at the token's end can be.
    enum Stop: UInt8, Sendable {
        /// There is none, or it is a token of its own.
        case none
        /// Of a title: never a sentence's.
        case title
        /// Of an abbreviation before a number: a sentence's if no number follows.
        case beforeNumber
        /// Of an initial: “J.”.
        case initial
        /// Of any other abbreviation; at a sentence's end it is the sentence's as well.
        case abbreviation
    }

    private var first: Int32
    private var last: Int32
    /// Where the finder keeps the text; below 0 if it does not.
    var text: Int32 = -1
    /// The full stop at the end.
    var stop = Stop.none

    /// A word by its first byte and the byte behind its last.
    init(start: Int, end: Int, stop: Stop = .none) {
        first = Int32(truncatingIfNeeded: start)
        last = Int32(truncatingIfNeeded: end)
        self.stop = stop
    }

    /// The first byte.
    var start: Int { Int(first) }

    /// The byte behind the last.
    var end: Int { Int(last) }

    /// Its bytes.
    var range: Range<Int> { Range(uncheckedBounds: (start, end)) }

    /// The word at a place `offset` bytes later.
    func moved(by offset: Int) -> Word {
        var word = self
        word.first &+= Int32(truncatingIfNeeded: offset)
        word.last &+= Int32(truncatingIfNeeded: offset)
        return word
    }
}
