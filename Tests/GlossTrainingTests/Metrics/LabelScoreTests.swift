import GlossTraining
import Testing

@Suite struct LabelScoreTests {
    @Test func figures() {
        let score = LabelScore(gold: [[0, 1], [2], []], predicted: [[0], [2], [1]], labelCount: 4)
        // Only {2} is exact. Decisions: 2 right, 3 gold, 3 predicted.
        #expect(abs(score.exactMatch - 1.0 / 3) < 1e-12)
        #expect(score.micro == MatchCounts(correct: 2, gold: 3, predicted: 3))
        // F1 by label: 0 → 1, 1 → 0 (one missed, one invented), 2 → 1, 3 does not occur.
        #expect(abs(score.macroF1 - 2.0 / 3) < 1e-12)
        #expect(score.labels[1] == MatchCounts(correct: 0, gold: 1, predicted: 1))
    }

    // gold 0 0 0 1 1 2, predicted 0 0 1 1 0 1; label 3 never occurs.
    @Test func oneLabelAnExample() {
        let score = LabelScore(gold: [0, 0, 0, 1, 1, 2], predicted: [0, 0, 1, 1, 0, 1], labelCount: 4)
        #expect(score.exactMatch == 0.5)
        #expect(score.labels[1] == MatchCounts(correct: 1, gold: 2, predicted: 3))
        // F1: label 0 2·2/(3+3) = 2/3; label 1 2·1/(2+3) = 2/5; label 2 0; label 3 does not count.
        // scikit-learn 1.9.1: f1_score(gold, predicted, average="macro") = 0.35555555555555557
        #expect(abs(score.macroF1 - (2.0 / 3 + 2.0 / 5) / 3) < 1e-12)
    }

    @Test func noExamples() {
        let score = LabelScore(gold: [Int](), predicted: [], labelCount: 2)
        #expect(score.exactMatch == 0 && score.macroF1 == 0)
    }
}
