import Foundation
import GlossStore
import Synchronization
import Testing

@Suite struct TrainingLockTests {
    let folder: TemporaryFolder
    let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("deep/models.sqlite")
    }

    @Test func oneNameIsTrainedOnce() throws {
        let lock = try TrainingLock(store: store, model: "sentiment")
        let error = #expect(throws: StoreError.self) { try TrainingLock(store: store, model: "sentiment") }
        #expect(error?.kind == .busy)
        #expect(error?.message.contains("sentiment is already being trained by process \(getpid())") == true)
        #expect(error?.message.contains(lock.path) == true)
        let other = try TrainingLock(store: store, model: "tagger")
        let elsewhere = try TrainingLock(store: folder.file("other.sqlite"), model: "sentiment")
        withExtendedLifetime((other, elsewhere)) {}
    }

    @Test func theNameIsFreeAfterwards() throws {
        let lock = try TrainingLock(store: store, model: "sentiment")
        lock.release()
        lock.release()
        do {
            let again = try TrainingLock(store: store, model: "sentiment")
            #expect(FileManager.default.fileExists(atPath: again.path))
        }
        #expect(!FileManager.default.fileExists(atPath: lock.path))
        _ = try TrainingLock(store: store, model: "sentiment")
    }

    @Test func onlyOneOfManyAtOnceGetsIt() async throws {
        let store = store
        for _ in 0..<50 {
            let locks = await withTaskGroup(of: TrainingLock?.self) { group in
                for _ in 0..<4 {
                    group.addTask { try? TrainingLock(store: store, model: "sentiment") }
                }
                return await group.reduce(into: [TrainingLock]()) { $0 += $1.map { [$0] } ?? [] }
            }
            #expect(locks.count == 1)
        }
    }

    /// Counts how many hold the lock, and the most that ever did at once.
    private final class Holders: Sendable {
        let count = Atomic(0)
        let most = Atomic(0)

        func enter() {
            most.max(count.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
        }

        func leave() { count.subtract(1, ordering: .relaxed) }
    }

    @Test func twoNeverHoldItWhileItChangesHands() async throws {
        let store = store
        let holders = Holders()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<300 {
                        guard let lock = try? TrainingLock(store: store, model: "sentiment") else { continue }
                        holders.enter()
                        sched_yield()
                        // A lock on a file that is gone would keep nobody out.
                        #expect(access(lock.path, F_OK) == 0)
                        holders.leave()
                        lock.release()
                    }
                }
            }
        }
        #expect(holders.most.load(ordering: .relaxed) == 1)
    }

    @Test func aLinkToTheStoreMeansTheSameLock() throws {
        let lock = try TrainingLock(store: store, model: "sentiment")
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link"), withDestinationPath: folder.file("deep"))
        let error = #expect(throws: StoreError.self) {
            try TrainingLock(store: folder.file("link/models.sqlite"), model: "sentiment")
        }
        #expect(error?.message.contains(lock.path) == true)
        lock.release()
    }

    @Test func theNameMustBeOne() {
        let error = #expect(throws: StoreError.self) { try TrainingLock(store: store, model: "../x") }
        #expect(error?.kind == .invalid)
    }
}
