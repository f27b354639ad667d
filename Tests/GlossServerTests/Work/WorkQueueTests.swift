import Dispatch
import Foundation
import GlossServer
import Synchronization
import Testing

struct WorkQueueTests {
    /// What pieces were computed together, by name, in their order.
    private final class Journal: Sendable {
        private let entries = Mutex<[[String]]>([])
        private let missing: Mutex<Int>
        private let done = DispatchSemaphore(value: 0)

        init(pieces: Int) { missing = Mutex(pieces) }

        func add(_ batch: [String]) {
            entries.withLock { $0.append(batch) }
            let isLast = missing.withLock { missing in
                missing -= batch.count
                return missing == 0
            }
            if isLast { done.signal() }
        }

        func whole() -> [[String]] {
            #expect(done.wait(timeout: .now() + 20) == .success)
            return entries.withLock { $0 }
        }
    }

    private final class Key {}

    private func work(
        _ name: String, peer: UInt64, cost: Int = 1, key: ObjectIdentifier? = nil, _ journal: Journal,
        control: RequestControl? = nil
    ) -> Work {
        Work(
            control: control ?? RequestControl(peer: peer, deadline: nil), cost: cost, key: key,
            run: { journal.add($0.compactMap { $0.payload as? String }) }, payload: name,
            drop: { journal.add(["\($0) \(name)"]) })
    }

    /// A queue whose one worker waits until it is released.
    private func held(budget: Int = 10) -> (queue: WorkQueue, release: DispatchSemaphore) {
        let queue = WorkQueue(workers: 1, budget: budget) { _, _, _ in }
        let release = DispatchSemaphore(value: 0)
        block(queue, until: release)
        return (queue, release)
    }

    /// Returns when one of the queue's workers waits for `release`.
    private func block(_ queue: WorkQueue, until release: DispatchSemaphore) {
        let started = DispatchSemaphore(value: 0)
        queue.add([
            Work(
                control: RequestControl(peer: 0, deadline: nil), cost: 1, key: nil,
                run: { _ in
                    started.signal()
                    release.wait()
                }, payload: (), drop: { _ in })
        ])
        started.wait()
    }

    @Test func peersTakeTurns() {
        let journal = Journal(pieces: 5)
        let (queue, release) = held()
        queue.add(["a1", "a2", "a3"].map { work($0, peer: 1, journal) })
        queue.add(["b1", "b2"].map { work($0, peer: 2, journal) })
        release.signal()
        #expect(journal.whole() == [["a1"], ["b1"], ["a2"], ["b2"], ["a3"]])
        queue.stop()
    }

    /// What is expected may come while a worker looks out for it, after it has given up, or not at all.
    @Test(arguments: [1, 2]) func whatIsExpectedIsDone(workers: Int) {
        let queue = WorkQueue(workers: workers, budget: 10) { _, _, _ in }
        for round in 0..<300 {
            let journal = Journal(pieces: 3)
            queue.expect()
            if round % 3 == 0 { usleep(UInt32(round)) }
            if round % 4 == 0 { queue.expect() }
            queue.add(["a", "b", "c"].map { work($0, peer: 1, journal) })
            #expect(journal.whole().count == 3)
        }
        queue.stop()
    }

    /// A batch that is alone may take the threads of workers who have nothing to do.
    @Test func threadsAreSpareWhileOneBatchIsAlone() {
        let queue = WorkQueue(workers: 2, budget: 10) { _, _, _ in }
        let release = DispatchSemaphore(value: 0), waiting = Journal(pieces: 1)
        block(queue, until: release)
        #expect(queue.spareThreads == 2)
        block(queue, until: release)
        #expect(queue.spareThreads == 1)
        queue.add([work("a", peer: 1, waiting)])
        #expect(queue.spareThreads == 1)
        release.signal()
        release.signal()
        #expect(waiting.whole() == [["a"]])
        queue.stop()
    }

