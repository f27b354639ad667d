/// A token's place in the text and what a full stop at its end means.
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

    /// The first byte.
    var start: Int
    /// The byte behind the last.
    var end: Int
    /// The full stop at the end.
    var stop = Stop.none
}
