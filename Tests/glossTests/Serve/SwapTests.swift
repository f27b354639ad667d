import Foundation
import GlossStore
import Synchronization
import Testing

/// New versions, damaged versions, idle models.
@Suite struct SwapTests {
    private let folder: TemporaryFolder
    private let store: String
    /// A file with one version of `sentiment`.
    private let one: String

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("models.sqlite")
        one = folder.file("one.sqlite")
        let source = try Trained.models.get().store
        try #require(try Command.run(["models", "export", "sentiment", one], store: source).status == 0)
        try add()
    }

    private func add() throws {
        let result = try Command.run(["models", "import", one], store: store)
        try #require(result.status == 0, "\(result.errors)")
    }

    private func version(_ daemon: RunningDaemon) throws -> String? {
        try daemon.request("POST", "/v1/classify", #"{"input":"A fine film."}"#).object["model"] as? String
    }

    @Test func aNewVersionTakesOverUnderLoad() throws {
        let daemon = try RunningDaemon(["watchInterval=0.05"], store: store)
        let expected =
            try daemon.request("POST", "/v1/classify", #"{"input":"A fine film."}"#).result["probability"] as? Double
        let failures = Atomic(0), answers = Atomic(0), isOver = Atomic(false)
        let path = daemon.path
        let threads = DispatchGroup()
        for _ in 0..<4 {
            DispatchQueue.global().async(group: threads) {
                guard let wire = try? Wire(path) else { return }
                while !isOver.load(ordering: .relaxed) {
                    let answer = try? wire.request("POST", "/v1/classify", #"{"input":"A fine film."}"#)
                    let isRight = answer?.status == 200 && answer?.result["probability"] as? Double == expected
                    if !isRight { failures.add(1, ordering: .relaxed) }
                    answers.add(1, ordering: .relaxed)
                }
            }
        }
        for number in 2...6 {
            try add()
            #expect(try daemon.waits { try version(daemon) == "sentiment:\(number)" })
        }
        isOver.store(true, ordering: .relaxed)
        threads.wait()
        #expect(failures.load(ordering: .relaxed) == 0)
        #expect(answers.load(ordering: .relaxed) > 20)
        #expect(daemon.log.contains("model swapped"))
        let loaded = try daemon.request("GET", "/v1/status").object["models"] as? [[String: Any]]
        #expect(loaded?.count == 1, "the old versions are gone")
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"x","model":"sentiment:1"}"#).status == 200)
        #expect(try Command.run(["models", "rollback", "sentiment"], store: store).status == 0)
        #expect(try daemon.waits { try version(daemon) == "sentiment:5" }, "back to the version before")
    }

    /// Flips a byte of a weight of version 2, which stands in the store as often as there are versions.
    private func damageTheSecondVersion() throws {
        let version = try ModelStore(path: one, mode: .readOnly).load(ModelReference(name: "sentiment"))
        let weights = try #require(version.tensors.max { $0.data.count < $1.data.count }).data
        let pattern = weights[(weights.startIndex + 200)..<(weights.startIndex + 264)]
        let sound = try Data(contentsOf: URL(fileURLWithPath: store))
        var place = sound.startIndex
        while let found = sound.range(of: pattern, in: place..<sound.endIndex) {
            var file = sound
            file[found.lowerBound] ^= 0xFF
            try file.write(to: URL(fileURLWithPath: store))
            if try Command.run(["models", "verify"], store: store).errors.contains("sentiment:2") { return }
            place = found.upperBound
        }
        Issue.record("no byte of version 2 was found")
    }

    @Test func aDamagedVersionIsRefusedAndTold() throws {
        try add()
        try add()
        try damageTheSecondVersion()
        let daemon = try RunningDaemon(["watchInterval=0.05"], store: store)
        #expect(try version(daemon) == "sentiment:3")
        #expect(try Command.run(["models", "rollback", "sentiment"], store: store).status == 0)
        #expect(daemon.waits { daemon.log.contains("model refused") })
        #expect(try version(daemon) == "sentiment:3", "the one that serves serves on")
        let ready = try daemon.request("GET", "/readyz")
        #expect(ready.status == 200)
        let refused = ready.object["refused"] as? [[String: Any]]
        #expect(refused?.first?["id"] as? String == "sentiment:2")
        let status = try Command.run(["status"], environment: ["GLOSS_HOST": daemon.host])
        #expect(status.output.contains(/sentiment:2 .*refused .*damaged/))
        #expect(try daemon.metric(#"gloss_model_refused{model="sentiment:2"}"#) == 1)
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"x","model":"sentiment:2"}"#).status == 503)
        let doctor = try Command.run(["doctor"], store: store, environment: ["GLOSS_HOST": daemon.host])
        #expect(doctor.output.contains(/fault .*sentiment:2/))
    }

    @Test func anIdleModelIsUnloadedAndLoadedAgain() throws {
        let daemon = try RunningDaemon(
            ["watchInterval=0.05", "keepAlive=0.2", "preload=[\"sentiment\"]"], store: store)
        func loaded() throws -> Int? { (try daemon.request("GET", "/v1/status").object["models"] as? [Any])?.count }
        #expect(try daemon.waits { try loaded() == 0 })
        #expect(daemon.log.contains("model loaded"), "it was loaded before anybody asked")
        #expect(try version(daemon) == "sentiment:1")
        #expect(try daemon.metric(#"gloss_model_bytes{model="sentiment:1"}"#) > 0)
    }

    @Test func aStoreThatComesLaterIsSeen() throws {
        let late = folder.file("late.sqlite")
        let daemon = try RunningDaemon(["watchInterval=0.05"], store: late)
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"x"}"#).status == 404)
        #expect(try Command.run(["models", "import", one], store: late).status == 0)
        #expect(try daemon.waits { try version(daemon) == "sentiment:1" })
    }
}
