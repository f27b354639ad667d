import Dispatch
import Synchronization

/// Scalars of a range: a whole number of vectors, so that no scalar moves between a kernel's body and its remainder.
private let rangeLength = 1 << 15

/// The threads that are worth waking for work on so many scalars: a small model is done before another thread runs.
func usefulThreads(_ threads: Int, scalars: Int) -> Int { scalars <= rangeLength ? 1 : threads }

/// Calls `body` for every index below `count`, on at most `threads` threads; one that is late leaves more to the others.
func concurrently(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
    guard threads > 1, count > 1 else { return (0..<count).forEach(body) }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(index)
        }
    }
}

/// The results of two functions, each on a thread of its own where there are two.
func both<First: Sendable, Second: Sendable>(
    threads: Int, _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
    guard threads > 1 else { return (first(), second()) }
    var one: First?
    let other = Mutex<Second?>(nil)
    SpareThread.shared.run({ one = first() }, beside: { other.withLock { $0 = second() } })
    guard let one, let two = other.withLock({ $0 }) else { preconditionFailure("work was left undone") }
    return (one, two)
}

/// Calls `body` with the index of a tensor and a range of its scalars until the scalars of all are covered. Counts of scalars
/// by tensor.
///
/// Where each scalar's result depends on that scalar's place alone, it is the same to the bit on any number of threads.
package func forEachRange(of counts: [Int], threads: Int, _ body: @Sendable (Int, Range<Int>) -> Void) {
    var ranges: [(index: Int, range: Range<Int>)] = []
    for (index, count) in counts.enumerated() {
        for start in stride(from: 0, to: count, by: rangeLength) {
            ranges.append((index, start..<min(start + rangeLength, count)))
        }
    }
    let threads = usefulThreads(threads, scalars: counts.reduce(0, +))
    concurrently(ranges.count, threads: threads) { [ranges] in body(ranges[$0].index, ranges[$0].range) }
}

/// Where threads write the scalars of a tensor, each its own range; valid while the tensor is held and not shared.
struct TensorTarget: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Float>
}

extension Tensor {
    /// Where rows are written from a column on, `columns` apart.
    mutating func target(column: Int) -> TensorTarget { TensorTarget(pointer: mutablePointer() + column) }
}
