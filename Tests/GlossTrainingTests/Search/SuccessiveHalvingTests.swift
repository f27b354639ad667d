import GlossTraining
import Testing

struct SuccessiveHalvingTests {
    private func rungs(_ trials: Int, _ epochs: Int, _ halving: Int) -> [[Int]] {
        SuccessiveHalving(trials: trials, epochs: epochs, halving: halving).rungs.map { [$0.trials, $0.divisor] }
    }

    @Test func oneOfThreeGoesOnToThreeTimesTheEpochs() {
        #expect(rungs(27, 27, 3) == [[27, 27], [9, 9], [3, 3], [1, 1]])
        #expect(rungs(20, 9, 3) == [[20, 9], [6, 3], [2, 1]])
        #expect(rungs(8, 100, 2) == [[8, 8], [4, 4], [2, 2], [1, 1]])
    }

    @Test func noStepHasLessThanATrialOrAnEpoch() {
        #expect(rungs(2, 100, 3) == [[2, 1]])
        #expect(rungs(100, 2, 3) == [[100, 1]])
        #expect(rungs(1, 1, 3) == [[1, 1]])
    }

    @Test func withoutHalvingAllHaveAllEpochs() { #expect(rungs(9, 20, 1) == [[9, 1]]) }
}
