private import CICU

/// Splits text into sentences and tokens. Immutable; any number of threads may use one.
///
/// White space is never a token. Ranges ascend and never overlap, and everything between them is white space, a control
/// character or default-ignorable, so tokens and gaps rebuild the text to the byte.
public struct Tokenizer: Sendable {
    /// How the tokenizer splits.
    public let configuration: TokenizerConfiguration
    private let tokenPool: SegmenterPool?
    private let sentencePool: SegmenterPool?
    private let normalizer: Normalizer

    /// A tokenizer for a configuration; throws `TextError.Kind.unknownLanguage` or `.segmentation`.
    public init(_ configuration: TokenizerConfiguration) throws(TextError) {
        let language = configuration.language
        guard cicu_knows_language(language) else {
            throw TextError(
                .unknownLanguage, "no language is known as “\(language)”",
                remedy: "use a code of ISO 639 such as en, de, th or zh")
        }
        self.configuration = configuration
        normalizer = Normalizer(configuration.normalization, foldsCase: configuration.foldsCase)
        switch configuration.kind {
        case .words, .icu: tokenPool = try SegmenterPool(.words(language: language))
        case .characters: tokenPool = try SegmenterPool(.graphemes(language: language))
        case .whitespace: tokenPool = nil
        }
        let needsRules = configuration.splitsSentences && configuration.kind != .whitespace
        sentencePool = needsRules ? try SegmenterPool(.sentences(language: language)) : nil
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
        try sentences(in: text).flatMap(\.tokens)
    }

    private func split(_ bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Sentence] {
        let ranges = try tokenRanges(in: bytes)
        let starts = try sentenceStarts(in: bytes)
        var sentences: [Sentence] = []
        var tokens: [Token] = []
        var next = 0
        for range in ranges {
            var isFirst = false
            while next < starts.count && starts[next] <= range.lowerBound {
                next += 1
                isFirst = true
            }
            if isFirst, !tokens.isEmpty {
                sentences.append(Self.sentence(of: tokens))
                tokens = []
            }
            let text = normalizer.normalized(UnsafeBufferPointer(rebasing: bytes[range]))
            tokens.append(Token(text: text, range: range))
        }
        if !tokens.isEmpty { sentences.append(Self.sentence(of: tokens)) }
        return sentences
    }

    private static func sentence(of tokens: [Token]) -> Sentence {
        let start = tokens.first?.range.lowerBound ?? 0
        return Sentence(range: start..<(tokens.last?.range.upperBound ?? start), tokens: tokens)
    }

    private func tokenRanges(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        guard let tokenPool else {
            var position = Blanks.skipWhiteSpace(bytes, 0..<bytes.count)
            while position < bytes.count {
                let end = Blanks.skipToWhiteSpace(bytes, position..<bytes.count)
                ranges.append(position..<end)
                position = Blanks.skipWhiteSpace(bytes, end..<bytes.count)
            }
            return ranges
        }
        try tokenPool.withSegmenter { (segmenter) throws(TextError) in
            try segmenter.forEachSegment(in: bytes) { segment in
                let start = Blanks.skip(bytes, segment.start..<segment.end)
                if start < segment.end { ranges.append(start..<segment.end) }
            }
        }
        return ranges
    }

    private func sentenceStarts(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Int] {
        guard configuration.splitsSentences else { return [] }
        var starts: [Int] = []
        guard let sentencePool else {
            for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D { starts.append(index + 1) }
            return starts
        }
        try sentencePool.withSegmenter { (segmenter) throws(TextError) in
            try segmenter.forEachSegment(in: bytes) { starts.append($0.start) }
        }
        return starts
    }
}
