import GlossTraining
import Testing

@Suite struct TokenizationScoreTests {
    @Test func spansOfTokensAndSentences() throws {
        let gold = SegmentedText(sentences: [["Do", "n't", "go", "."], ["Stay", "."]])
        let predicted = SegmentedText(sentences: [["Don't", "go", "."], ["Stay."]])
        let score = try TokenizationScore(gold: gold, predicted: predicted)
        // Right tokens: "go", "."; gold 6, predicted 4. Sentences end at the same characters.
        #expect(score.tokens == MatchCounts(correct: 2, gold: 6, predicted: 4))
        #expect(score.words == score.tokens)
        #expect(score.sentences == MatchCounts(correct: 2, gold: 2, predicted: 2))
    }

    @Test func joinedSentencesAreNotFound() throws {
        let score = try TokenizationScore(
            gold: SegmentedText(sentences: [["a"], ["b"], ["c"]]),
            predicted: SegmentedText(sentences: [["a", "b"], ["c"]]))
        #expect(score.sentences == MatchCounts(correct: 1, gold: 3, predicted: 2))
        #expect(score.tokens.f1 == 1)
    }

    // "du chat": du = de + le. Token spans du 0–2, chat 2–6.
    private let french = SegmentedText([
        TaggedSentence(
            tokens: ["de", "le", "chat"], tags: [:], multiwordTokens: [.init(words: 0..<2, form: "du")])
    ])

    @Test func anUnsplitMultiwordTokenIsARightTokenAndNoRightWord() throws {
        let score = try TokenizationScore(gold: french, predicted: SegmentedText(sentences: [["du", "chat"]]))
        #expect(score.tokens == MatchCounts(correct: 2, gold: 2, predicted: 2))
        #expect(score.words == MatchCounts(correct: 1, gold: 3, predicted: 2))
    }

    @Test func wordsOfAMultiwordTokenAlignByTheirForms() throws {
        let other = SegmentedText([
            TaggedSentence(
                tokens: ["DE", "la", "le", "chat"], tags: [:], multiwordTokens: [.init(words: 0..<3, form: "du")])
        ])
        let score = try TokenizationScore(gold: french, predicted: other)
        // de (case ignored) and le align, la does not; chat by its span.
        #expect(score.words == MatchCounts(correct: 3, gold: 3, predicted: 4))
    }

    @Test func aWordThatCrossesTheEdgeOfAMultiwordTokenIsOutsideIt() throws {
        let score = try TokenizationScore(gold: french, predicted: SegmentedText(sentences: [["d", "uch", "at"]]))
        #expect(score.words == MatchCounts(correct: 0, gold: 3, predicted: 3))
        #expect(score.tokens.correct == 0)
    }

    @Test func overlappingMultiwordTokensOfEitherSideAreOneStretch() throws {
        // Gold: ab = x y, c, d. Predicted: a, bc = x y … the stretch abc holds x y c against a x y: two align.
        let gold = SegmentedText([
            TaggedSentence(tokens: ["x", "y", "c", "d"], tags: [:], multiwordTokens: [.init(words: 0..<2, form: "ab")])
        ])
        let predicted = SegmentedText([
            TaggedSentence(tokens: ["a", "x", "y", "d"], tags: [:], multiwordTokens: [.init(words: 1..<3, form: "bc")])
        ])
        let score = try TokenizationScore(gold: gold, predicted: predicted)
        #expect(score.words == MatchCounts(correct: 3, gold: 4, predicted: 4))
    }

    @Test func differentTextsAreAnError() throws {
        let error = #expect(throws: TokenizationScore.TextMismatch.self) {
            try TokenizationScore(
                gold: SegmentedText(sentences: [["ab", "c"]]), predicted: SegmentedText(sentences: [["abd"]]))
        }
        #expect(error?.position == 2)
        #expect(error?.gold == "c")
        #expect(error?.predicted == "d")
    }
}
