import Foundation
import GlossStore
import GlossTestSupport
import Testing

/// No space left: the error says so, and the store is what it was before.
@Suite struct FullDiskTests {
    let sentiment: ModelReference

    init() throws { sentiment = try ModelReference(name: "sentiment") }

    /// Fills a store until it refuses, then checks that nothing was lost and that it still works.
    private func expectFullAndUnchanged(_ store: ModelStore, tooLarge: Int) throws {
        try store.save(sample(seed: 1))
        try store.saveCheckpoint(run: "run", step: 1, payload: noise(5000, seed: 5))
        let before = try store.summaries()
        let error = #expect(throws: StoreError.self) { try store.save(sample(seed: 2, tensorBytes: tooLarge)) }
        #expect(error?.kind == .full)
        #expect(error?.message.contains(store.path) == true)
        #expect(error?.message.contains("no space left, nothing was changed") == true)
        let checkpoint = #expect(throws: StoreError.self) {
            try store.saveCheckpoint(run: "run", step: 2, payload: noise(tooLarge, seed: 6))
        }
        #expect(checkpoint?.kind == .full)
        #expect(try store.summaries() == before)
        #expect(try store.load(sentiment) == sample(seed: 1).numbered(1))
        #expect(try store.checkpoint(run: "run")?.payload == noise(5000, seed: 5))
        #expect(try store.verify().isEmpty)
        #expect(try store.save(sample(seed: 3)) == 2)
        #expect(try store.load(sentiment) == sample(seed: 3).numbered(2))
    }

    @Test func aStoreWithALimitRefusesWhatExceedsIt() throws {
        let folder = try TemporaryFolder()
        let store = try ModelStore(
            path: folder.file("models.sqlite"), mode: .readWrite, journal: .writeAhead, maximumPages: 100)
        try expectFullAndUnchanged(store, tooLarge: 1 << 20)
    }

    @Test(.enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a small disk"))
    func aFullDiskLeavesTheStoreAsItWas() throws {
        let disk = try TemporaryDisk(kilobytes: 1024)
        let store = try ModelStore(path: disk.file("models.sqlite"), mode: .readWrite)
        try expectFullAndUnchanged(store, tooLarge: 2 << 20)
        try store.close()
        #expect(try ModelStore(path: store.path, mode: .readOnly).load(sentiment) == sample(seed: 3).numbered(2))
    }

    @Test(
        .enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a small disk"),
        arguments: [8, 64, 100])
    func aDiskTooSmallForAStoreStaysEmpty(kilobytes: Int) throws {
        let disk = try TemporaryDisk(kilobytes: kilobytes)
        let error = #expect(throws: StoreError.self) {
            try ModelStore(path: disk.file("models.sqlite"), mode: .readWrite)
        }
        #expect(error?.kind == .full, "\(error?.message ?? "")")
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
    }

    @Test(.enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a small disk"))
    func anExportThatDoesNotFitLeavesNothing() throws {
        let folder = try TemporaryFolder()
        let store = try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite)
        try store.save(sample(tensorBytes: 2 << 20))
        let disk = try TemporaryDisk(kilobytes: 1024)
        let error = #expect(throws: StoreError.self) { try store.export([sentiment], to: disk.file("out.sqlite")) }
        #expect(error?.kind == .full, "\(error?.message ?? "")")
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
    }

    /// SQLite wants 32 KiB of index beside a store before it reads it.
    @Test(.enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a small disk"))
    func aStoreIsReadWhereThereIsNoRoomLeft() throws {
        let disk = try TemporaryDisk(kilobytes: 1024)
        let store = try ModelStore(path: disk.file("models.sqlite"), mode: .readWrite)
        try store.save(sample())
        try store.close()
        try? Data(count: 2 << 20).write(to: URL(fileURLWithPath: disk.file("rest")))
        let rest = FileHandle(forWritingAtPath: disk.file("rest"))
        while (try? rest?.write(contentsOf: Data(count: 1024))) != nil, rest != nil {}
        let reader = try ModelStore(path: store.path, mode: .readOnly)
        #expect(try reader.load(sentiment) == sample().numbered(1))
        #expect(try reader.verify().isEmpty)
    }
}
