import Foundation
import Synchronization

/// A piece of work that a worker takes at once.
package struct Work: Sendable {
    /// The request that it is for.
    package let control: RequestControl
    /// About how many tokens it computes.
    package let cost: Int
    /// Work with the same key is computed together; nil: alone.
    package let key: ObjectIdentifier?
    /// Computes pieces of one key, this one among them.
    package let run: @Sendable ([Work]) -> Void
    /// What `run` takes of each piece.
    package let payload: any Sendable
    /// Told when the piece is dropped.
    package let drop: @Sendable (WorkError) -> Void

    package init(
        control: RequestControl, cost: Int, key: ObjectIdentifier?, run: @escaping @Sendable ([Work]) -> Void,
        payload: any Sendable, drop: @escaping @Sendable (WorkError) -> Void
    ) {
        self.control = control
        self.cost = cost
        self.key = key
        self.run = run
        self.payload = payload
        self.drop = drop
    }
}

/// Work waits here for one of the workers, a thread a core. Peers take turns; what fits together is computed together.
package final class WorkQueue: Sendable {
    private struct State {
        /// Waiting work by peer, and the peers that have some, the one whose turn it is first.
        var waiting: [UInt64: ArraySlice<Work>] = [:]
        var turns: [UInt64] = []
        var count = 0
        /// What it costs together.
        var cost = 0
        var isStopping = false
        /// Long pieces that are being computed.
        var longRunning = 0
        /// When each worker that computes began its batch.
        var begun: [Int: ContinuousClock.Instant] = [:]
        /// Workers that sleep, and event loops that pause.
        var asleep = 0, pausing = 0
        var watch = Watch.none
    }

    /// Whether a worker looks out for work that is expected.
    private enum Watch {
        case none
        /// One was woken for it.
        case called
        /// It looks.
        case kept
        /// Work has come for it.
        case served
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)
    private let batchEnd = DispatchSemaphore(value: 0)
    private let budget: Int
    private let workers: Int
    /// Called with the tokens and pieces of each batch and the seconds it took.
    private let measured: @Sendable (_ tokens: Int, _ pieces: Int, _ seconds: Double) -> Void

    /// Pieces that are computed together at most.
    private static let maximumPieces = 512

    /// Tokens that are computed together even while another worker has nothing to do: fewer at once cost more each.
    private static let leastShare = 384

    /// How long a worker lets a batch grow that would be less than its last one, in microseconds, again and again while it
    /// does grow: the clients whose answers have just gone out are about to ask again, and many texts at once cost less each
    /// than few.
    private static let patience: UInt32 = 100
    private static let mostWaits = 10
    /// Pieces of a last batch from which on that is worth a wait.
    private static let leastCrowd = 8

    private static let longestPause = DispatchTimeInterval.milliseconds(2)

    /// How long a worker looks out for work that is expected.
    private static let watchTime = Duration.microseconds(100)

    /// Starts `workers` threads that compute about `budget` tokens at a time.
    package init(workers: Int, budget: Int, measured: @escaping @Sendable (Int, Int, Double) -> Void) {
        self.budget = budget
        self.workers = workers
        self.measured = measured
        for number in 0..<workers {
            let thread = Thread { [self] in work(number) }
            thread.name = "gloss-worker-\(number)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Pieces that wait.
    package var count: Int { state.withLock { $0.count } }

    /// Threads that a batch which is being computed may take: more than one where no other work is there for them.
    package var spareThreads: Int { state.withLock { $0.count == 0 && $0.begun.count <= 1 ? workers : 1 } }

    /// Returns at once unless all workers compute: then when one has ended its batch, or after `longestPause`.
    ///
    /// What an event loop would bring meanwhile could not be begun, and each time it runs it takes the processor from a worker.
    package func pauseWhileBusy() {
        let pauses = state.withLock { state in
            guard state.begun.count == workers else { return false }
            state.pausing += 1
            return true
        }
        guard pauses, batchEnd.wait(timeout: .now() + Self.longestPause) == .timedOut else { return }
        let isSignalled = state.withLock { state in
            defer { state.pausing = max(state.pausing - 1, 0) }
            return state.pausing == 0
        }
        // It ended in the same moment.
        if isSignalled { batchEnd.wait() }
    }

    /// How long the longest batch that is being computed has taken until now.
    package var longest: Duration {
        state.withLock { $0.begun.values.min().map { .now - $0 } ?? .zero }
    }

    /// Wakes a worker, if all sleep, for work that is about to come: waking takes longer than reading a short request.
    package func expect() {
        let calls = state.withLock { state in
            guard state.asleep == workers, state.watch == .none else { return false }
            state.watch = .called
            return true
        }
        if calls { signal.signal() }
    }

    /// Adds work in its order.
    package func add(_ pieces: [Work]) {
        let (isStopping, isWatched) = state.withLock { state in
            guard !state.isStopping else { return (true, false) }
            for piece in pieces {
                if state.waiting[piece.control.peer, default: []].isEmpty { state.turns.append(piece.control.peer) }
                state.waiting[piece.control.peer, default: []].append(piece)
            }
            state.count += pieces.count
            state.cost += pieces.reduce(0) { $0 + $1.cost }
            // Who looks out finds it without a signal.
            let isWatched = !pieces.isEmpty && (state.watch == .called || state.watch == .kept)
            if isWatched { state.watch = .served }
            return (false, isWatched)
        }
        if isStopping { return pieces.forEach { $0.drop(.stopping) } }
        for _ in 0..<min(pieces.count, workers) - (isWatched ? 1 : 0) { signal.signal() }
    }

    /// Ends the threads; what waits is dropped.
    package func stop() {
        let dropped = state.withLock { state in
            state.isStopping = true
            defer {
                state.waiting = [:]
                state.turns = []
                (state.count, state.cost) = (0, 0)
            }
            return state.waiting.values.flatMap { $0 }
        }
        dropped.forEach { $0.drop(.stopping) }
        for _ in 0..<workers { signal.signal() }
    }

    private func work(_ worker: Int) {
        var last = 0
        while true {
            state.withLock { $0.asleep += 1 }
            signal.wait()
            state.withLock { $0.asleep -= 1 }
            watch()
            while let batch = take(after: last) {
                last = batch.count
                var live: [Work] = []
                for piece in batch {
                    if let end = piece.control.end { piece.drop(end) } else { live.append(piece) }
                }
                if let first = live.first {
                    let started = ContinuousClock.now
                    state.withLock { $0.begun[worker] = started }
                    first.run(live)
                    let pausing = state.withLock { state in
                        state.begun[worker] = nil
                        defer { state.pausing = 0 }
                        return state.pausing
                    }
                    for _ in 0..<pausing { batchEnd.signal() }
                    let tokens = live.reduce(0) { $0 + $1.cost }
                    measured(tokens, live.count, (ContinuousClock.now - started) / .seconds(1))
                }
                let isLong = batch.first.map { $0.cost > 4 * budget } ?? false
                if isLong { state.withLock { $0.longRunning -= 1 } }
            }
            if state.withLock({ $0.isStopping }) { return }
        }
    }

    /// Looks out for work for a moment, where this worker was woken for what is expected.
    private func watch() {
        let isCalled = state.withLock { state in
            switch state.watch {
            case .called:
                state.watch = .kept
                return true
            case .served:
                state.watch = .none
                return false
            case .none, .kept: return false
            }
        }
        guard isCalled else { return }
        let end = ContinuousClock.now + Self.watchTime
        // Who adds work needs the lock too: it is left alone between two looks.
        while count == 0, ContinuousClock.now < end { sched_yield() }
        state.withLock { $0.watch = .none }
    }

    /// The next pieces, after a batch of `last`.
    private func take(after last: Int) -> [Work]? {
        var waits = 0, before = 0
        while last >= Self.leastCrowd, waits < Self.mostWaits, case let now = count, (before + 1..<last).contains(now) {
            usleep(Self.patience)
            (waits, before) = (waits + 1, now)
        }
        return take()
    }

    /// The next pieces: the first of the peer whose turn it is, and of all peers those that fit together with it.
    private func take() -> [Work]? {
        state.withLock { state in
            // What waits is for all workers.
            let budget = min(budget, max(Self.leastShare, (state.cost + workers - 1) / workers))
            // One worker stays free of long pieces, so that short ones are never stuck behind them.
            let mayBeLong = workers == 1 || state.longRunning < workers - 1
            func isAllowed(_ piece: Work) -> Bool { mayBeLong || piece.cost <= 4 * self.budget }
            guard let turn = state.turns.firstIndex(where: { isAllowed(state.waiting[$0]!.first!) }) else { return nil }
            let first = pop(&state, turn)
            var batch = [first]
            if first.cost > 4 * self.budget { state.longRunning += 1 }
            guard let key = first.key else { return batch }
            var tokens = first.cost, passed = 0
            while tokens < budget, batch.count < Self.maximumPieces, passed < state.turns.count {
                let peer = state.turns[0]
                if let next = state.waiting[peer]?.first, next.key == key, tokens + next.cost <= budget {
                    tokens += next.cost
                    batch.append(pop(&state, 0))
                    passed = 0
                } else {
                    state.turns.append(state.turns.removeFirst())
                    passed += 1
                }
            }
            return batch
        }
    }

    /// Takes the first piece of the peer at a place in the order, who goes to its end.
    private func pop(_ state: inout State, _ turn: Int) -> Work {
        let peer = state.turns.remove(at: turn)
        let piece = state.waiting[peer]!.popFirst()!
        if state.waiting[peer]!.isEmpty { state.waiting[peer] = nil } else { state.turns.append(peer) }
        state.count -= 1
        state.cost -= piece.cost
        return piece
    }
}
