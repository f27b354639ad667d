import Foundation
import GlossStore
import Testing

/// Files that are no store of this Gloss: each is named in the error and left exactly as it was.
@Suite struct StoreFileTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("models.sqlite")
    }

    /// A finished store's bytes, without a log beside them.
    private func storeBytes(journal: ModelStore.Journal = .writeAhead) throws -> Data {
        let store = try ModelStore(
            path: folder.file("made.sqlite"), mode: .readWrite, journal: journal, maximumPages: nil)
        try store.save(sample())
        try store.close()
        defer { try? FileManager.default.removeItem(atPath: store.path) }
        return try bytes(store.path)
    }

    private func expectRefusal(_ kind: StoreError.Kind, _ reason: String, mode: ModelStore.Mode) throws {
        let before = try bytes(path)
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: mode) }
        #expect(error?.kind == kind)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(path) == true)
        #expect(try folder.contents == ["models.sqlite"])
        #expect(try bytes(path) == before)
    }

    @Test(
        arguments: [ModelStore.Mode.readOnly, .readWrite],
        ["", "hello", String(repeating: "label\ttext\n", count: 2000)])
    func aFileThatIsNoDatabase(mode: ModelStore.Mode, text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try expectRefusal(.foreign, "is not a Gloss model store", mode: mode)
    }

    @Test(arguments: [ModelStore.Mode.readOnly, .readWrite], [ModelStore.Journal.writeAhead, .rollback])
    func aDatabaseOfAnotherProgram(mode: ModelStore.Mode, journal: ModelStore.Journal) throws {
        var database = try storeBytes(journal: journal)
        database.replaceSubrange(68..<72, with: [0, 0, 0, 0])  // application_id
        try database.write(to: URL(fileURLWithPath: path))
        try expectRefusal(.foreign, "another program made this SQLite database", mode: mode)
    }

    @Test(arguments: [ModelStore.Mode.readOnly, .readWrite], [ModelStore.Journal.writeAhead, .rollback])
    func aStoreOfANewerGloss(mode: ModelStore.Mode, journal: ModelStore.Journal) throws {
        var database = try storeBytes(journal: journal)
        database.replaceSubrange(60..<64, with: [0, 0, 0, 99])  // user_version
        try database.write(to: URL(fileURLWithPath: path))
        try expectRefusal(.foreign, "made by a newer Gloss (format 99, this one knows 1)", mode: mode)
    }

    @Test(arguments: [ModelStore.Mode.readOnly, .readWrite])
    func aFolder(mode: ModelStore.Mode) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: mode) }
        #expect(error?.kind == .foreign)
        #expect(error?.message.contains("not a regular file") == true)
    }

    @Test(.timeLimit(.minutes(1)), arguments: [ModelStore.Mode.readOnly, .readWrite])
    func aPipeIsNotWaitedFor(mode: ModelStore.Mode) throws {
        #expect(mkfifo(path, 0o600) == 0)
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: mode) }
        #expect(error?.kind == .foreign)
    }

    @Test func readingDoesNotMakeAStore() throws {
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: .readOnly) }
        #expect(error?.kind == .notFound)
        #expect(try folder.contents.isEmpty)
    }

    @Test func writingMakesTheFolderAndTheStore() throws {
        let deep = folder.file("a/b c#d?e%20/ünï.sqlite")
        try ModelStore(path: deep, mode: .readWrite).save(sample())
        #expect(try ModelStore(path: deep, mode: .readOnly).summaries().count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
    }

    @Test func aNameThatLooksLikeAnAddressIsAFile() throws {
        let name = folder.file("file:models.sqlite?mode=memory")
        try ModelStore(path: name, mode: .readWrite).save(sample())
        #expect(FileManager.default.fileExists(atPath: name))
        #expect(try ModelStore(path: name, mode: .readOnly).summaries().count == 1)
    }

    @Test(arguments: ["-wal", "-journal"])
    func theLogOfALostStoreIsNotMixedIntoANewOne(suffix: String) throws {
        try Data("log".utf8).write(to: URL(fileURLWithPath: path + suffix))
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: .readWrite) }
        #expect(error?.kind == .invalid)
        #expect(error?.message.contains("models.sqlite\(suffix) of an earlier store") == true)
        #expect(try folder.contents == ["models.sqlite\(suffix)"])
    }

    @Test func anEmptyLogIsNoHindrance() throws {
        for suffix in ["-wal", "-shm"] { try Data().write(to: URL(fileURLWithPath: path + suffix)) }
        try ModelStore(path: path, mode: .readWrite).save(sample())
        #expect(try ModelStore(path: path, mode: .readOnly).verify().isEmpty)
    }

    @Test func aLinkLeadsToItsStore() throws {
        try FileManager.default.createDirectory(atPath: folder.file("real"), withIntermediateDirectories: true)
        let real = try ModelStore(path: folder.file("real/models.sqlite"), mode: .readWrite)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: real.path)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("other"), withDestinationPath: folder.file("real"))
        let link = try ModelStore(path: path, mode: .readWrite)
        try link.save(sample())
        #expect(link.path == real.path)
        #expect(try real.summaries().count == 1)
        #expect(
            try ModelStore(path: folder.file("other/new.sqlite"), mode: .readWrite).path
                == folder.file("real/new.sqlite"))
    }

    @Test func aLinkToNothingLeadsToTheStoreThatIsMade() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.file("first"), withDestinationPath: "second")
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("second"), withDestinationPath: folder.file("new/models.sqlite"))
        let none = #expect(throws: StoreError.self) { try ModelStore(path: folder.file("first"), mode: .readOnly) }
        #expect(none?.kind == .notFound)
        let store = try ModelStore(path: folder.file("first"), mode: .readWrite)
        #expect(store.path == folder.file("new/models.sqlite"))
        try store.save(sample())
        #expect(try ModelStore(path: folder.file("second"), mode: .readOnly).summaries().count == 1)
        try FileManager.default.createSymbolicLink(atPath: folder.file("loop"), withDestinationPath: "loop")
        #expect(throws: StoreError.self) { try ModelStore(path: folder.file("loop"), mode: .readWrite) }
    }

    @Test func manyMakersAtOnceShareOneStore() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for maker in 0..<8 {
                group.addTask { try ModelStore(path: path, mode: .readWrite).save(sample("model\(maker)")) }
            }
            try await group.waitForAll()
        }
        #expect(try ModelStore(path: path, mode: .readOnly).summaries().count == 8)
    }

    /// Pages that somebody is just moving into the file, whose log is gone before anybody looks for it.
    @Test func whatLooksDamagedIsLookedAtAgain() throws {
        let whole = try storeBytes(), file = URL(fileURLWithPath: path)
        let broken = Data(whole[..<4096]) + Data(repeating: 0xFF, count: whole.count - 4096)
        try broken.write(to: file)
        var looks = 1
        let error = #expect(throws: StoreError.self) { try StoreFile.check(path) { looks += 1 } }
        #expect(error?.kind == .damaged && looks == 5)
        #expect(try bytes(path) == broken && folder.contents == ["models.sqlite"])
        try StoreFile.check(path) { try? whole.write(to: file) }
    }

    @Test func aFileThatMayNotBeReadIsNamed() throws {
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path + "/x", mode: .readOnly) }
        #expect(error?.kind == .notFound)
        try storeBytes().write(to: URL(fileURLWithPath: path))
        let below = #expect(throws: StoreError.self) { try ModelStore(path: path + "/x", mode: .readWrite) }
        #expect(below?.kind == .io)
        #expect(below?.message.contains("could not make the folder") == true)
    }
}
