import Foundation
import Testing

/// `gloss status`.
@Suite struct StatusTests {
    private func status(_ fault: FakeDaemon.Fault = .none, _ arguments: String...) throws -> Command.Result {
        let daemon = try FakeDaemon(fault)
        return try Command.run(["status"] + arguments, environment: ["GLOSS_HOST": daemon.host])
    }

    @Test func aPersonReadsATable() throws {
        let result = try status()
        #expect(result.status == 0, "\(result.errors)")
        for line in [
            "state        ready", "process      42", "up           2 min 6 s", "stores       /a, /b",
            "memory       61.5 MB",
            "waiting      2 of 1024", "requests     77", "rejected     queue 4",
            "MODEL        TASK      STATE   MEMORY  REQUESTS  ERROR", "sentiment:7  classify  loaded  5.2 MB  70",
        ] {
            #expect(result.lines.contains(line), "\(line)\n\(result.output)")
        }
        #expect(try status(.unready).output.contains("70        version 8: checksum\n"))
    }

    @Test func aProgramReadsTheDaemonsOwnObject() throws {
        let result = try status(.none, "--json")
        let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        #expect(object["pid"] as? Int == 42)
        #expect(result.lines.count == 1)
    }

    @Test func withoutADaemonItSaysSo() throws {
        let folder = try TemporaryFolder()
        let result = try Command.run(["status"], environment: ["GLOSS_HOST": "unix://" + folder.file("none")])
        #expect(result.status == 69)
        #expect(result.errors.contains(folder.file("none")))
        #expect(try Command.run(["status"], environment: ["GLOSS_HOST": "local"]).status == 69)
        #expect(try status(.nonsense).status == 69)
    }
}
