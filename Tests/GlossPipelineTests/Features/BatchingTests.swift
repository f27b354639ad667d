import GlossPipeline
import Testing

struct BatchingTests {
    @Test func batchesHoldEverySequenceOnceWithinTheirTokens() {
        let lengths = [3, 900, 1, 40, 40, 7, 2000, 12]
        let batches = Batching.batches(lengths: lengths, tokens: 100)
        #expect(batches.flatMap { $0 }.sorted() == Array(lengths.indices))
        for batch in batches {
            #expect(batch.count == 1 || batch.reduce(0) { $0 + lengths[$1] } <= 100)
        }
        #expect(batches.first == [6])
    }

    @Test func parallelResultsKeepTheirOrder() {
        let squares = Parallel.map(Array(0..<1000), threads: 2) { $0 * $0 }
        #expect(squares == (0..<1000).map { $0 * $0 })
        #expect(Parallel.map([Int](), threads: 2) { $0 }.isEmpty)
    }
}
