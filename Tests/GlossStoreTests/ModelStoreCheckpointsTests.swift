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
        try store.saveCheckpoint(run: "a run", step: 12, payload: payload)
        let checkpoint = try #require(try store.checkpoint(run: "a run"))
        #expect(checkpoint.payload == payload)
        #expect(checkpoint.step == 12)
        #expect(checkpoint.created >= start)
        #expect(try store.checkpoint(run: "another") == nil)
    }

    @Test func aLaterStateTakesThePlaceOfTheEarlier() throws {
        for step in 1...3 {
            try store.saveCheckpoint(run: "run", step: step, payload: noise(100, seed: UInt64(step)))
        }
        #expect(try store.checkpoint(run: "run")?.step == 3)
        #expect(try store.checkpoint(run: "run")?.payload == noise(100, seed: 3))
        #expect(try store.inspect("SELECT count(*) FROM content") == ["1"])
    }

    @Test func theStoreDoesNotGrowWithEachState() throws {
        for step in 1...6 {
            try store.saveCheckpoint(run: "run", step: step, payload: noise(3 << 20, seed: UInt64(step)))
        }
        try store.close()
        #expect(try bytes(store.path).count < 7 << 20)
    }

    @Test func removingARunLeavesTheOthers() throws {
        for run in ["one", "two"] {
            try store.saveCheckpoint(run: run, step: 1, payload: noise(4 << 20, seed: 2))
        }
        #expect(try store.checkpointRuns().map(\.run) == ["one", "two"])
        #expect(try store.checkpointRuns().map(\.bytes) == [4 << 20, 4 << 20])
        try store.removeCheckpoint(run: "one")
        try store.removeCheckpoint(run: "none")
        #expect(try store.checkpointRuns().map(\.run) == ["two"])
        #expect(try store.checkpoint(run: "one") == nil)
        #expect(try store.checkpoint(run: "two")?.payload == noise(4 << 20, seed: 2))
        #expect(try store.verify().isEmpty)
        try store.close()
        #expect(try bytes(store.path).count < 5 << 20)
    }

    @Test func aRunHasAName() {
        let error = #expect(throws: StoreError.self) {
            try store.saveCheckpoint(run: "", step: 5, payload: Data())
        }
        #expect(error?.kind == .invalid)
    }
}
