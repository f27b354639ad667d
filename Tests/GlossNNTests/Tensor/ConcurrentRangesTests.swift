import GlossNN
import Synchronization
import Testing

@Suite struct ConcurrentRangesTests {
    @Test(arguments: [1, 2, 5])
    func everyScalarOfEveryTensorIsVisitedOnce(threads: Int) {
        let counts = [0, 7, 100_003, 1 << 15, 1]
        let visits = Mutex(counts.map { [Int](repeating: 0, count: $0) })
        forEachRange(of: counts, threads: threads) { index, range in
            visits.withLock { visits in for at in range { visits[index][at] += 1 } }
        }
        #expect(visits.withLock { $0 } == counts.map { [Int](repeating: 1, count: $0) })
    }
}
