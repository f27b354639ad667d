import Foundation
import Testing

/// When a daemon is asked, and when this process answers.
@Suite struct DaemonChoiceTests {
    let store: String

    init() throws { store = try Trained.models.get().store }

    private func classify(_ arguments: [String] = [], _ environment: [String: String]) throws -> Command.Result {
        try Command.run(["classify"] + arguments, input: "A fine film.\n", store: store, environment: environment)
    }

    @Test func aDaemonThatIsNamedAnswers() throws {
        let daemon = try FakeDaemon()
        let result = try classify([], ["GLOSS_HOST": daemon.host])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "12é😀\t0.7500\tA fine film.\n")
        #expect(
            daemon.requests == [
                "GET /v1/models/sentiment HTTP/1.1", "POST /v1/classify?model=sentiment:7 HTTP/1.1",
            ], "the whole input has its answers from one version")
    }

    @Test(
        .enabled(
            if: !FileManager.default.fileExists(atPath: "/run/gloss/gloss.sock"), "a daemon of the system's runs here"))
    func theUsersOwnSocketIsFound() throws {
        let daemon = try FakeDaemon()
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("gloss"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("gloss/gloss.sock"), withDestinationPath: daemon.path)
        let environment = ["XDG_RUNTIME_DIR": folder.path, "GLOSS_STORE": ""]
        #expect(try !classify(["--local"], environment.merging(["GLOSS_STORE": store]) { $1 }).output.hasPrefix("12é"))
        #expect(
            try !classify([], environment.merging(["GLOSS_STORE": store]) { $1 }).output.hasPrefix("12é"),
            "a store that was named has its models used")
    }

    @Test func whatIsLocalAsksNobody() throws {
        let daemon = try FakeDaemon()
        let here = try classify([], [:]).output
        #expect(try classify(["--local"], ["GLOSS_HOST": daemon.host]).output == here)
        #expect(try classify(["--store", store], ["GLOSS_HOST": daemon.host]).output == here)
        #expect(try classify([], ["GLOSS_HOST": "local"]).output == here)
        #expect(daemon.requests.isEmpty)
    }

    @Test func withoutADaemonThisProcessAnswers() throws {
        let here = try classify([], [:]).output
        let folder = try TemporaryFolder()
        let stale = try folder.write("stale", "")
        for path in [folder.file("missing"), stale] {
            let result = try classify([], ["GLOSS_HOST": "unix://" + path])
            #expect(result.status == 0)
            #expect(result.output == here)
            #expect(result.errors.isEmpty)
        }
        let unknown = try FakeDaemon(.unknownModel)
        #expect(try classify([], ["GLOSS_HOST": unknown.host]).output == here)
        #expect(unknown.requests.count == 1)
    }

    @Test(arguments: [
        "/run/gloss.sock", "http://localhost", "unix://relative", "unix:///" + String(repeating: "a", count: 107),
    ])
    func whatIsNoAddressIsRefused(host: String) throws {
        let result = try classify([], ["GLOSS_HOST": host])
        #expect(result.status == 78)
        #expect(result.errors.contains(host))
        #expect(result.output.isEmpty)
    }

    @Test func aModelOfAnotherTaskIsNamed() throws {
        let daemon = try FakeDaemon()
        for command in ["tag", "generate"] {
            let result = try Command.run(
                [command, "--model", "sentiment"], input: "x", environment: ["GLOSS_HOST": daemon.host])
            #expect(result.status == 64)
            #expect(result.errors.contains("gloss classify"))
        }
    }
}
