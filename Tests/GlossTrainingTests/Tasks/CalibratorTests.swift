import GlossNN
import GlossPipeline
import GlossTraining
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What is chosen on held-out labels.
struct CalibratorTests {
    private func fit(_ rows: [(network: [Float], ngrams: [Float])], _ targets: [Int32], hasNGrams: Bool = false)
        -> Calibration
    {
        Calibrator.fit(rows, targets.map { [$0] }, multiLabel: false, hasNGrams: hasNGrams)
    }

    /// Five texts that are all right say little about how certain the model may be.
    @Test func aFewRightTextsDoNotMakeCertain() {
        let rows = [(network: [Float], ngrams: [Float])](repeating: ([2, 0], [1, 0]), count: 5)
        let alone = fit(rows, [0, 0, 0, 0, 0])
        #expect(alone.network > 1 && alone.network < 2)
        #expect(alone.ngrams == 0)
        let both = fit(rows, [0, 0, 0, 0, 0], hasNGrams: true)
        #expect(both.network < 2 && both.ngrams < 1)
    }

    /// Where three in four of many texts with the same logits are right, the probability becomes three in four.
    @Test func manyTextsDecide() {
        let rows = [(network: [Float], ngrams: [Float])](repeating: ([4, 0], [0, 0]), count: 4000)
        let factor = fit(rows, (0..<4000).map { $0 % 4 == 0 ? 1 : 0 }).network
        #expect(abs(1 / (1 + expf(-4 * factor)) - 0.75) <= 0.005)
    }
}
