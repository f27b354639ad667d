import GlossTraining
import Testing

@Suite struct ProbabilityMetricsTests {
    @Test func calibrationErrorByHand() {
        // Two bins: (0, 0.5] holds 0.25 (wrong) and 0.5 (right): |1 − 0.75| = 0.25.
        // (0.5, 1] holds 0.75 (right) and 1 (wrong): |1 − 1.75| = 0.75. Sum over 4 examples: 1/4.
        let error = ProbabilityMetrics.expectedCalibrationError(
            confidences: [0.25, 0.5, 0.75, 1], correct: [false, true, true, false], bins: 2)
        #expect(abs(error - 0.25) < 1e-12)
    }

    @Test func aPerfectlyCalibratedClassifierHasNone() {
        let correct = [true, true, true, false]
        #expect(
            ProbabilityMetrics.expectedCalibrationError(confidences: [0.75, 0.75, 0.75, 0.75], correct: correct) == 0)
        #expect(ProbabilityMetrics.expectedCalibrationError(confidences: [], correct: []) == 0)
        #expect(ProbabilityMetrics.expectedCalibrationError(confidences: [0], correct: [false]) == 0)
    }

    @Test func binsDoNotCancelEachOther() {
        // One bin: |1 − (0.9 + 0.1)| = 0. Fifteen bins keep 0.9 (wrong) and 0.1 (right) apart: (0.9 + 0.9) / 2.
        let (confidences, correct): ([Float], [Bool]) = ([0.9, 0.1], [false, true])
        #expect(
            abs(ProbabilityMetrics.expectedCalibrationError(confidences: confidences, correct: correct, bins: 1)) < 1e-7
        )
        #expect(
            abs(ProbabilityMetrics.expectedCalibrationError(confidences: confidences, correct: correct) - 0.9) < 1e-7)
    }

    @Test func logLossByHand() {
        // (ln 2 + ln 4) / 2 = 1.5 ln 2 = 1.0397207708
        #expect(abs(ProbabilityMetrics.logLoss(goldProbabilities: [0.5, 0.25]) - 1.0397207708399179) < 1e-12)
        #expect(ProbabilityMetrics.logLoss(goldProbabilities: [1]) == 0)
        // −ln 1e-15 = 34.538776
        #expect(abs(ProbabilityMetrics.logLoss(goldProbabilities: [0]) - 34.538776394910684) < 1e-9)
        #expect(ProbabilityMetrics.logLoss(goldProbabilities: []) == 0)
    }

    @Test func logitsThatAreNoNumbersHaveNoFigures() {
        let evaluation = ClassificationMetrics.evaluation(
            logits: [[0, 1], [.nan, 0]], targets: [[1], [0]], labels: 2, multiLabel: false)
        #expect(evaluation.score == -.infinity && evaluation.metrics.isEmpty)
    }
}
