import GlossTraining
import Testing

@Suite struct SpanScoreTests {
    @Test func exactSpanAndTypeCount() {
        var score = SpanScore()
        // Gold PER 0–2, LOC 3; predicted PER 0–2 (right), ORG 3 (wrong type).
        score.add(gold: ["B-PER", "I-PER", "O", "B-LOC"], predicted: ["B-PER", "I-PER", "O", "B-ORG"])
        // Gold PER 0–2; predicted PER 0–1 (wrong end), LOC 2 (invented).
        score.add(gold: ["B-PER", "I-PER", "O"], predicted: ["B-PER", "O", "B-LOC"])
        #expect(score.overall == MatchCounts(correct: 1, gold: 3, predicted: 4))
        #expect(score.types["PER"] == MatchCounts(correct: 1, gold: 2, predicted: 2))
        #expect(score.types["LOC"] == MatchCounts(correct: 0, gold: 1, predicted: 1))
        #expect(score.types["ORG"] == MatchCounts(correct: 0, gold: 0, predicted: 1))
        // P = 1/4, R = 1/3, F1 = 2/7.
        #expect(abs(score.overall.f1 - 2.0 / 7) < 1e-12)
    }

    @Test func illFormedPredictionsAreReadAsConllevalReadsThem() {
        var score = SpanScore()
        score.add(gold: ["B-PER", "I-PER", "B-PER"], predicted: ["I-PER", "I-PER", "I-PER"])
        // Predicted: one span over all three.
        #expect(score.overall == MatchCounts(correct: 0, gold: 2, predicted: 1))
        score.add(gold: ["O", "B-LOC"], predicted: ["O", "I-LOC"])
        #expect(score.types["LOC"] == MatchCounts(correct: 1, gold: 1, predicted: 1))
    }

    @Test func nothingCounted() {
        #expect(SpanScore().overall.f1 == 0)
    }
}
