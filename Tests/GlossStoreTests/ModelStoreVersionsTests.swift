import Foundation
import GlossStore
import Testing

@Suite struct ModelStoreVersionsTests {
    let folder: TemporaryFolder
    let store: ModelStore

    init() throws {
        folder = try TemporaryFolder()
        store = try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite)
    }

    @Test func aVersionComesBackAsItWas() throws {
        #expect(try store.save(sample()) == 1)
        #expect(try store.load(ModelReference(name: "sentiment")) == sample().numbered(1))
        let other = try ModelStore(path: store.path, mode: .readOnly)
        #expect(try other.load(ModelReference(parsing: "sentiment:1")) == sample().numbered(1))
    }

    @Test func aTensorLongerThanAPieceComesBackAsItWas() throws {
        let version = sample(tensorBytes: (9 << 20) + 16)
        try store.save(version)
        #expect(try store.load(ModelReference(name: "sentiment")) == version.numbered(1))
    }

    @Test func metricsKeepNotANumber() throws {
        var version = sample()
        version.metrics = ["loss": .nan]
        try store.save(version)
        #expect(try store.load(ModelReference(name: "sentiment")).metrics["loss"]?.isNaN == true)
        #expect(try store.verify().isEmpty)
    }

    @Test func versionsAreCountedByName() throws {
        #expect(try store.save(sample(seed: 1)) == 1)
        #expect(try store.save(sample(seed: 2)) == 2)
        #expect(try store.save(sample("tagger", seed: 3)) == 1)
        #expect(try store.load(ModelReference(parsing: "sentiment:1")) == sample(seed: 1).numbered(1))
        #expect(try store.load(ModelReference(parsing: "sentiment")) == sample(seed: 2).numbered(2))
        #expect(try store.summaries().map(\.reference.description) == ["sentiment:1", "sentiment:2", "tagger:1"])
        #expect(try store.summaries().map(\.standing) == [.earlier, .current, .current])
        #expect(try store.versions(of: "sentiment").map(\.version) == [1, 2])
        #expect(try store.versions(of: "nobody").isEmpty)
    }

    @Test func aSummaryCountsWithoutContents() throws {
        try store.save(sample(tensorBytes: 4096))
        let summary = try store.summary(ModelReference(name: "sentiment"))
        #expect(summary.parameters == 1024 + 3 + 1)
        #expect(summary.bytes == 4096 + 6 + 3 + 19)
        #expect(summary.tensors.map(\.name) == ["encoder.weight", "output.bias", "scale", "empty"])
        #expect(summary.tensors.map(\.shape) == [[256, 4], [3], [], [0, 7]])
        #expect(summary.assets.map(\.bytes) == [19, 0])
        #expect(summary.metrics == sample().metrics)
        #expect(summary.sources == sample().sources)
        #expect(summary.seed == sample().seed)
        #expect(summary.created == sample().created)
    }

    @Test func whatIsNotThereIsNamed() throws {
        let none = #expect(throws: StoreError.self) { try store.load(ModelReference(name: "sentiment")) }
        #expect(none?.kind == .notFound)
        #expect(none?.message == "there is no model sentiment in \(store.path); it has no models")
        try store.save(sample())
        let version = #expect(throws: StoreError.self) { try store.load(ModelReference(parsing: "sentiment:7")) }
        #expect(version?.message == "there is no model sentiment:7 in \(store.path); it has sentiment:1")
    }

    @Test func progressEndsAtTheWhole() throws {
        var seen: [(Int, Int)] = []
        try store.save(sample(tensorBytes: 9 << 20)) { seen.append(($0, $1)) }
        #expect(seen.map(\.0) == seen.map(\.0).sorted())
        #expect(seen.last?.0 == (9 << 20) + 28)
        #expect(seen.allSatisfy { $0.1 == (9 << 20) + 28 })
        #expect(seen.count == 3 + 1 + 1 + 1)
    }

    /// A change that makes a version contradict itself, and the reason given for refusing it.
    struct Contradiction: Sendable {
        let reason: String
        let change: @Sendable (inout ModelVersion) -> Void
    }

    static let contradictions = [
        Contradiction(reason: "may not stand") { $0.name = "a b" },
        Contradiction(reason: "4096 bytes, but shape [3, 4] of float32 has 48") { $0.tensors[0].shape = [3, 4] },
        Contradiction(reason: "negative") { $0.tensors[0].shape = [-1, -1024] },
        Contradiction(reason: "too large") { $0.tensors[0].shape = [.max, .max] },
        Contradiction(reason: "two tensors are named encoder.weight") { $0.tensors[1].name = "encoder.weight" },
        Contradiction(reason: "no name") { $0.tensors[1].name = "" },
        Contradiction(reason: "two assets are named labels") { $0.assets[1].name = "labels" },
        Contradiction(reason: "duration") { $0.duration = .nan },
    ]

    @Test(arguments: contradictions)
    func refusesWhatContradictsItself(contradiction: Contradiction) throws {
        var version = sample()
        contradiction.change(&version)
        let error = #expect(throws: StoreError.self) { try store.save(version) }
        #expect(error?.kind == .invalid)
        #expect(error?.message.contains(contradiction.reason) == true, "\(error?.message ?? "")")
        #expect(try store.summaries().isEmpty)
    }

    @Test func manyWritersAtOnceGetDifferentNumbers() async throws {
        let path = store.path
        let numbers = try await withThrowingTaskGroup(of: [Int].self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let store = try ModelStore(path: path, mode: .readWrite)
                    return try (0..<5).map { try store.save(sample(seed: UInt64(writer * 10 + $0))) }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(numbers.sorted() == Array(1...20))
        #expect(try store.verify().isEmpty)
    }
}
