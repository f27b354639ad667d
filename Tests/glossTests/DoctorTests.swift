import Foundation
import GlossTestSupport
import Testing

/// `gloss doctor`: each fault is found, has its status and a remedy.
@Suite struct DoctorTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = try Trained.models.get().store
    }

    private func doctor(_ environment: [String: String] = [:], store: String? = nil, _ arguments: String...) throws
        -> Command.Result
    {
        try Command.run(
            ["doctor", "--root", folder.path] + arguments, store: store ?? self.store, environment: environment)
    }

    /// The remedy stands in the line below the finding.
    private func remedy(_ result: Command.Result, of text: String) -> String? {
        let lines = result.lines
        guard let index = lines.firstIndex(where: { $0.contains(text) }), index + 1 < lines.count else { return nil }
        return lines[index + 1].contains("→ ") ? lines[index + 1] : nil
    }

    @Test func aHealthyPlaceHasNoFault() throws {
        let result = try doctor()
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("processor  "))
        #expect(result.output.contains("6 versions"))
        #expect(remedy(result, of: "not installed")?.contains("make install") == true)
    }

    @Test func slowerKernelsThanThereAreAreNamed() throws {
        #expect(try !doctor().output.contains("can do better"))
        let slow = try doctor(["GLOSS_ISA": "portable"])
        #expect(slow.status == 0, "\(slow.output)")
        #expect(remedy(slow, of: "portable, ")?.contains("unset GLOSS_ISA") == true, "\(slow.output)")
    }

    @Test func aDamagedStoreIsNamed() throws {
        let file = try folder.write("bad.sqlite", "SQLite format 3\0" + String(repeating: "x", count: 8192))
        let result = try doctor(store: file)
        #expect(result.status == 65, "\(result.output)")
        #expect(result.errors == "gloss: error: 1 fault found\n")
        #expect(result.output.contains("fault  store"))
        #expect(remedy(result, of: "fault  store") != nil)
    }

    @Test func missingStandardModelsAreNamed() throws {
        let result = try doctor(store: folder.file("none.sqlite"))
        #expect(result.status == 69)
        #expect(result.output.contains("does not exist yet"))
        #expect(remedy(result, of: "no model is named sentiment, tagger, generator")?.contains("make install") == true)
    }

    @Test func aDaemonIsExamined() throws {
        let well = try FakeDaemon()
        let good = try doctor(["GLOSS_HOST": well.host])
        #expect(good.status == 0, "\(good.output)")
        #expect(good.output.contains("\(well.path) answers and is ready"))
        #expect(remedy(good, of: "everybody may use")?.contains("chmod 660") == true)
        let ill = try FakeDaemon(.unready)
        let bad = try doctor(["GLOSS_HOST": ill.host])
        #expect(bad.status == 75)
        #expect(bad.output.contains("not ready: sentiment:8 is damaged"))
        #expect(remedy(bad, of: "sentiment:7: version 8: checksum")?.contains("rollback") == true)
        #expect(bad.errors == "gloss: error: 2 faults found\n")
    }

    @Test func aPlaceWhereNoDaemonCanBeIsAFault() throws {
        let file = try folder.write("file", "")
        for (host, status, part) in [
            ("unix://" + folder.file("none"), 69, "nothing is at"), ("unix://" + file, 78, "is no socket"),
            ("tcp://x", 78, "GLOSS_HOST"),
        ] as [(String, Int32, String)] {
            let result = try doctor(["GLOSS_HOST": host])
            #expect(result.status == status)
            #expect(remedy(result, of: part) != nil, "\(result.output)")
        }
        let daemon = try FakeDaemon(.nonsense)
        #expect(try doctor(["GLOSS_HOST": daemon.host]).status == 69)
    }

    @Test func aForsakenSocketIsAFault() throws {
        let path = folder.file("s")
        do {
            let daemon = try FakeDaemon()
            try FileManager.default.moveItem(atPath: daemon.path, toPath: path)
        }
        let result = try doctor(["GLOSS_HOST": "unix://" + path])
        #expect(result.status == 69)
        #expect(remedy(result, of: "nobody listens")?.contains("gloss serve") == true)
    }

    @Test(.enabled(if: Tool.isInstalled("make"), "make is not installed")) func theServiceIsExamined() throws {
        let result = try Tool(
            "make", ["install", "DESTDIR=\(folder.path)", "PREFIX=/usr", "BINARY=\(Command.executable)"])
        try #require(result.status == 0, "\(result.output)")
        _ = try folder.write("etc/gloss/gloss.toml", "")
        let installed = try doctor()
        #expect(installed.status == 0, "\(installed.output)")
        #expect(installed.output.contains("gloss.service starts /usr/bin/gloss"))
        #expect(remedy(installed, of: "not enabled")?.contains("systemctl enable") == true)
        let wants = folder.file("etc/systemd/system/sockets.target.wants")
        try FileManager.default.createDirectory(atPath: wants, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: wants + "/gloss.socket", withDestinationPath: "/usr/lib/systemd/system/gloss.socket")
        #expect(try doctor().output.contains("gloss.socket is enabled"))
        try FileManager.default.removeItem(atPath: folder.file("etc/gloss/gloss.toml"))
        try FileManager.default.removeItem(atPath: folder.file("usr/bin/gloss"))
        let broken = try doctor()
        #expect(broken.status == 78)
        #expect(remedy(broken, of: "gloss.toml is missing") != nil)
        #expect(remedy(broken, of: "is no command")?.contains("make install") == true)
    }

    @Test(.enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a small disk"))
    func aFullDiskIsAFault() throws {
        let disk = try TemporaryDisk(kilobytes: 300)
        let result = try doctor(store: disk.file("models.sqlite"))
        #expect(remedy(result, of: "a training wants")?.contains("make room") == true)
        #expect(result.output.contains("fault  disk"))
    }

    @Test func jsonHasAnObjectAFinding() throws {
        let result = try doctor([:], store: nil, "--json")
        for line in result.lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(["ok", "note", "fault"].contains(object["state"] as? String))
            #expect(Set(object.keys) == ["subject", "state", "text", "remedy"])
        }
        #expect(result.lines.count >= 5)
    }

    @Test func theConfigurationOfTheServiceIsRead() throws {
        let units = folder.file("usr/lib/systemd/system")
        for path in [units, folder.file("usr/bin"), folder.file("etc/gloss")] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("usr/bin/gloss"), withDestinationPath: Command.executable)
        _ = try folder.write("usr/lib/systemd/system/gloss.socket", "[Socket]\n")
        _ = try folder.write("etc/gloss/other.toml", "[limits]\nrequests = 3\n")
        func start(_ command: String) throws -> Command.Result {
            _ = try folder.write("usr/lib/systemd/system/gloss.service", "[Service]\nExecStart=\(command)\n")
            return try doctor()
        }
        let good = try start("-@/usr/bin/gloss serve --config /etc/gloss/other.toml --set limits.requests=7")
        #expect(good.status == 0, "\(good.output)")
        #expect(good.output.contains("gloss.service starts /usr/bin/gloss\n"))
        #expect(good.output.contains("etc/gloss/other.toml"))
        let set = try start("/usr/bin/gloss serve --config=/etc/gloss/other.toml --set limits.requests=0")
        #expect(set.status == 78)
        #expect(remedy(set, of: "limits.requests: 0 is not possible") != nil, "\(set.output)")
        _ = try folder.write("etc/gloss/other.toml", "[limits]\nrequest = 3\n")
        #expect(try start("/usr/bin/gloss serve --config /etc/gloss/other.toml").status == 78)
        let nothing = try start("")
        #expect(nothing.status == 78)
        #expect(remedy(nothing, of: "starts nothing") != nil, "\(nothing.output)")
    }
}
