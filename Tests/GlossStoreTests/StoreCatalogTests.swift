import Foundation
import GlossStore
import Testing

@Suite struct StoreCatalogTests {
    let folder: TemporaryFolder
    let sentiment: ModelReference

    init() throws {
        folder = try TemporaryFolder()
        sentiment = try ModelReference(name: "sentiment")
        let store = try ModelStore(path: folder.file("making.sqlite"), mode: .readWrite)
        for seed in 1...2 { try store.save(sample(seed: UInt64(seed))) }
        try store.save(sample("tagger", seed: 3))
        try store.export([ModelReference(parsing: "sentiment:2"), ModelReference(name: "tagger")], to: shippedPath)
    }

    private var userPath: String { folder.file("user.sqlite") }
    private var shippedPath: String { folder.file("shipped.sqlite") }

    private func catalog(shipped: String? = nil) throws -> StoreCatalog {
        try StoreCatalog(
            paths: StorePaths(
                store: userPath, environment: ["GLOSS_SHIPPED": shipped ?? shippedPath],
                executable: folder.file("gloss")))
    }

    @Test func shippedModelsAreThereBeforeTheUserHasAStore() throws {
        let catalog = try catalog()
        #expect(catalog.user == nil)
        #expect(try catalog.load(sentiment) == sample(seed: 2).numbered(2))
        #expect(try catalog.summaries().map(\.origin) == [.shipped, .shipped])
        #expect(!FileManager.default.fileExists(atPath: userPath))
    }

    @Test func theUsersModelsGoFirst() throws {
        try ModelStore(path: userPath, mode: .readWrite).save(sample(seed: 7))
        let catalog = try catalog()
        #expect(try catalog.load(sentiment) == sample(seed: 7).numbered(1))
        #expect(try catalog.load(ModelReference(parsing: "sentiment:2")) == sample(seed: 2).numbered(2))
        #expect(try catalog.summary(sentiment).origin == .user)
        #expect(try catalog.summary(ModelReference(name: "tagger")).origin == .shipped)
        let entries = try catalog.summaries()
        #expect(entries.map(\.origin) == [.user, .shipped, .shipped])
        #expect(entries.map(\.summary.reference.description) == ["sentiment:1", "sentiment:2", "tagger:1"])
    }

    @Test func whatIsNowhereIsNamedWithThePlaces() throws {
        let error = #expect(throws: StoreError.self) { try catalog().load(ModelReference(name: "nobody")) }
        #expect(error?.kind == .notFound)
        #expect(
            error?.message
                == "there is no model nobody in \(userPath) (which does not exist yet) or \(shippedPath); there is sentiment:2, tagger:1"
        )
    }

    @Test func aDamagedStoreOfTheUserIsNotPassedOver() throws {
        try Data("not a store".utf8).write(to: URL(fileURLWithPath: userPath))
        let error = #expect(throws: StoreError.self) { try catalog() }
        #expect(error?.kind == .foreign)
        unlink(userPath)
        let store = try ModelStore(path: userPath, mode: .readWrite)
        try store.save(sample())
        try store.inspect("DROP TABLE metric")
        let damaged = #expect(throws: StoreError.self) { try catalog().load(sentiment) }
        #expect(damaged?.kind == .damaged)
        #expect(damaged?.message.contains(userPath) == true)
    }

    @Test func aShippedStoreThatIsNamedMustBeThere() throws {
        let error = #expect(throws: StoreError.self) { try catalog(shipped: folder.file("none.sqlite")) }
        #expect(error?.kind == .notFound)
    }

    @Test func oneFileIsNotListedTwice() throws {
        try FileManager.default.createSymbolicLink(atPath: userPath, withDestinationPath: shippedPath)
        #expect(try catalog().summaries().map(\.origin) == [.user, .user])
    }
}
