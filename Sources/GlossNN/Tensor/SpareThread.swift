import CKernels
import Foundation
import Synchronization

/// A thread that computes one thing beside its caller. It stays awake for a moment afterwards: the next layer of a text follows
/// within microseconds, and waking a thread takes longer than that layer.
package final class SpareThread: Sendable {
    /// The one of the process.
    package static let shared = SpareThread()

    private enum State {
        /// Nobody uses the thread.
        static let free = 0
        /// A caller has it, and its work is not there yet or not any more.
        static let claimed = 1
        /// Work waits to be taken by the thread, or by its caller again.
        static let posted = 2
        /// The thread computes.
        static let taken = 3
        /// The thread has computed.
        static let done = 4
    }

    /// How long either side stays awake.
    private static let patience = Duration.microseconds(100)

    private let state = Atomic(State.free)
    /// Written by the caller before `posted`, read by the thread after `taken`.
    private nonisolated(unsafe) var work: (@Sendable () -> Void)?
    private let isAsleep = Atomic(false), callerIsAsleep = Atomic(false)
    private let wakes = DispatchSemaphore(value: 0), callerWakes = DispatchSemaphore(value: 0)

    /// Starts the thread, which ends with the process.
    package init() {
        let thread = Thread { [self] in serve() }
        thread.name = "gloss-spare"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Wakes the thread for work that is about to come.
    package func prepare() { if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { wakes.signal() } }

    /// Computes both, `second` on this thread where it is free and quick enough to take it.
    package func run(_ first: () -> Void, beside second: @Sendable () -> Void) {
        guard claim() else {
            first()
            return second()
        }
        withoutActuallyEscaping(second) { second in
            work = second
            state.store(State.posted, ordering: .sequentiallyConsistent)
            prepare()
            first()
            let isLate = state.compareExchange(
                expected: State.posted, desired: State.claimed, ordering: .acquiringAndReleasing
            ).exchanged
            if isLate {
                second()
            } else {
                wait(callerIsAsleep, callerWakes) { state.load(ordering: .sequentiallyConsistent) == State.done }
            }
            work = nil
        }
        state.store(State.free, ordering: .releasing)
    }

    private func claim() -> Bool {
        state.compareExchange(expected: State.free, desired: State.claimed, ordering: .acquiringAndReleasing).exchanged
    }

    private func serve() {
        while true {
            wait(isAsleep, wakes) { state.load(ordering: .sequentiallyConsistent) == State.posted }
            let isMine = state.compareExchange(
                expected: State.posted, desired: State.taken, ordering: .acquiringAndReleasing
            ).exchanged
            guard isMine else { continue }
            compute()
            state.store(State.done, ordering: .sequentiallyConsistent)
            if callerIsAsleep.exchange(false, ordering: .sequentiallyConsistent) { callerWakes.signal() }
        }
    }

    /// A call of its own: nothing holds the work any more when its caller is told.
    @inline(never)
    private func compute() { work?() }

    /// Returns once `holds`: awake for a moment, then asleep until a signal, which whoever changes the state gives.
    private func wait(_ isAsleep: borrowing Atomic<Bool>, _ wakes: DispatchSemaphore, _ holds: () -> Bool) {
        while true {
            let end = ContinuousClock.now + Self.patience
            repeat {
                for _ in 0..<32 {
                    if holds() { return }
                    gloss_relax()
                }
            } while ContinuousClock.now < end
            isAsleep.store(true, ordering: .sequentiallyConsistent)
            // What came meanwhile is not waited for; its signal may come later and wakes once for nothing.
            if holds(), isAsleep.exchange(false, ordering: .sequentiallyConsistent) { return }
            wakes.wait()
        }
    }
}
