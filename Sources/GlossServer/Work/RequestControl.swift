import Synchronization

/// What all work of one request shares: whether anybody still waits for it.
final class RequestControl: Sendable {
    /// Whose request it is, for fairness between peers.
    let peer: UInt64
    /// When the answer is too late.
    let deadline: ContinuousClock.Instant?
    private let isCancelled = Atomic(false)

    init(peer: UInt64, deadline: ContinuousClock.Instant?) {
        self.peer = peer
        self.deadline = deadline
    }

    /// Nobody waits any more.
    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    /// Why the work is not worth doing any more, if so.
    var end: WorkError? {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        if let deadline, ContinuousClock.now >= deadline { return .late }
        return nil
    }
}

/// Why work was not done.
enum WorkError: Error {
    /// The client has gone.
    case cancelled
    /// The request's deadline has passed.
    case late
    /// The daemon stops.
    case stopping
}
