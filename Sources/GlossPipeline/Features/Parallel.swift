import Dispatch
import Synchronization

/// Work on several threads with results in order.
public enum Parallel {
    /// `transform` of each element, on at most `threads` threads.
    public static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], threads: Int, _ transform: @Sendable (Element) -> Result
    ) -> [Result] {
        if threads <= 1 || elements.count <= 1 { return elements.map(transform) }
        let results = Mutex([Result?](repeating: nil, count: elements.count))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, elements.count)) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < elements.count else { return }
                let result = transform(elements[index])
                results.withLock { $0[index] = result }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
