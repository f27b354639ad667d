import Foundation
import GlossStore
import Testing

@Suite struct ModelStoreChangesTests {
    let folder: TemporaryFolder
    let store: ModelStore
    let sentiment: ModelReference

    init() throws {
        folder = try TemporaryFolder()
        store = try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite)
        sentiment = try ModelReference(name: "sentiment")
        for seed in 1...3 { try store.save(sample(seed: UInt64(seed))) }
    }

    @Test func rollingBackMovesTheNameAndKeepsTheVersion() throws {
        #expect(try store.rollback(sentiment).description == "sentiment:2")
        #expect(try store.load(sentiment) == sample(seed: 2).numbered(2))
        #expect(try store.summaries().map(\.standing) == [.earlier, .current, .setAside])
        #expect(try store.rollback(sentiment).description == "sentiment:1")
        let first = #expect(throws: StoreError.self) { try store.rollback(sentiment) }
        #expect(first?.kind == .invalid)
        #expect(first?.message.contains("sentiment:1 is the first version") == true)
        #expect(try store.rollback(ModelReference(parsing: "sentiment:3")).version == 3)
        #expect(try store.load(sentiment).version == 3)
        try store.rollback(sentiment)
        #expect(try store.save(sample(seed: 4)) == 4)
        #expect(try store.load(sentiment).version == 4)
        #expect(try store.verify().isEmpty)
        let absent = #expect(throws: StoreError.self) { try store.rollback(ModelReference(parsing: "sentiment:9")) }
        #expect(absent?.kind == .notFound)
    }

    @Test func theNameFollowsWhenItsVersionIsRemoved() throws {
        #expect(try store.remove(ModelReference(parsing: "sentiment:3")).map(\.version) == [3])
        #expect(try store.load(sentiment).version == 2)
        try store.rollback(sentiment)
        try store.remove(ModelReference(parsing: "sentiment:1"))
        #expect(try store.load(sentiment) == sample(seed: 2).numbered(2))
        #expect(try store.save(sample(seed: 9)) == 4, "the number 3 was given before and is not given again")
    }

    @Test func aVersionSetAsideStaysThereWhileAnEarlierOneIsLeft() throws {
        try store.rollback(sentiment)
        try store.remove(ModelReference(parsing: "sentiment:2"))
        #expect(try store.load(sentiment).version == 1)
        try store.remove(ModelReference(parsing: "sentiment:1"))
        #expect(try store.load(sentiment).version == 3)
    }

    @Test func aRemovedVersionBeforeTheCurrentOneMovesNothing() throws {
        try store.remove(ModelReference(parsing: "sentiment:1"))
        #expect(try store.load(sentiment).version == 3)
    }

    @Test func removingAModelLeavesNothingOfIt() throws {
        try store.save(sample("tagger"))
        #expect(try store.remove(sentiment).map(\.version) == [1, 2, 3])
        #expect(try store.summaries().map(\.name) == ["tagger"])
        #expect(throws: StoreError.self) { try store.load(sentiment) }
        try store.remove(ModelReference(name: "tagger"))
        for table in ["version", "tensor", "asset", "metric", "source", "content", "piece"] {
            #expect(try store.inspect("SELECT count(*) FROM \(table)") == ["0"], "\(table)")
        }
        let absent = #expect(throws: StoreError.self) { try store.remove(sentiment) }
        #expect(absent?.kind == .notFound)
    }

    @Test func removedModelsGiveTheirSpaceBack() throws {
        try store.save(sample("large", tensorBytes: 8 << 20))
        try store.close()
        let before = try bytes(store.path).count
        let again = try ModelStore(path: store.path, mode: .readWrite)
        try again.remove(ModelReference(name: "large"))
        try again.close()
        #expect(try bytes(store.path).count < before - (8 << 20))
    }

    @Test(arguments: ["version", "tensor", "asset", "metric", "source", "content", "piece"])
    func aSavedRowIsNeverChanged(table: String) throws {
        let column = try #require(try store.inspect("SELECT name FROM pragma_table_info('\(table)') LIMIT 1").first)
            .trimmingCharacters(in: ["\""])
        let error = #expect(throws: StoreError.self) { try store.inspect("UPDATE \(table) SET \(column) = \(column)") }
        #expect(error?.message.contains("a saved \(table) is never changed") == true, "\(error?.message ?? "")")
    }
}
