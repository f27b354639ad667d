import Foundation
import Synchronization

/// Calls what is due, on a thread of its own. Most requests end long before their deadline: adding and removing one costs
/// an entry in a table, and the thread sleeps until the earliest that it has seen.
package final class Deadlines: Sendable {
    private struct State {
        var next: UInt64 = 0
        var entries: [UInt64: (time: ContinuousClock.Instant, call: @Sendable () -> Void)] = [:]
        /// When the thread looks again; nil while it waits for an entry.
        var wakes: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)

    /// Those of the whole process.
    static let shared = Deadlines()

    /// Starts the thread.
    package init() {
        let thread = Thread { [self] in watch() }
        thread.name = "gloss-deadlines"
        thread.start()
    }

    /// Calls `call` at a time unless `remove` is called with the number before.
    package func add(_ time: ContinuousClock.Instant, _ call: @escaping @Sendable () -> Void) -> UInt64 {
        let (number, isEarlier) = state.withLock { state in
            state.next += 1
            state.entries[state.next] = (time, call)
            let isEarlier = state.wakes.map { time < $0 } ?? true
            if isEarlier { state.wakes = time }
            return (state.next, isEarlier)
        }
        if isEarlier { signal.signal() }
        return number
    }

    /// Forgets a deadline.
    package func remove(_ number: UInt64) { state.withLock { $0.entries[number] = nil } }

    private func watch() {
        while true {
            let (due, wakes) = state.withLock { state in
                let now = ContinuousClock.now
                let due = state.entries.filter { $0.value.time <= now }
                for number in due.keys { state.entries[number] = nil }
                state.wakes = state.entries.values.map(\.time).min()
                return (due.values.map(\.call), state.wakes)
            }
            due.forEach { $0() }
            guard let wakes else {
                signal.wait()
                continue
            }
            let seconds = (wakes - .now) / .seconds(1)
            _ = signal.wait(timeout: .now() + max(seconds, 0))
        }
    }
}
