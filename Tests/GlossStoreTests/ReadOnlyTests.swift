import Foundation
import GlossStore
import GlossTestSupport
import Testing

/// Stores that may only be read: they answer, and every change is refused with a reason.
@Suite struct ReadOnlyTests {
    let sentiment: ModelReference

    init() throws { sentiment = try ModelReference(name: "sentiment") }

    private func expectReadsButRefusesChanges(_ store: ModelStore) throws {
        #expect(try store.load(sentiment) == sample().numbered(1))
        #expect(try store.verify().isEmpty)
        #expect(try store.dataVersion > 0)
        let changes: [() throws -> Void] = [
            { try store.save(sample()) }, { try store.remove(sentiment) },
            { try store.rollback(sentiment) }, { try store.removeCheckpoint(run: "run") },
            { try store.saveCheckpoint(run: "run", step: 1, payload: Data()) },
        ]
        for change in changes {
            let error = #expect(throws: StoreError.self) { try change() }
            #expect(error?.kind == .readOnly)
            #expect(error?.message.contains(store.path) == true)
        }
    }

    @Test func aStoreOpenedForReadingChangesNothing() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        let writer = try ModelStore(path: path, mode: .readWrite)
        try writer.save(sample())
        try writer.close()
        let before = try bytes(path)
        try expectReadsButRefusesChanges(ModelStore(path: path, mode: .readOnly))
        #expect(try bytes(path) == before)
    }

    @Test(
        .enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a read-only disk"),
        arguments: [ModelStore.Journal.writeAhead, .rollback])
    func aStoreOnAReadOnlyDiskIsRead(journal: ModelStore.Journal) throws {
        let disk = try TemporaryDisk(kilobytes: 2048)
        let path = disk.file("models ?.sqlite")
        let writer = try ModelStore(path: path, mode: .readWrite, journal: journal, maximumPages: nil)
        try writer.save(sample())
        try writer.close()
        try disk.makeReadOnly()
        do {
            try expectReadsButRefusesChanges(ModelStore(path: path, mode: .readOnly))
        }
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: .readWrite) }
        #expect(error?.kind == .readOnly)
        #expect(error?.message.contains("the folder \(disk.path) may not be written to") == true)
        let new = #expect(throws: StoreError.self) { try ModelStore(path: disk.file("new.sqlite"), mode: .readWrite) }
        #expect(new?.kind == .readOnly, "\(new?.message ?? "")")
        let deeper = #expect(throws: StoreError.self) {
            try ModelStore(path: disk.file("a/new.sqlite"), mode: .readWrite)
        }
        #expect(deeper?.kind == .readOnly, "\(deeper?.message ?? "")")
        let lock = #expect(throws: StoreError.self) { try TrainingLock(store: path, model: "sentiment") }
        #expect(lock?.kind == .readOnly)
    }

    @Test(.enabled(if: geteuid() != 0, "no permission binds the superuser"))
    func aFolderWithoutWritePermissionIsRead() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        let writer = try ModelStore(path: path, mode: .readWrite)
        try writer.save(sample())
        try writer.close()
        #expect(chmod(folder.path, 0o555) == 0)
        defer { chmod(folder.path, 0o755) }
        try expectReadsButRefusesChanges(ModelStore(path: path, mode: .readOnly))
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: .readWrite) }
        #expect(error?.kind == .readOnly)
    }

    @Test func aStoreThatAnotherIsWritingToIsWaitedForAndThenNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        let writer = try ModelStore(path: path, mode: .readWrite)
        try writer.save(sample())
        let other = try ModelStore(path: path, mode: .readWrite, busyTimeout: 0.05)
        var refusals: [StoreError] = []
        try writer.save(sample(seed: 2)) { written, _ in
            guard written == 4096 else { return }
            do throws(StoreError) {
                // A reader goes on while one writes, and does not see what is not finished.
                let version = try other.load(sentiment).version
                #expect(version == 1)
                try other.save(sample(seed: 3))
            } catch {
                refusals.append(error)
            }
        }
        #expect(refusals.map(\.kind) == [.busy])
        #expect(refusals.first?.message.contains("another process is writing to the store") == true)
        #expect(try other.save(sample(seed: 3)) == 3)
    }
}
