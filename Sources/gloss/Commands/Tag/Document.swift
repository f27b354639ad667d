import GlossText
import GlossTraining

/// A text in sentences, ready to be tagged or printed.
struct Document: Sendable {
    /// The file it is from; nil for standard input.
    var name: String?
    /// The text that the ranges of `sentences` point into.
    var text: String
    /// The sentences, with ranges in UTF-8 bytes.
    var sentences: [Sentence]
    /// The values of further input columns by sentence; empty where there are none.
    var columns: [[[String]]] = []

    /// A text cut into sentences by `tokenizer`.
    init(_ document: TextDocument, _ tokenizer: any TextSplitter) throws(TextError) {
        self.init(document, try tokenizer.sentences(in: document.text))
    }

    /// A text with its sentences.
    init(_ document: TextDocument, _ sentences: [Sentence]) {
        name = document.name
        text = document.text
        self.sentences = sentences
    }

    /// The text of tokens that are known: `wanted` names the columns that are read beside the words.
    ///
    /// Throws when a sentence lacks a wanted column.
    init(name: String?, _ tagged: some Collection<TaggedSentence>, wanted: [String], file: String) throws(CorpusError) {
        self.name = name
        text = ""
        sentences = []
        for sentence in tagged {
            var tokens: [Token] = []
            for written in sentence.surfaceTokens {
                let start = text.utf8.count
                text += written.form
                let place = start..<text.utf8.count
                let words = Array(sentence.tokens[written.words])
                tokens += zip(words, Token.places(of: words, written: written.form, at: place)).map {
                    Token(text: $0, range: $1, surface: words.count > 1 ? place : nil)
                }
                if written.spaceAfter { text += " " }
            }
            guard let first = tokens.first, let last = tokens.last else { continue }
            sentences.append(Sentence(range: first.range.lowerBound..<last.range.upperBound, tokens: tokens))
            var values: [[String]] = []
            for column in wanted {
                guard let tags = sentence.tags[column] else {
                    throw CorpusError(
                        file: file, line: sentence.line,
                        message: "the column \"\(column)\", which the model reads, is missing",
                        remedy: "say where it is with --column \(column)=NUMBER", kind: .badData)
                }
                values.append(tags)
            }
            if !wanted.isEmpty { columns.append(values) }
        }
    }

    /// The most sentences, and the most tokens if they are of several, that are tagged and printed at once: neither the states of a
    /// long document nor its output are in memory whole, and a daemon accepts its parts.
    static let partSentences = 512, partTokens = 50_000

    /// All of its sentences, in order, by what is tagged and printed at once.
    var parts: [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0, tokens = 0
        for (index, sentence) in sentences.enumerated() {
            let isFull = index - start == Self.partSentences || tokens + sentence.tokens.count > Self.partTokens
            if index > start, isFull {
                parts.append(start..<index)
                (start, tokens) = (index, 0)
            }
            tokens += sentence.tokens.count
        }
        return start < sentences.count ? parts + [start..<sentences.count] : parts
    }

    /// The words of some of its sentences.
    func words(_ range: Range<Int>) -> [[String]] { sentences[range].map { $0.tokens.map(\.text) } }

    /// The text of a token, as it stands in the document; a word of a multiword token need not stand there.
    func form(_ token: Token) -> String { token.surface == nil ? slice(token.range) : token.text }

    /// A part of the text: a range of UTF-8 bytes at scalar boundaries.
    func slice(_ range: Range<Int>) -> String {
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        return String(text[start..<text.utf8.index(start, offsetBy: range.count)])
    }
}
