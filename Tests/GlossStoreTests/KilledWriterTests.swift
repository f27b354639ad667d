import Foundation
import GlossStore
import Testing

/// A process killed in the middle of a change: what was there before is there still, and the change is not.
@Suite struct KilledWriterTests {
    /// Long enough for pages to reach the disk before the transaction ends.
    static let largeTensor = 12 << 20

    @Test(arguments: [0.0, 0.5, 1.0])
    func aKilledSaveLeavesTheOldVersions(fraction: Double) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        try ModelStore(path: path, mode: .readWrite).save(sample(seed: 1))
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, fraction = fraction as Double] in
            let store = try ModelStore(path: path, mode: .readWrite)
            try store.save(sample(seed: 2, tensorBytes: KilledWriterTests.largeTensor)) { written, total in
                if Double(written) >= fraction * Double(total) { kill(getpid(), SIGKILL) }
            }
        }
        #expect(try folder.contents.contains("models.sqlite-wal"))
        let store = try ModelStore(path: path, mode: .readWrite)
        #expect(try store.load(ModelReference(name: "sentiment")) == sample(seed: 1).numbered(1))
        #expect(try store.summaries().count == 1)
        #expect(try store.verify().isEmpty)
        #expect(try store.save(sample(seed: 3)) == 2)
    }

    @Test func aReaderFindsTheOldVersionsBesideTheLogOfAKilledSave() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        try ModelStore(path: path, mode: .readWrite).save(sample(seed: 1))
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try ModelStore(path: path, mode: .readWrite)
            try store.save(sample(seed: 2))
            try store.save(sample(seed: 3, tensorBytes: KilledWriterTests.largeTensor)) { _, _ in
                kill(getpid(), SIGKILL)
            }
        }
        let store = try ModelStore(path: path, mode: .readOnly)
        #expect(try store.load(ModelReference(name: "sentiment")) == sample(seed: 2).numbered(2))
        #expect(try store.verify().isEmpty)
    }

    /// A file that was handed on has no log, but a journal while it is changed: a reader may have to roll it back.
    @Test(arguments: [ModelStore.Mode.readOnly, .readWrite])
    func whatAKilledChangeOfAnExportLeftIsRolledBack(mode: ModelStore.Mode) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        let first = try ModelStore(path: path, mode: .readWrite, journal: .rollback, maximumPages: nil)
        try first.save(sample(seed: 1))
        try first.close()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try ModelStore(path: path, mode: .readWrite, journal: .rollback, maximumPages: nil)
            try store.save(sample(seed: 2, tensorBytes: KilledWriterTests.largeTensor)) { written, total in
                if written == total { kill(getpid(), SIGKILL) }
            }
        }
        #expect(try folder.contents.contains("models.sqlite-journal"))
        let store = try ModelStore(path: path, mode: mode)
        #expect(try store.load(ModelReference(name: "sentiment")) == sample(seed: 1).numbered(1))
        #expect(try store.verify().isEmpty)
    }

    /// What was being made an hour ago and has no name yet is nobody's.
    @Test func whatAKilledMakerLeftIsRemovedLater() throws {
        let folder = try TemporaryFolder()
        let old = Date(timeIntervalSinceNow: -7200)
        for name in [".models.sqlite.01234567.new", ".models.sqlite.0123456A.new", ".models.sqlite.note.new"] {
            for suffix in ["", "-journal"] {
                try Data("part".utf8).write(to: URL(fileURLWithPath: folder.file(name + suffix)))
            }
            if name.contains("A") { continue }
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: folder.file(name))
        }
        try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite).close()
        #expect(
            try folder.contents == [
                ".models.sqlite.0123456A.new", ".models.sqlite.0123456A.new-journal", ".models.sqlite.note.new",
                ".models.sqlite.note.new-journal", "models.sqlite",
            ])
    }

    @Test func aKilledCheckpointLeavesTheEarlierOne() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        try ModelStore(path: path, mode: .readWrite)
            .saveCheckpoint(run: "run", step: 1, payload: noise(9 << 20, seed: 1))
        let ended = try ModelStore(path: path, mode: .readWrite)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try ModelStore(path: path, mode: .readWrite)
            try store.saveCheckpoint(run: "run", step: 2, payload: noise(24 << 20, seed: 2)) { written in
                if written > 12 << 20 { kill(getpid(), SIGKILL) }
            }
        }
        for store in [ended, try ModelStore(path: path, mode: .readOnly)] {
            let checkpoint = try store.checkpoint(run: "run")
            #expect(checkpoint?.step == 1)
            #expect(checkpoint?.payload == noise(9 << 20, seed: 1))
        }
    }

    @Test func aKilledTrainingGivesItsNameBack() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            try withExtendedLifetime(TrainingLock(store: path, model: "sentiment")) { _ in
                _ = kill(getpid(), SIGKILL)
            }
        }
        #expect(try folder.contents == ["models.sqlite.sentiment.lock"])
        let lock = try TrainingLock(store: path, model: "sentiment")
        lock.release()
        #expect(try folder.contents.isEmpty)
    }
}
