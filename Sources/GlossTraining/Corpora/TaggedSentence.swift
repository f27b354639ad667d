/// One sentence for tagging: its words and a tag per word in every tagged column.
public struct TaggedSentence: Sendable, Hashable {
    /// A written token that stands for several words (French `du` = `de le`).
    public struct MultiwordToken: Sendable, Hashable {
        /// The words it stands for, as indices into `tokens`.
        public var words: Range<Int>
        /// The form as it is written.
        public var form: String

        /// A written token over `words`.
        public init(words: Range<Int>, form: String) {
            self.words = words
            self.form = form
        }
    }

    /// A written token with the words it stands for.
    public struct SurfaceToken: Sendable, Hashable {
        /// The form as it is written.
        public var form: String
        /// The words it stands for, as indices into `tokens`; one unless it is a multiword token.
        public var words: Range<Int>
        /// Whether white space follows it in the text.
        public var spaceAfter: Bool
    }

    /// The words' forms.
    public var tokens: [String]
    /// Column name (`upos`, `xpos`, `feats`; `tag` in a columns file) → one tag per word.
    public var tags: [String: [String]]
    /// Whether white space follows each word in the text; always true where the format does not say.
    public var spaceAfter: [Bool]
    /// The sentence's text where the format gives it (`# text = …`).
    public var text: String?
    /// Whether a document starts here: `# newdoc`, `-DOCSTART-`, or the first sentence of a file.
    public var startsDocument: Bool
    /// Whether a paragraph starts here: `# newpar`, or a document does.
    public var startsParagraph: Bool
    /// The line of its first word, counted from 1.
    public var line: Int
    /// The written tokens that stand for several words, in order.
    public var multiwordTokens: [MultiwordToken]
    /// The file it came from, as errors name it.
    public var file = ""

    /// A sentence; what is left out is what a columns file says: spaces everywhere, no text, no multiword tokens.
    public init(
        tokens: [String], tags: [String: [String]], spaceAfter: [Bool]? = nil, text: String? = nil,
        startsDocument: Bool = false, startsParagraph: Bool = false, line: Int = 0,
        multiwordTokens: [MultiwordToken] = []
    ) {
        self.tokens = tokens
        self.tags = tags
        self.spaceAfter = spaceAfter ?? Array(repeating: true, count: tokens.count)
        self.text = text
        self.startsDocument = startsDocument
        self.startsParagraph = startsParagraph
        self.line = line
        self.multiwordTokens = multiwordTokens
    }

    /// The tokens as they are written: multiword tokens in the place of their words.
    public var surfaceTokens: [SurfaceToken] {
        var result: [SurfaceToken] = []
        var word = 0
        var multiword = multiwordTokens[...]
        while word < tokens.count {
            var words = word..<word + 1
            var form = tokens[word]
            if let next = multiword.first, next.words.lowerBound == word {
                words = next.words
                form = next.form
                multiword.removeFirst()
            }
            result.append(SurfaceToken(form: form, words: words, spaceAfter: spaceAfter[words.upperBound - 1]))
            word = words.upperBound
        }
        return result
    }
}

extension TaggedSentence {
    /// Where it stands, as errors say it.
    var place: String { "\(file):\(line)" }
}

extension Collection<TaggedSentence> {
    /// The sentences by document; those before the first start are one.
    package var documents: [SubSequence] {
        var result: [SubSequence] = []
        var rest = self[...]
        while !rest.isEmpty {
            let end = rest.dropFirst().firstIndex(where: \.startsDocument) ?? rest.endIndex
            result.append(rest[..<end])
            rest = rest[end...]
        }
        return result
    }

    /// What is held out as a whole, each with the number of its document: documents, or where there are few of them sentences.
    package var units: [(document: Int, sentences: [TaggedSentence])] {
        let documents = documents
        if documents.count >= 20 { return documents.enumerated().map { ($0, Array($1)) } }
        return documents.enumerated().flatMap { number, sentences in sentences.map { (number, [$0]) } }
    }
}

extension [TaggedSentence] {
    /// The sentences of units; where those before a document's first one are not among them, the next one starts it.
    package init(_ units: [(document: Int, sentences: [TaggedSentence])]) {
        self = []
        var last: Int?
        for (document, sentences) in units {
            append(contentsOf: sentences)
            if document != last, !sentences.isEmpty { self[count - sentences.count].startsDocument = true }
            last = document
        }
    }
}
