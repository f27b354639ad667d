import NIOCore
import Synchronization

/// Work that an event loop brings in one turn, when many requests are there at once, goes to the queue together: the
/// workers, woken once, find all of it.
final class WorkTurn {
    private let queue: WorkQueue
    private let loop: any EventLoop
    private var pieces: [Work] = []

    init(_ queue: WorkQueue, _ loop: any EventLoop) {
        self.queue = queue
        self.loop = loop
    }

    /// Work is about to come.
    func expect() { queue.expect() }

    /// Adds work at the end of this turn. On the event loop alone.
    func add(_ work: [Work]) {
        loop.assertInEventLoop()
        let isFirst = pieces.isEmpty
        pieces += work
        guard isFirst, !pieces.isEmpty else { return }
        let bound = NIOLoopBound(self, eventLoop: loop)
        loop.execute { bound.value.end() }
    }

    private func end() {
        let all = pieces
        pieces.removeAll(keepingCapacity: true)
        queue.add(all)
        queue.pauseWhileBusy()
    }
}

/// The turns of all event loops.
final class WorkTurns: Sendable {
    private let queue: WorkQueue
    private let turns = Mutex<[ObjectIdentifier: NIOLoopBound<WorkTurn>]>([:])

    init(_ queue: WorkQueue) { self.queue = queue }

    /// The turn of an event loop, which has to be the current one.
    func of(_ loop: any EventLoop) -> WorkTurn {
        let bound = turns.withLock { turns in
            let turn = turns[ObjectIdentifier(loop)] ?? NIOLoopBound(WorkTurn(queue, loop), eventLoop: loop)
            turns[ObjectIdentifier(loop)] = turn
            return turn
        }
        return bound.value
    }
}
