import Foundation
import GlossStore
import Testing

@Suite struct ModelStoreTransferTests {
    let folder: TemporaryFolder
    let store: ModelStore
    let sentiment: ModelReference

    init() throws {
        folder = try TemporaryFolder()
        store = try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite)
        sentiment = try ModelReference(name: "sentiment")
        for seed in 1...2 { try store.save(sample(seed: UInt64(seed), tensorBytes: 5 << 20)) }
        try store.save(sample("tagger", seed: 3))
    }

    @Test func anExportIsAStoreOfItsOwn() throws {
        let file = folder.file("out.sqlite")
        try store.export([sentiment], to: file)
        let exported = try ModelStore(path: file, mode: .readOnly)
        #expect(try exported.summaries().map(\.reference.description) == ["sentiment:2"])
        #expect(try exported.load(sentiment) == sample(seed: 2, tensorBytes: 5 << 20).numbered(2))
        #expect(try exported.verify().isEmpty)
        try exported.close()
        #expect(try folder.contents.filter { $0.hasPrefix("out") || $0.hasPrefix(".") } == ["out.sqlite"])
        // The file formats at offsets 18 and 19: 1 is a rollback journal, which needs no index file to be read.
        #expect(try bytes(file)[18..<20] == Data([1, 1]))
        #expect(try bytes(file).count < (5 << 20) + 200_000)
    }

    @Test func severalModelsGoIntoOneFile() throws {
        let file = folder.file("shipped.sqlite")
        try store.export([ModelReference(parsing: "sentiment:1"), ModelReference(name: "tagger")], to: file)
        let shipped = try ModelStore(path: file, mode: .readOnly)
        #expect(try shipped.summaries().map(\.reference.description) == ["sentiment:1", "tagger:1"])
        #expect(try shipped.load(sentiment).version == 1)
    }

    @Test func anExportOverwritesNothing() throws {
        let file = folder.file("out.sqlite")
        try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
        let error = #expect(throws: StoreError.self) { try store.export([sentiment], to: file) }
        #expect(error?.kind == .invalid)
        #expect(error?.message.contains("\(file) already exists") == true)
        #expect(try bytes(file) == Data("mine".utf8))
    }

    @Test func anExportOfNothingLeavesNoFile() throws {
        let error = #expect(throws: StoreError.self) {
            try store.export([ModelReference(name: "nobody")], to: folder.file("out.sqlite"))
        }
        #expect(error?.kind == .notFound)
        #expect(try folder.contents.filter { !$0.hasPrefix("models") }.isEmpty)
    }

    /// Saves what a file holds in a store, as the command does.
    @discardableResult
    private func take(
        _ file: String, _ reference: ModelReference? = nil, as name: String? = nil, into target: ModelStore
    ) throws -> [ModelReference] {
        let source = try ModelStore(path: file, mode: .readOnly)
        return try target.import(source.versions(reference), from: source, as: name)
    }

    @Test(arguments: [["sentiment:2", "sentiment:1"], ["sentiment:1", "sentiment:2"]])
    func anExportedNameMeansWhatItMeansHere(order: [String]) throws {
        let references = try order.map { try ModelReference(parsing: $0) }
        try store.export(references, to: folder.file("two.sqlite"))
        #expect(try ModelStore(path: folder.file("two.sqlite"), mode: .readOnly).load(sentiment).version == 2)
        try store.rollback(sentiment)
        try store.export(references, to: folder.file("one.sqlite"))
        #expect(try ModelStore(path: folder.file("one.sqlite"), mode: .readOnly).load(sentiment).version == 1)
    }

    @Test func numbersBeginAboveThoseOfWhatShips() throws {
        let own = try ModelStore(
            path: folder.file("own.sqlite"), mode: .readWrite, reserved: try store.latestNumbers())
        #expect(try own.save(sample(seed: 5)) == 3)
        #expect(try own.save(sample(seed: 6)) == 4)
        #expect(try own.save(sample("mine", seed: 6)) == 1)
        #expect(try take(store.path, into: own).map(\.description) == ["sentiment:5", "tagger:2"])
    }

    @Test func anImportTakesTheNextNumber() throws {
        let file = folder.file("out.sqlite")
        try store.export([ModelReference(parsing: "sentiment:1")], to: file)
        let before = try bytes(file)
        #expect(try take(file, into: store).map(\.description) == ["sentiment:3"])
        #expect(try store.load(sentiment) == sample(seed: 1, tensorBytes: 5 << 20).numbered(3))
        #expect(try take(file, as: "mine", into: store).map(\.description) == ["mine:1"])
        #expect(try bytes(file) == before)
    }

    @Test func anImportTakesTheCurrentVersionsOrTheOneNamed() throws {
        let other = try ModelStore(path: folder.file("other.sqlite"), mode: .readWrite)
        #expect(try take(store.path, into: other).map(\.description) == ["sentiment:1", "tagger:1"])
        #expect(try other.load(sentiment) == sample(seed: 2, tensorBytes: 5 << 20).numbered(1))
        #expect(try take(store.path, ModelReference(parsing: "sentiment:1"), into: other).map(\.version) == [2])
        #expect(try other.load(sentiment) == sample(seed: 1, tensorBytes: 5 << 20).numbered(2))
        let several = #expect(throws: StoreError.self) { try take(store.path, as: "x", into: other) }
        #expect(several?.kind == .invalid)
        #expect(several?.message.contains("sentiment:2, tagger:1: choose one") == true)
    }

    @Test func anImportIsWholeOrNotAtAll() throws {
        try store.inspect("DELETE FROM piece WHERE content = (SELECT max(content) FROM tensor WHERE name = 'scale')")
        let other = try ModelStore(path: folder.file("other.sqlite"), mode: .readWrite)
        let damaged = #expect(throws: StoreError.self) { try take(store.path, into: other) }
        #expect(damaged?.kind == .damaged)
        #expect(try other.summaries().isEmpty)
        let absent = #expect(throws: StoreError.self) { try take(folder.file("none.sqlite"), into: other) }
        #expect(absent?.kind == .notFound)
        let empty = try ModelStore(path: folder.file("empty.sqlite"), mode: .readWrite)
        let nothing = #expect(throws: StoreError.self) { try take(empty.path, into: other) }
        #expect(nothing?.message.contains("there are no models in \(empty.path)") == true)
    }
}
