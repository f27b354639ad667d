import GlossTraining
import Testing

@Suite struct SegmentedTextTests {
    @Test func whiteSpaceInsideTokensDoesNotCount() {
        #expect(SegmentedText(sentences: [["10 000", "é"]]) == SegmentedText(sentences: [["10\u{A0}0\t00", "é"]]))
        #expect(SegmentedText(sentences: [["10", "000"]]) != SegmentedText(sentences: [["10000"]]))
    }

    @Test func aTokenOrSentenceOfWhiteSpaceIsNone() {
        #expect(SegmentedText(sentences: [["a", " "], [" "]]) == SegmentedText(sentences: [["a"]]))
    }

    @Test func plainSentencesAreTheSameFromEitherSide() {
        let tagged = [TaggedSentence(tokens: ["A", "b"], tags: [:]), TaggedSentence(tokens: ["c"], tags: [:])]
        #expect(SegmentedText(tagged) == SegmentedText(sentences: [["A", "b"], ["c"]]))
    }
}
