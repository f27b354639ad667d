import Synchronization

/// What all work of one request shares: whether anybody still waits for it.
package final class RequestControl: Sendable {
    /// Whose request it is, for fairness between peers.
    package let peer: UInt64
    /// When the answer is too late.
    package let deadline: ContinuousClock.Instant?
    private let isCancelled = Atomic(false)

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
