import GlossNN
import GlossText

/// Text → sentences, tokens and words as a treebank has them, learned from one.
///
/// Empty lines end a sentence; a single line break is a space like any other. The rules of the tokenizer that the
/// configuration names are read as features, so that the network learns where they are wrong.
public struct TextSegmenter: Module, TextSplitter {
    /// What it is made of.
    public let configuration: ModelConfiguration
    /// Candidates → ends.
    public var network: SegmentationNetwork
    /// Written tokens → words.
    package var words: WordTable
    private let tokenizer: Tokenizer
    private let normalizer: Normalizer

    /// Candidates that are decided together; longer paragraphs come in parts.
    private static let part = 400
    /// Candidates on either side of a part that are read along.
    private static let context = 40
    /// Candidates that are computed together.
    private static let batch = 8192

    /// A fresh model. Throws `TextError` when the tokenizer's configuration cannot be served.
    init(
        _ configuration: ModelConfiguration, features: FeatureVocabulary, words: WordTable,
        using random: inout RandomSource
    ) throws(TextError) {
        self.configuration = configuration
        self.words = words
        tokenizer = try Tokenizer(configuration.tokenizer)
        normalizer = Normalizer(configuration.tokenizer)
        network = SegmentationNetwork(configuration.encoder, features: features, using: &random)
    }

    /// A fresh model that knows the features and the multiword tokens of training paragraphs. Throws `TextError`.
    package init(
        _ configuration: ModelConfiguration, paragraphs: [[UInt8]], words: WordTable,
        using random: inout RandomSource
    ) throws(TextError) {
        let tokenizer = try Tokenizer(configuration.tokenizer)
        var failure: TextError?
        let features = FeatureVocabulary(
            minimumCount: configuration.vocabulary.minimumCount, maximumSize: configuration.vocabulary.maximumSize
        ) { count in
            for paragraph in paragraphs {
                paragraph.withUnsafeBufferPointer { bytes in
                    do throws(TextError) {
                        let candidates = Candidate.all(in: bytes, try tokenizer.cuts(in: bytes))
                        CandidateFeatures(bytes, candidates[...]).forEach(count)
                    } catch { failure = error }
                }
            }
        }
        if let failure { throw failure }
        try self.init(configuration, features: features, words: words, using: &random)
    }

    /// Walks network.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try network.forEachParameter(join(path, "network"), body)
    }

    /// The candidates of a paragraph without line breaks. Throws `TextError`.
    package func candidates(_ bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Candidate] {
        Candidate.all(in: bytes, try tokenizer.cuts(in: bytes))
    }

    /// The sentences of a text with their words; a text without a token has none. Throws `TextError`.
    public func sentences(in text: String) throws(TextError) -> [Sentence] {
        var copy = text
        let result: Result<[Sentence], TextError> = copy.withUTF8 { bytes in
            Result { () throws(TextError) in try split(bytes) }
        }
        return try result.get()
    }

    /// A stretch of candidates that waits for the network.
    private struct Part {
        /// Where its paragraph starts in the text.
        var offset: Int
        /// The candidates, in places of the paragraph; with context.
        var candidates: ArraySlice<Candidate>
        /// Those that are decided, as indices of `candidates`.
        var decided: Range<Int>
        /// Whether a paragraph ends with it.
        var endsParagraph: Bool
    }

    private func split(_ bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Sentence] {
        guard bytes.count < Int(Int32.max) else {
            throw TextError(
                .textTooLong, "the text has \(bytes.count) bytes, the limit is \(Int32.max - 1)",
                remedy: "split it into smaller documents")
        }
        var writer = SentenceWriter(bytes, words: words, normalizer: normalizer)
        var parts: [Part] = []
        var sequences: [CandidateSequence] = []
        var waiting = 0
        func settle() {
            for (part, ends) in zip(parts, network.ends(sequences)) {
                for index in part.decided {
                    let end = ends[index - part.candidates.startIndex]
                    let candidate = part.candidates[index]
                    var cut = end.cut
                    if part.endsParagraph, index == part.decided.upperBound - 1 {
                        cut = .sentence
                    } else if cut == .none, candidate.isApart,
                        !words.joins(candidate.kind, part.candidates[index + 1].kind)
                    {
                        cut = .token
                    }
                    writer.add(candidate, cut, isMultiword: end.isMultiword ?? false, offset: part.offset)
                }
            }
            (parts, sequences, waiting) = ([], [], 0)
        }
        // Line breaks count as spaces inside of a paragraph; places stay those of the text.
        let joined = Paragraphs.joined(bytes)
        try joined.withUnsafeBufferPointer { (joined) throws(TextError) in
            for range in Paragraphs.ranges(in: bytes) {
                let paragraph = UnsafeBufferPointer(rebasing: joined[range])
                let candidates = try candidates(paragraph)
                for start in stride(from: 0, to: candidates.count, by: Self.part) {
                    let end = min(start + Self.part, candidates.count)
                    let slice = candidates[max(0, start - Self.context)..<min(end + Self.context, candidates.count)]
                    sequences.append(network.sequence(paragraph, slice))
                    parts.append(
                        Part(
                            offset: range.lowerBound, candidates: slice, decided: start..<end,
                            endsParagraph: end == candidates.count))
                    waiting += slice.count
                    if waiting >= Self.batch { settle() }
                }
            }
        }
        if !parts.isEmpty { settle() }
        return writer.sentences
    }
}
