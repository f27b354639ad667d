import Synchronization

/// What all work of one request shares: whether anybody still waits for it.
package final class RequestControl: Sendable {
    /// Whose request it is, for fairness between peers.
    package let peer: UInt64
    /// When the answer is too late.
    package let deadline: ContinuousClock.Instant?
    private let isCancelled = Atomic(false)
    /// The number of what is called at the deadline; none yet, or none any more.
    private let alarm = Mutex<(number: UInt64?, hasEnded: Bool)>((nil, false))

    package init(peer: UInt64, deadline: ContinuousClock.Instant?) {
        self.peer = peer
        self.deadline = deadline
    }

    /// Nobody waits any more.
    package func cancel() { isCancelled.store(true, ordering: .relaxed) }

    /// Why the work is not worth doing any more, if so.
    var end: WorkError? {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        if let deadline, ContinuousClock.now >= deadline { return .late }
        return nil
    }

    /// Calls `late` at the deadline unless the request has ended.
    func begin(_ late: @escaping @Sendable () -> Void) {
        guard let deadline else { return }
        alarm.withLock { alarm in
            if !alarm.hasEnded { alarm.number = Deadlines.shared.add(deadline, late) }
        }
    }

    /// The request has its answer; what is left of its work is dropped where that was a failure.
    func end(cancels: Bool) {
        if cancels { cancel() }
        let number = alarm.withLock { alarm in
            alarm.hasEnded = true
            return alarm.number
        }
        if let number { Deadlines.shared.remove(number) }
    }

    /// Calls `late` at the deadline unless `body` has ended, so that a request is answered in time even while its work
    /// cannot be interrupted. When `body` throws, what is left of the work is dropped.
    func whileWaiting<Value>(_ late: @escaping @Sendable () -> Void, _ body: () async throws -> Value) async throws
        -> Value
    {
        let alarm = deadline.map { Deadlines.shared.add($0, late) }
        defer { if let alarm { Deadlines.shared.remove(alarm) } }
        do {
            return try await body()
        } catch {
            cancel()
            throw error
        }
    }
}

/// Why work was not done.
package enum WorkError: Error {
    /// The client has gone.
    case cancelled
    /// The request's deadline has passed.
    case late
    /// The daemon stops.
    case stopping
}
