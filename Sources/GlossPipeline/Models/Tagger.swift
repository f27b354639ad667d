import GlossNN
import GlossText

/// One column's tags of a sentence.
public struct ColumnTags: Sendable, Equatable {
    /// The column.
    public var name: String
    /// A tag a token.
    public var tags: [String]
    /// The probability of each.
    public var probabilities: [Float]
    /// Whether they are span tags.
    public var holdsSpans: Bool
    /// The probability of the whole span that each token is in, 0 outside of spans; empty in a column without spans.
    public var spans: [Float]

    /// A column of its parts.
    public init(name: String, tags: [String], probabilities: [Float], holdsSpans: Bool, spans: [Float]) {
        self.name = name
        self.tags = tags
        self.probabilities = probabilities
        self.holdsSpans = holdsSpans
        self.spans = spans
    }
}

/// A sentence with its tags.
public struct SentenceTags: Sendable, Equatable {
    /// The sentence, with offsets in UTF-8 bytes of its document.
    public var sentence: Sentence
    /// The tags of each column.
    public var columns: [ColumnTags]
}

/// Text → sentences, tokens and their tags.
public struct Tagger: Module {
    /// What it is made of.
    public let configuration: ModelConfiguration
    /// Words → tags.
    public var network: SequenceModel<TaggingHead>
    /// What cuts text as the treebank does; nil leaves that to the rules of the tokenizer.
    public var segmenter: TextSegmenter?
    private let tokenizer: Tokenizer
    private let normalizer: Normalizer

    /// A fresh model. Throws `TextError` when the tokenizer's configuration cannot be served.
    public init(
        _ configuration: ModelConfiguration, lexicon: Lexicon, tagSets: [TagSet], using random: inout RandomSource
    ) throws(TextError) {
        self.configuration = configuration
        tokenizer = try Tokenizer(configuration.tokenizer)
        normalizer = Normalizer(configuration.tokenizer)
        let encoder = Encoder(configuration.encoder, lexicon, using: &random)
        let head = TaggingHead(configuration.head, tagSets: tagSets, stack: encoder.stack, using: &random)
        network = SequenceModel(lexicon: lexicon, encoder: encoder, head: head)
    }

    /// Walks network, segmentation.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try network.forEachParameter(join(path, "network"), body)
        try segmenter?.forEachParameter(join(path, "segmentation"), body)
    }

    /// The sentences of a text with their tokens. Throws `TextError`.
    public func sentences(in text: String) throws(TextError) -> [Sentence] { try splitter.sentences(in: text) }

    /// What cuts text: the model's own segmentation, or the rules.
    public var splitter: any TextSplitter { segmenter ?? tokenizer }

    /// The tagged sentences of documents, in order.
    public func callAsFunction(_ documents: [String], threads: Int = 1) throws(TextError) -> [[SentenceTags]] {
        var found: [[Sentence]] = []
        for document in documents { found.append(try sentences(in: document)) }
        let tags = tag(found.map { $0.map { $0.tokens.map(\.text) } }, threads: threads)
        return zip(found, tags).map { zip($0, $1).map { SentenceTags(sentence: $0, columns: $1) } }
    }

    /// The tags of documents whose sentences are words already; `columns` are the values of further input columns by document and
    /// sentence.
    public func tag(_ documents: [[[String]]], columns: [[[[String]]]] = [], threads: Int = 1) -> [[[ColumnTags]]] {
        var answers = answers(documents.flatMap(\.self), columns: columns.flatMap(\.self), threads: threads)[...]
        return documents.map { sentences in
            defer { answers = answers.dropFirst(sentences.count) }
            return tags(sentences, Array(answers.prefix(sentences.count)))
        }
    }

    /// What the network says about sentences, each by itself; `columns` are the values of further input columns by sentence.
    public func answers(_ sentences: [[String]], columns: [[[String]]] = [], threads: Int = 1) -> [SentenceAnswer] {
        let sequences = sentences.indices.map { index in
            network.lexicon.sequence(
                sentences[index].map { normalizer($0) }, columns: columns.isEmpty ? [] : columns[index])
        }
        return network.answers(sequences, threads: threads)
    }

    /// The tags of one document's sentences of what the network said about them.
    public func tags(_ sentences: [[String]], _ answers: [SentenceAnswer]) -> [[ColumnTags]] {
        zip(sentences, network.head.settled(answers, words: sentences)).map { words, columns in
            zip(network.head.tagSets, columns).map { set, steps in
                let tags = steps.prefix(words.count).map { set.tags[Int($0.tag)] }
                return ColumnTags(
                    name: set.name, tags: set.holdsSpans ? SpanTags.repaired(tags) : tags,
                    probabilities: steps.prefix(words.count).map(\.probability), holdsSpans: set.holdsSpans,
                    spans: set.holdsSpans ? steps.prefix(words.count).map(\.span) : [])
            }
        }
    }

    /// Sentences before and behind a sentence that its tags depend on.
    public var reach: Int { network.head.reach }
}
