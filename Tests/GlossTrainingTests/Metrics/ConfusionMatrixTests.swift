import GlossTraining
import Testing

@Suite struct ConfusionMatrixTests {
    // gold 0 0 0 1 1 2, predicted 0 0 1 1 0 1; class 3 never occurs.
    private let matrix = ConfusionMatrix(gold: [0, 0, 0, 1, 1, 2], predicted: [0, 0, 1, 1, 0, 1], classCount: 4)

    @Test func countsAreGoldByPredicted() {
        #expect(matrix.counts == [[2, 1, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]])
        #expect(matrix.exampleCount == 6)
    }

    @Test func accuracy() {
        #expect(matrix.accuracy == 0.5)
        #expect(ConfusionMatrix(classCount: 2).accuracy == 0)
    }

    @Test func macroF1() {
        // F1: class 0 2·2/(3+3) = 2/3; class 1 2·1/(2+3) = 2/5; class 2 0; class 3 does not count.
        // scikit-learn 1.9.1: f1_score(gold, predicted, average="macro") = 0.35555555555555557
        #expect(abs(matrix.macroF1 - (2.0 / 3 + 2.0 / 5) / 3) < 1e-12)
        #expect(ConfusionMatrix(classCount: 2).macroF1 == 0)
    }

    @Test func matchesOfOneClass() {
        #expect(matrix.matches(of: 1) == MatchCounts(correct: 1, gold: 2, predicted: 3))
    }
}
