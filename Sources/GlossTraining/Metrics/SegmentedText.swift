/// Where the sentences, tokens and words of a text lie, counted in its characters that are not white space.
///
/// Characters here are Unicode scalars, so that spans do not depend on how tokens combine.
public struct SegmentedText: Sendable, Hashable {
    /// A word as a parser sees it.
    struct Word: Hashable {
        /// The characters it covers; for a word of a multiword token, the whole token's.
        var span: Range<Int>
        /// The form in lower case, white space left out.
        var form: String
        var isInMultiwordToken: Bool
        /// Its number among all words of the sentences.
        var index: Int
    }

    /// The characters, white space left out.
    private(set) var characters: [Unicode.Scalar] = []
    private(set) var sentences: [Range<Int>] = []
    private(set) var tokens: [Range<Int>] = []
    private(set) var words: [Word] = []

    /// The segmentation that CoNLL-U sentences give, multiword tokens included.
    public init(_ sentences: [TaggedSentence]) {
        var first = 0
        for sentence in sentences {
            let start = characters.count
            defer { first += sentence.tokens.count }
            for token in sentence.surfaceTokens {
                guard let span = addToken(token.form) else { continue }
                for word in token.words {
                    words.append(
                        Word(
                            span: span, form: Self.comparable(sentence.tokens[word]),
                            isInMultiwordToken: token.words.count > 1, index: first + word))
                }
            }
            addSentence(from: start)
        }
    }

    /// The segmentation into sentences of plain tokens, each token being one word.
    public init(sentences: [[String]]) {
        var index = 0
        for sentence in sentences {
            let start = characters.count
            for token in sentence {
                defer { index += 1 }
                guard let span = addToken(token) else { continue }
                words.append(
                    Word(span: span, form: Self.comparable(token), isInMultiwordToken: false, index: index))
            }
            addSentence(from: start)
        }
    }

    /// Appends a token and returns its span; nil when it is nothing but white space, which covers no characters here.
    private mutating func addToken(_ form: String) -> Range<Int>? {
        let start = characters.count
        characters.append(contentsOf: form.unicodeScalars.lazy.filter { !$0.properties.isWhitespace })
        guard start < characters.count else { return nil }
        tokens.append(start..<characters.count)
        return start..<characters.count
    }

    private static func comparable(_ form: String) -> String {
        String(String.UnicodeScalarView(form.unicodeScalars.filter { !$0.properties.isWhitespace })).lowercased()
    }

    private mutating func addSentence(from start: Int) {
        if start < characters.count { sentences.append(start..<characters.count) }
    }
}
