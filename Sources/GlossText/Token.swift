/// A token: its text and where it stands, in UTF-8 bytes of the document.
public struct Token: Hashable, Sendable, Codable {
    /// The token's text, normalized as the tokenizer's configuration says.
    public var text: String
    /// The place of the original, unnormalized text, in UTF-8 bytes from the document's start.
    ///
    /// Of a written token whose words are not its parts (French `du` = `de le`), the first word has the whole place and
    /// the others an empty one at its end.
    public var range: Range<Int>
    /// The place of the written token, where that stands for several words of which this is one: `don't` = `do n't`.
    public var surface: Range<Int>?

    /// A token with its text and its place in UTF-8 bytes, and that of the written token whose word it is.
    public init(text: String, range: Range<Int>, surface: Range<Int>? = nil) {
        self.text = text
        self.range = range
        self.surface = surface
    }
}

extension Token {
    /// The places of the words for which `form` is written at `place`, as `range` has them.
    package static func places(of words: [String], written form: String, at place: Range<Int>) -> [Range<Int>] {
        guard words.joined().utf8.elementsEqual(form.utf8) else {
            return words.indices.map { $0 == 0 ? place : place.upperBound..<place.upperBound }
        }
        var start = place.lowerBound
        return words.map { word in
            defer { start += word.utf8.count }
            return start..<start + word.utf8.count
        }
    }
}

/// A sentence: its tokens and the bytes from the first token's start to the last token's end.
public struct Sentence: Hashable, Sendable, Codable {
    /// The place in the document, in UTF-8 bytes, without the white space around it.
    public var range: Range<Int>
    /// The tokens, in ascending order, never overlapping.
    public var tokens: [Token]

    /// A sentence with its place in UTF-8 bytes and its tokens.
    public init(range: Range<Int>, tokens: [Token]) {
        self.range = range
        self.tokens = tokens
    }
}
