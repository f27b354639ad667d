private import CICU

/// Splits text into sentences and tokens. Immutable; any number of threads may use one.
///
/// White space is never a token. Ranges ascend and never overlap, and everything between them is white space, a control
/// character or default-ignorable, so tokens and gaps rebuild the text to the byte.
public struct Tokenizer: TextSplitter {
    /// How the tokenizer splits.
    public let configuration: TokenizerConfiguration
    /// A sentence of words ends after this many tokens, whatever stands there: a network reads a sentence as a whole, and
    /// text that has no end must not take all memory.
    package static let longestSentence = 4096

    private let finders: Pool<WordFinder>
    private let sentencePool: Pool<Segmenter>?

    /// A tokenizer for a configuration; throws `TextError.Kind.unknownLanguage` or `.segmentation`.
    public init(_ configuration: TokenizerConfiguration) throws(TextError) {
        let language = configuration.language
        guard cicu_knows_language(language) else {
            throw TextError(
                .unknownLanguage, "no language is known as “\(language)”",
                remedy: "use a code of ISO 639 such as en, de, th or zh")
        }
        self.configuration = configuration
        let normalizer = Normalizer(configuration)
        let kind: WordFinder.Kind
        let original: Segmenter?
        switch configuration.kind {
        case .words:
            kind = .words(isEnglish: cicu_is_language(language, "en"))
            original = try Segmenter(.custom(WordRules.source))
        case .icu:
            kind = .plainWords
            original = try Segmenter(.words(language: language))
        case .characters:
            kind = .segments
            original = try Segmenter(.graphemes(language: language))
        case .whitespace:
            kind = .chunks
            original = nil
        }
        finders = Pool { () throws(TextError) in
            try WordFinder(original?.clone(), kind: kind, normalizer: normalizer)
        }
        let needsRules = configuration.kind == .icu || configuration.kind == .characters
        guard configuration.splitsSentences && needsRules else {
            sentencePool = nil
            return
        }
        let sentences = try Segmenter(.sentences(language: language))
        sentencePool = Pool { () throws(TextError) in try sentences.clone() }
    }

    /// The sentences of a text with their tokens; a text without a token has none.
    ///
    /// Throws `TextError.Kind.textTooLong` for 2 GiB and more.
    public func sentences(in text: String) throws(TextError) -> [Sentence] {
        var copy = text
        let result: Result<[Sentence], TextError> = copy.withUTF8 { bytes in
            Result { () throws(TextError) in try split(bytes) }
        }
        return try result.get()
    }

    /// The tokens of all sentences in a row.
    public func tokens(in text: String) throws(TextError) -> [Token] {
        let sentences = try sentences(in: text)
        return sentences.count == 1 ? sentences[0].tokens : sentences.flatMap(\.tokens)
    }

    /// The places of the tokens of all sentences in a row, in UTF-8 bytes: `tokens(in:)` without the texts, and with the
    /// kinds that have no rules of their own for sentences many times faster.
    ///
    /// Throws as `sentences(in:)`.
    public func tokenRanges(in text: String) throws(TextError) -> [Range<Int>] {
        var copy = text
        let result: Result<[Range<Int>], TextError> = copy.withUTF8 { bytes in
            Result { () throws(TextError) in
                try finders.withValue { (finder) throws(TextError) in
                    guard configuration.kind == .words else { return try finder.ranges(in: bytes) }
                    // A full stop may come off at a sentence's end.
                    var words = try finder.words(in: bytes)
                    _ = try sentenceStarts(of: &words, in: bytes)
                    return words.map(\.range)
                }
            }
        }
        return try result.get()
    }

    /// A token's end by the rules, without its text.
    package struct Cut: Hashable, Sendable {
        /// The byte behind the token.
        package var end: Int
        /// Whether a sentence ends with it.
        package var endsSentence: Bool
    }

    /// Where tokens and sentences end in valid UTF-8, in order. Throws as `sentences(in:)`.
    package func cuts(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Cut] {
        try finders.withValue { (finder) throws(TextError) in
            var words = try finder.words(in: bytes)
            if words.isEmpty { return [] }
            let starts = try sentenceStarts(of: &words, in: bytes)
            var cuts = words.map { Cut(end: $0.end, endsSentence: false) }
            for start in starts where start > 0 { cuts[start - 1].endsSentence = true }
            cuts[cuts.count - 1].endsSentence = true
            return cuts
        }
    }

    private func split(_ bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Sentence] {
        try finders.withValue { (finder) throws(TextError) in
            var words = try finder.words(in: bytes)
            if words.isEmpty { return [] }
            let starts = try sentenceStarts(of: &words, in: bytes)
            var sentences: [Sentence] = []
            sentences.reserveCapacity(starts.count)
            for (number, start) in starts.enumerated() {
                let end = number + 1 < starts.count ? starts[number + 1] : words.count
                let tokens = words[start..<end].map { word in
                    Token(text: finder.text(of: word, in: bytes), range: word.range)
                }
                sentences.append(Sentence(range: words[start].start..<words[end - 1].end, tokens: tokens))
            }
            return sentences
        }
    }

    /// The indices of the words that start a sentence; the first is 0.
    private func sentenceStarts(
        of words: inout [Word], in bytes: UnsafeBufferPointer<UInt8>
    ) throws(TextError) -> [Int] {
        if configuration.kind == .words {
            let starts = SentenceSplitter(bytes).starts(in: &words)
            return configuration.splitsSentences ? Self.limited(starts, words: words.count) : [0]
        }
        guard configuration.splitsSentences else { return [0] }
        var places: [Int] = []
        if let sentencePool {
            try sentencePool.withValue { (segmenter) throws(TextError) in
                try segmenter.forEachSegment(in: bytes) { places.append($0.start) }
            }
        } else {
            for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D { places.append(index + 1) }
        }
        var starts = [0]
        var next = places[...]
        for (index, word) in words.enumerated() {
            let passed = next.prefix { $0 <= word.start }.count
            next = next.dropFirst(passed)
            if passed > 0 && index > 0 { starts.append(index) }
        }
        return configuration.kind == .icu ? Self.limited(starts, words: words.count) : starts
    }

    /// The starts with more of them where sentences are too long.
    private static func limited(_ starts: [Int], words: Int) -> [Int] {
        guard words > longestSentence else { return starts }
        return zip(starts, starts.dropFirst() + [words]).flatMap { stride(from: $0, to: $1, by: longestSentence) }
    }
}
