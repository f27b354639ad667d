import GlossText

/// Puts candidates with their ends together to tokens, words and sentences.
struct SentenceWriter {
    /// The sentences that are complete.
    private(set) var sentences: [Sentence] = []

    private let bytes: UnsafeBufferPointer<UInt8>
    private let words: WordTable
    private let normalizer: Normalizer
    private var tokens: [Token] = []
    private var tokenStart: Int?

    /// A writer for a text.
    init(_ bytes: UnsafeBufferPointer<UInt8>, words: WordTable, normalizer: Normalizer) {
        self.bytes = bytes
        self.words = words
        self.normalizer = normalizer
    }

    /// Takes the next candidate, whose places count from `offset`.
    mutating func add(_ candidate: Candidate, _ cut: Candidate.Cut, isMultiword: Bool, offset: Int) {
        let start = tokenStart ?? candidate.start + offset
        guard cut != .none else {
            tokenStart = start
            return
        }
        tokenStart = nil
        addToken(start..<candidate.end + offset, isMultiword: isMultiword)
        guard cut == .sentence || tokens.count >= Tokenizer.longestSentence, let first = tokens.first else { return }
        let end = candidate.end + offset
        sentences.append(Sentence(range: first.range.lowerBound..<end, tokens: tokens))
        tokens = []
    }

    private mutating func addToken(_ range: Range<Int>, isMultiword: Bool) {
        let slice = UnsafeBufferPointer(rebasing: bytes[range])
        let form = String(decoding: slice, as: UTF8.self)
        guard isMultiword || words.isCertain(form), let words = words.words(form) else {
            return tokens.append(Token(text: normalizer.normalized(slice), range: range))
        }
        for (word, place) in zip(words, Token.places(of: words, written: form, at: range)) {
            tokens.append(Token(text: normalizer(word), range: place, surface: range))
        }
    }
}
