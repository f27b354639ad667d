import GlossTraining
import Testing

@Suite struct MultiLabelScoreTests {
    @Test func figures() {
        let score = MultiLabelScore(gold: [[0, 1], [2], []], predicted: [[0], [2], [1]], labelCount: 4)
        // Only {2} is exact. Decisions: 2 right, 3 gold, 3 predicted.
        #expect(abs(score.exactMatch - 1.0 / 3) < 1e-12)
        #expect(score.micro == MatchCounts(correct: 2, gold: 3, predicted: 3))
        // F1 by label: 0 → 1, 1 → 0 (one missed, one invented), 2 → 1, 3 does not occur.
        #expect(abs(score.macroF1 - 2.0 / 3) < 1e-12)
        #expect(score.labels[1] == MatchCounts(correct: 0, gold: 1, predicted: 1))
    }

    @Test func noExamples() {
        let score = MultiLabelScore(gold: [], predicted: [], labelCount: 2)
        #expect(score.exactMatch == 0 && score.macroF1 == 0)
    }
}
