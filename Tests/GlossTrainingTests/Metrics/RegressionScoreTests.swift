import GlossTraining
import Testing

@Suite struct RegressionScoreTests {
    @Test func errorsAndCorrelationByHand() throws {
        // Differences 1, 0, −2: squares 5/3, absolutes 3/3.
        // Means 2 and 5/3; covariance sum (−1)(1/3)+0+(1)(−2/3) = −1; variances 2 and 2/3; r = −1/√(4/3) = −√3/2.
        let score = RegressionScore(gold: [1, 2, 3], predicted: [2, 2, 1])
        #expect(abs(score.meanSquaredError - 5.0 / 3) < 1e-12)
        #expect(abs(score.meanAbsoluteError - 1) < 1e-12)
        #expect(abs(try #require(score.pearson) + 0.8660254037844386) < 1e-12)
        #expect(score.exampleCount == 3)
    }

    @Test func aStraightLineCorrelatesFully() {
        #expect(RegressionScore(gold: [1, 2, 4], predicted: [3, 5, 9]).pearson == 1)
    }

    @Test func correlationIsUndefinedForAConstant() {
        #expect(RegressionScore(gold: [1, 2], predicted: [3, 3]).pearson == nil)
        #expect(RegressionScore(gold: [1], predicted: [3]).pearson == nil)
        #expect(RegressionScore(gold: [], predicted: []).pearson == nil)
        #expect(RegressionScore(gold: [], predicted: []).meanSquaredError == 0)
    }
}
