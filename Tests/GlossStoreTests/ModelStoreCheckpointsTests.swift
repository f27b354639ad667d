import Foundation
import GlossStore
import Testing

@Suite struct ModelStoreCheckpointsTests {
    let folder: TemporaryFolder
    let store: ModelStore

    init() throws {
        folder = try TemporaryFolder()
        store = try ModelStore(path: folder.file("models.sqlite"), mode: .readWrite)
    }

    @Test(arguments: [0, 1, 4 << 20, (4 << 20) + 1])
    func aStateComesBackAsItWas(length: Int) throws {
        let payload = noise(length, seed: 1)
        let start = Date(timeIntervalSinceNow: -0.001)
        try store.saveCheckpoint(run: "a run", kind: .best, step: 12, payload: payload, details: "{\"epoch\":3}")
        let checkpoint = try #require(try store.checkpoint(run: "a run", kind: .best))
        #expect(checkpoint.payload == payload)
        #expect(checkpoint.step == 12)
        #expect(checkpoint.details == "{\"epoch\":3}")
        #expect(checkpoint.created >= start)
        #expect(try store.checkpoint(run: "a run", kind: .last) == nil)
        #expect(try store.checkpoint(run: "another", kind: .best) == nil)
    }

    @Test func aLaterStateTakesThePlaceOfTheEarlierOfItsKind() throws {
        for step in 1...3 {
            try store.saveCheckpoint(run: "run", kind: .last, step: step, payload: noise(100, seed: UInt64(step)))
        }
        try store.saveCheckpoint(run: "run", kind: .best, step: 2, payload: noise(100, seed: 2))
        #expect(try store.checkpoint(run: "run", kind: .last)?.step == 3)
        #expect(try store.checkpoint(run: "run", kind: .last)?.payload == noise(100, seed: 3))
        #expect(try store.checkpoint(run: "run", kind: .best)?.step == 2)
        #expect(try store.inspect("SELECT count(*) FROM content") == ["2"])
    }

    @Test func theStoreDoesNotGrowWithEachState() throws {
        for step in 1...6 {
            try store.saveCheckpoint(run: "run", kind: .last, step: step, payload: noise(3 << 20, seed: UInt64(step)))
        }
        try store.close()
        #expect(try bytes(store.path).count < 7 << 20)
    }

    @Test func removingARunLeavesTheOthers() throws {
        for run in ["one", "two"] {
            try store.saveCheckpoint(run: run, kind: .best, step: 1, payload: noise(2 << 20, seed: 1))
            try store.saveCheckpoint(run: run, kind: .last, step: 1, payload: noise(2 << 20, seed: 2))
        }
        #expect(try store.checkpointRuns() == ["one", "two"])
        try store.removeCheckpoints(run: "one")
        try store.removeCheckpoints(run: "none")
        #expect(try store.checkpointRuns() == ["two"])
        #expect(try store.checkpoint(run: "one", kind: .best) == nil)
        #expect(try store.checkpoint(run: "two", kind: .last)?.payload == noise(2 << 20, seed: 2))
        #expect(try store.verify().isEmpty)
        try store.close()
        #expect(try bytes(store.path).count < 5 << 20)
    }

    @Test func aRunHasAName() {
        let error = #expect(throws: StoreError.self) {
            try store.saveCheckpoint(run: "", kind: .best, step: 5, payload: Data())
        }
        #expect(error?.kind == .invalid)
    }
}
