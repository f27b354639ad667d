import GlossNN
import GlossTraining
import Testing

struct WindowBatchesTests {
    private let lengths = [0, 1, 7, 20, 33, 5]

    private func batches(_ seed: UInt64) -> [[SequenceWindow]] {
        var random = RandomSource(seed: seed)
        return WindowBatches.batches(lengths: lengths, longest: 8, tokens: 16, using: &random)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func everyStepOfEverySequenceIsThereOnce(seed: UInt64) {
        var found = lengths.map { [Int](repeating: 0, count: $0) }
        for window in batches(seed).joined() {
            #expect(window.steps.count <= 8)
            for step in window.steps { found[window.sequence][step] += 1 }
        }
        #expect(found.joined().allSatisfy { $0 == 1 })
        #expect(batches(seed).allSatisfy { $0.count == 1 || $0.reduce(0) { $0 + $1.steps.count } <= 16 })
    }

    @Test func cutsAndOrderAreThoseOfTheSeed() {
        #expect(batches(1) == batches(1))
        #expect(Set(batches(1).joined().map(\.steps)) != Set(batches(2).joined().map(\.steps)))
    }
}
