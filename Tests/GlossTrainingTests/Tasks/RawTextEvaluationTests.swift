import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct RawTextEvaluationTests {
    /// Cuts every text at the same places.
    private struct FixedSplitter: TextSplitter {
        let all: [Sentence]

        func sentences(in text: String) throws(TextError) -> [Sentence] { all }
    }

    /// “du chat dort. Oui.”, `du` being `de le`.
    private let gold = [
        TaggedSentence(
            tokens: ["de", "le", "chat", "dort", "."],
            tags: ["upos": ["ADP", "DET", "NOUN", "VERB", "PUNCT"], "tag": ["O", "B-X", "I-X", "O", "O"]],
            spaceAfter: [true, true, true, false, true], startsParagraph: true,
            multiwordTokens: [.init(words: 0..<2, form: "du")]),
        TaggedSentence(
            tokens: ["Oui", "."], tags: ["upos": ["INTJ", "PUNCT"], "tag": ["B-Y", "O"]], spaceAfter: [false, true]),
    ]

    private func token(_ text: String, _ range: Range<Int>, of surface: Range<Int>? = nil) -> Token {
        Token(text: text, range: range, surface: surface)
    }

    private func columns(_ sentences: [[String]]) -> [[ColumnTags]] {
        func column(_ name: String, _ tags: [String]) -> ColumnTags {
            ColumnTags(
                name: name, tags: tags, probabilities: tags.map { _ in 1 }, holdsSpans: name == "tag",
                spans: name == "tag" ? tags.map { $0 == "" ? 0 : 1 } : [])
        }
        let upos = ["de": "ADP", "le": "DET", "chat": "NOUN", "dort": "VERB", ".": "PUNCT", "Oui": "INTJ"]
        let tag = ["le": "B-X", "chat": "I-X", "Oui": "B-Y"]
        return sentences.map { words in
            [column("upos", words.map { upos[$0] ?? "X" }), column("tag", words.map { tag[$0] ?? "O" })]
        }
    }

    @Test func whatIsCutRightIsTaggedRight() throws {
        let splitter = FixedSplitter(all: [
            Sentence(
                range: 0..<13,
                tokens: [
                    token("de", 0..<2, of: 0..<2), token("le", 2..<2, of: 0..<2), token("chat", 3..<7),
                    token("dort", 8..<12), token(".", 12..<13),
                ]), Sentence(range: 14..<18, tokens: [token("Oui", 14..<17), token(".", 17..<18)]),
        ])
        let metrics = try RawTextEvaluation.evaluation(gold, splitter, tag: columns).metrics
        #expect(metrics.count == 5 && metrics.values.allSatisfy { $0 == 1 })
    }

    @Test func tagsOfWrongWordsAreWrong() throws {
        // One sentence, `du` in one piece, the last two words joined.
        let splitter = FixedSplitter(all: [
            Sentence(
                range: 0..<18,
                tokens: [
                    token("du", 0..<2), token("chat", 3..<7), token("dort", 8..<12), token(".", 12..<13),
                    token("Oui.", 14..<18),
                ])
        ])
        let metrics = try RawTextEvaluation.evaluation(gold, splitter, tag: columns).metrics
        #expect(metrics["token_f1"] == 2 * 4 / (6.0 + 5))
        // chat, dort and the full stop are words of both sides: 7 gold, 5 found.
        #expect(metrics["word_f1"] == 2 * 3 / (7.0 + 5))
        #expect(metrics["upos_f1"] == metrics["word_f1"])
        #expect(metrics["sentence_f1"] == 0)
        // “le chat” starts at no found word; one span was found, two are wanted.
        #expect(metrics["span_f1"] == 0)
    }
}
