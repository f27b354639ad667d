import Foundation
import GlossStore
import Testing

@Suite struct ModelStoreTests {
    @Test(arguments: [ModelStore.Mode.readOnly, .readWrite])
    func theDataVersionTellsOfChangesByOthers(mode: ModelStore.Mode) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        let writer = try ModelStore(path: path, mode: .readWrite)
        try writer.save(sample())
        let watcher = try ModelStore(path: path, mode: mode)
        let before = try watcher.dataVersion
        #expect(try watcher.dataVersion == before)
        try writer.save(sample())
        let after = try watcher.dataVersion
        #expect(after != before)
        #expect(try watcher.dataVersion == after)
        #expect(try watcher.summaries().count == 2)
        _ = try ModelStore(path: path, mode: .readWrite).summaries()
        #expect(try watcher.dataVersion == after, "opening a store changes nothing")
        try writer.rollback(ModelReference(parsing: "sentiment:1"))
        #expect(try watcher.dataVersion != after)
    }

    @Test func anEmptyStoreIsWhole() throws {
        let folder = try TemporaryFolder()
        let store = try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite)
        #expect(try store.summaries().isEmpty)
        #expect(try store.checkpointRuns().isEmpty)
        #expect(try store.verify().isEmpty)
        #expect(store.path == folder.file("models.sqlite"))
        try store.close()
        #expect(try folder.contents == ["models.sqlite"])
    }

    @Test func openingASecondStoreKeepsTheLocksOfTheFirst() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        let first = try ModelStore(path: path, mode: .readWrite)
        try first.save(sample(seed: 1)) { _, _ in
            // Another connection comes and goes while this one is writing.
            #expect(throws: Never.self) { try ModelStore(path: path, mode: .readOnly).close() }
        }
        #expect(
            try folder.contents.contains("models.sqlite-wal"), "the log is in use, the second one did not remove it")
        #expect(try first.verify().isEmpty)
    }

    @Test func everyMessageIsOneLine() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: StoreError.self) {
            try ModelStore(path: folder.file("two\nlines.sqlite"), mode: .readOnly)
        }
        #expect(error?.message.contains("two lines.sqlite") == true)
    }
}
