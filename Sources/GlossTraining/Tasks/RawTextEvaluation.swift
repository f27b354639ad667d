import GlossPipeline
import GlossText

/// What comes out of the plain text of a treebank's sentences: tokens, words, sentences and tags, as the CoNLL 2018 shared
/// task counts them (Zeman et al. 2018, section 4). A tag is right where its word is and has the gold tag.
package enum RawTextEvaluation {
    /// F1 of each. `tag` gives the columns of sentences, or nothing.
    ///
    /// Throws `TextError`, and `TokenizationScore.TextMismatch` if the splitter loses text.
    package static func evaluation(
        _ gold: [TaggedSentence], _ splitter: some TextSplitter, tag: ([[String]]) -> [[ColumnTags]]
    ) throws -> Evaluation {
        let text = RawParagraph.text(gold)
        let bytes = Array(text.utf8)
        let found = try splitter.sentences(in: text)
        let goldText = SegmentedText(gold)
        let predicted = SegmentedText(found.map { TaggedSentence($0, in: bytes) })
        let score = try TokenizationScore(gold: goldText, predicted: predicted)
        var figures: [(metric: String, name: String, value: Double)] = [
            ("token_f1", "tokens", score.tokens.f1), ("word_f1", "words", score.words.f1),
            ("sentence_f1", "sentences", score.sentences.f1),
        ]
        let columns = tag(found.map { $0.tokens.map(\.text) })
        let hasSeveral = (columns.first ?? []).count(where: \.holdsSpans) > 1
        for (index, column) in (columns.first ?? []).enumerated() {
            guard gold.contains(where: { $0.tags[column.name] != nil }) else { continue }
            let wanted = gold.map { $0.tags[column.name] ?? Array(repeating: "", count: $0.tokens.count) }
            let given = columns.map { $0[index].tags }
            if column.holdsSpans {
                let name = hasSeveral ? column.name + " " : ""
                let metric = hasSeveral ? column.name + "_span_f1" : "span_f1"
                figures.append((metric, name + "spans", spans(wanted, given, score.alignment).f1))
            } else {
                figures.append((column.name + "_f1", column.name, tags(wanted, given, score).f1))
            }
        }
        return Evaluation(
            score: figures.reduce(0) { $0 + $1.value } / Double(figures.count),
            metrics: Dictionary(figures.map { ($0.metric, $0.value) }) { first, _ in first },
            shown: "F1 of " + figures.map { "\($0.name) \(rounded($0.value, 4))" }.joined(separator: ", "))
    }

    private static func tags(_ wanted: [[String]], _ given: [[String]], _ score: TokenizationScore) -> MatchCounts {
        let gold = wanted.flatMap { $0 }, predicted = given.flatMap { $0 }
        let right = score.alignment.count { gold[$0.gold] == predicted[$0.predicted] }
        return MatchCounts(correct: right, gold: score.words.gold, predicted: score.words.predicted)
    }

    /// Spans are right where their first and last words are, and their type.
    private static func spans(
        _ wanted: [[String]], _ given: [[String]], _ alignment: [(gold: Int, predicted: Int)]
    ) -> MatchCounts {
        let gold = Set(spans(wanted)), predicted = spans(given)
        let places = Dictionary(alignment.map { ($0.predicted, $0.gold) }) { first, _ in first }
        let right = predicted.count { span in
            guard let first = places[span.first], let last = places[span.last] else { return false }
            return gold.contains(Span(first: first, last: last, type: span.type))
        }
        return MatchCounts(correct: right, gold: gold.count, predicted: predicted.count)
    }

    /// A span by its words' numbers among all words.
    private struct Span: Hashable {
        var first, last: Int
        var type: String
    }

    private static func spans(_ sentences: [[String]]) -> [Span] {
        var result: [Span] = []
        var start = 0
        for tags in sentences {
            result += SpanTags.spans(tags).map { range, type in
                Span(first: start + range.lowerBound, last: start + range.upperBound - 1, type: type)
            }
            start += tags.count
        }
        return result
    }
}

extension TaggedSentence {
    /// A sentence that was found in a text's bytes, its multiword tokens included.
    init(_ sentence: Sentence, in bytes: [UInt8]) {
        func form(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        var multiwords: [MultiwordToken] = []
        var index = 0
        while index < sentence.tokens.count {
            let start = index
            let surface = sentence.tokens[index].surface
            index += 1
            guard let surface else { continue }
            while index < sentence.tokens.count, sentence.tokens[index].surface == surface { index += 1 }
            multiwords.append(MultiwordToken(words: start..<index, form: form(surface)))
        }
        self.init(
            tokens: sentence.tokens.map { $0.surface == nil ? form($0.range) : $0.text }, tags: [:],
            multiwordTokens: multiwords)
    }
}