    /// What waits is shared by the workers, though one alone could take it all at once.
    @Test func workersShareWhatWaits() {
        let journal = Journal(pieces: 40), key = Key(), release = DispatchSemaphore(value: 0)
        let queue = WorkQueue(workers: 2, budget: 2048) { _, _, _ in }
        for _ in 0..<2 { block(queue, until: release) }
        queue.add((0..<40).map { work("\($0)", peer: UInt64($0), cost: 40, key: ObjectIdentifier(key), journal) })
        release.signal()
        release.signal()
        #expect(journal.whole().allSatisfy { $0.count <= 20 })
        queue.stop()
    }

    @Test func whatHasOneKeyIsComputedTogetherWithinTheBudget() {
        let journal = Journal(pieces: 5), key = Key()
        let (queue, release) = held(budget: 10)
        queue.add(["a1", "a2", "a3"].map { work($0, peer: 1, cost: 4, key: ObjectIdentifier(key), journal) })
        queue.add([work("other", peer: 3, cost: 1, journal)])
        queue.add([work("b1", peer: 2, cost: 4, key: ObjectIdentifier(key), journal)])
        release.signal()
        let batches = journal.whole()
        #expect(batches.first == ["a1", "b1"])
        #expect(batches.allSatisfy { $0.count <= 2 })
        #expect(batches.contains(["other"]))
        queue.stop()
    }

    @Test func whatNobodyWaitsForIsDropped() {
        let journal = Journal(pieces: 3)
        let (queue, release) = held()
        let gone = RequestControl(peer: 1, deadline: nil)
        queue.add([
            work("gone", peer: 1, journal, control: gone),
            work("late", peer: 1, journal, control: RequestControl(peer: 1, deadline: .now)),
            work("wanted", peer: 1, journal),
        ])
        gone.cancel()
        release.signal()
        #expect(journal.whole() == [["cancelled gone"], ["late late"], ["wanted"]])
        queue.stop()
    }

    @Test func aQueueThatHasStoppedTakesNothing() {
        let journal = Journal(pieces: 2)
        let (queue, release) = held()
        queue.add([work("waiting", peer: 1, journal)])
        queue.stop()
        queue.add([work("new", peer: 1, journal)])
        release.signal()
        #expect(journal.whole() == [["stopping waiting"], ["stopping new"]])
    }

    /// Batches end at any moment of a pause: before it, in it, and while its time runs out.
    @Test func pausesEndWhetherABatchEndsOrNot() {
        let (queue, release) = held()
        queue.pauseWhileBusy()
        let pauses = DispatchGroup()
        let count = 300, journal = Journal(pieces: 300)
        for _ in 0..<3 {
            DispatchQueue.global().async(group: pauses) { for _ in 0..<count { queue.pauseWhileBusy() } }
        }
        release.signal()
        for number in 0..<count {
            queue.add([work("\(number)", peer: 1, journal)])
            if number % 10 == 0 { usleep(2500) }
        }
        #expect(pauses.wait(timeout: .now() + 20) == .success)
        #expect(journal.whole().count == count)
        queue.stop()
    }

    /// A worker that was woken beforehand takes one piece; another piece wakes another worker.
    @Test func whatComesAfterTheExpectedWakesAnother() {
        for _ in 0..<50 {
            let queue = WorkQueue(workers: 2, budget: 10) { _, _, _ in }
            let journal = Journal(pieces: 1), isReleased = DispatchSemaphore(value: 0)
            usleep(1000)
            queue.expect()
            queue.add([
                Work(
                    control: RequestControl(peer: 1, deadline: nil), cost: 1, key: nil,
                    run: { _ in
                        // The other piece is done while this one waits for it.
                        let isDone = isReleased.wait(timeout: .now() + 10) == .success
                        journal.add([isDone ? "both" : "one"])
                    }, payload: (), drop: { _ in })
            ])
            queue.add([
                Work(
                    control: RequestControl(peer: 2, deadline: nil), cost: 1, key: nil,
                    run: { _ in isReleased.signal() }, payload: (), drop: { _ in })
            ])
            let done = journal.whole()
            #expect(done == [["both"]])
            queue.stop()
            if done != [["both"]] { break }
        }
    }
}
