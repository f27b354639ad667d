import GlossTraining
import Testing

@Suite struct MatchCountsTests {
    @Test func figures() {
        // 3 right of 4 predicted and 6 gold: P = 3/4, R = 3/6, F1 = 2·3/(4+6).
        let counts = MatchCounts(correct: 3, gold: 6, predicted: 4)
        #expect(counts.precision == 0.75)
        #expect(counts.recall == 0.5)
        #expect(abs(counts.f1 - 0.6) < 1e-12)
    }

    @Test func nothingToFindIsZeroNotNaN() {
        let none = MatchCounts()
        #expect(none.precision == 0 && none.recall == 0 && none.f1 == 0)
    }

    @Test func sums() {
        var counts = MatchCounts(correct: 1, gold: 2, predicted: 3)
        counts += MatchCounts(correct: 10, gold: 20, predicted: 30)
        #expect(counts == MatchCounts(correct: 11, gold: 22, predicted: 33))
    }
}
