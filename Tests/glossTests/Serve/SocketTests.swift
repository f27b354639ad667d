import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// How the daemon comes to its socket, and who may use it.
@Suite struct SocketTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = try Trained.models.get().store
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func aSecondDaemonIsRefused() throws {
        let daemon = try RunningDaemon()
        let second = try Command.run(["serve", "--socket", daemon.path, "--store", store])
        #expect(second.status == 69)
        #expect(second.errors.contains("another daemon"))
        #expect(second.errors.split(separator: "\n").count == 1)
        #expect(try daemon.request("GET", "/healthz").status == 200, "the first one serves on")
    }

    /// Who was handed a socket by systemd holds no lock.
    @Test(arguments: [false, true]) func aSocketOnWhichSomebodyListensIsLeftAlone(isFull: Bool) throws {
        let path = folder.file("sd")
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        func call(_ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ descriptor: Int32) -> Int32 {
            withUnsafePointer(to: name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
        try #require(call({ bind($0, $1, $2) }, listener) == 0 && listen(listener, isFull ? 0 : 16) == 0)
        let peer = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(peer) }
        if isFull { #expect(call({ connect($0, $1, $2) }, peer) == 0) }
        let second = try Command.run(["serve", "--socket", path, "--store", store])
        #expect(second.status == 69)
        #expect(second.errors.contains("another daemon listens"), "\(second.errors)")
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func whatCannotBeginLeavesNoSocketBehind() throws {
        let path = folder.file("main")
        for (settings, status, part) in [
            (["adminSocket=/missing/folder/a"], 74, "name another with adminSocket"),
            (["tcpPort=1", "tcpTokenFile=/missing/token"], 78, "/missing/token cannot be read"),
        ] as [([String], Int32, String)] {
            let result = try Command.run(
                ["serve", "--socket", path, "--store", store] + settings.flatMap { ["--set", $0] })
            #expect(result.status == status)
            #expect(result.errors.contains(part), "\(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func theModeIsThatOfTheConfiguration() throws {
        let usual = try RunningDaemon(), strict = try RunningDaemon(["socketMode=0600"])
        #expect(try mode(usual.path) == 0o660)
        #expect(try mode(strict.path) == 0o600)
    }

    @Test func aFileThatWasLeftIsTakenOver() throws {
        let path = folder.file("s")
        for _ in 0..<2 {
            let run = try Command.start(["serve", "--socket", path, "--store", store])
            while (try? Wire(path).request("GET", "/healthz").status) != 200, run.process.isRunning { usleep(10_000) }
            #expect(run.process.isRunning, "\(run.errors)")
            kill(run.process.processIdentifier, SIGKILL)
            run.process.waitUntilExit()
            #expect(FileManager.default.fileExists(atPath: path), "a killed daemon leaves its file")
        }
        let file = try folder.write("file", "mine")
        let result = try Command.run(["serve", "--socket", file, "--store", store])
        #expect(result.status == 78)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine", "what is no socket is not removed")
    }

    @Test(arguments: [
        (["--socket", "/missing/folder/s"], 74, "/missing/folder/s"),
        (["--socket", "/" + String(repeating: "a", count: 120)], 78, "107"),
        (["--set", "limits.requests=0"], 78, "gloss: error: limits.requests: 0 is not possible"),
        (["--set", "limits.requests=1.5"], 78, "gloss: error: limits.requests: the value"),
        (["--set", "limits.idleSeconds=9999999999"], 78, "limits.idleSeconds"), (["--socket", ""], 78, "socket: “”"),
        (["--set", "limits.request=1"], 78, "limits.request"),
        (["--set", "tcpPort=1"], 78, "tcpTokenFile"),
        (["--set", "socketMode=999"], 78, "socketMode"),
        (["--config", "/missing.toml"], 66, "/missing.toml"),
    ])
    func whatIsNotPossibleIsNamed(arguments: [String], status: Int32, part: String) throws {
        let result = try Command.run(["serve"] + arguments, store: store)
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains(part), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func theConfigurationThatIsPrintedIsRead() throws {
        let printed = try Command.run(["serve", "--print-config", "--set", "limits.requests=7"])
        #expect(printed.status == 0)
        let file = try folder.write("gloss.toml", printed.output)
        #expect(try Command.run(["serve", "--print-config", "--config", file]).output == printed.output)
        let shipped = try Command.run(["serve", "--print-config", "--config", Command.file("packaging/gloss.toml")])
        #expect(shipped.status == 0, "\(shipped.errors)")
        #expect(
            shipped.output == (try Command.run(["serve", "--print-config"]).output), "the sample says the defaults")
    }

    @Test func aUserWhoIsNotOnTheListIsRefused() throws {
        let daemon = try RunningDaemon(["allowedUsers=[\(getuid())]"])
        #expect(try daemon.request("GET", "/healthz").status == 200)
        let strict = try strict(["allowedUsers=[\(getuid() + 1)]"])
        defer { strict.process.terminate() }
        let refused = try Wire(folder.file("s")).request("GET", "/healthz")
        #expect(refused.status == 403 && refused.error["code"] as? String == "peer")
        #expect(refused.fields["connection"] == "close")
        let long = try Wire(folder.file("s")).request("POST", "/v1/tag", String(repeating: " ", count: 1 << 20))
        #expect(long.status == 403, "who has sent much already is told as well")
        let command = try Command.run(
            ["classify"], input: "fine\n", environment: ["GLOSS_HOST": "unix://" + folder.file("s")])
        #expect(command.status == 77)
        #expect(command.errors.contains("allowedUsers"), "\(command.errors)")
    }

    /// A daemon that this process may not use: nobody can ask it whether it has begun.
    private func strict(_ settings: [String]) throws -> Command.Run {
        let run = try Command.start(
            ["serve", "--socket", folder.file("s"), "--store", store] + settings.flatMap { ["--set", $0] })
        #expect(run.waits(for: "listening"), "\(run.errors)")
        return run
    }

    @Test func aConnectionTooManyIsToldSo() throws {
        let daemon = try RunningDaemon(["limits.connectionsPerUser=1"])
        #expect(try daemon.waits { try Wire(daemon.path).request("GET", "/healthz").status == 200 })
        let first = try daemon.connect()
        #expect(daemon.waits { (try? first.request("GET", "/healthz").status) == 200 })
        let second = try daemon.request("GET", "/healthz")
        #expect(second.status == 503 && second.fields["retry-after"] == "1")
        #expect((second.error["message"] as? String)?.contains("limits.connectionsPerUser") == true)
        let command = try Command.run(["classify"], input: "fine\n", environment: ["GLOSS_HOST": daemon.host])
        #expect(command.status == 75, "\(command.errors)")
        #expect(try first.request("GET", "/healthz").status == 200)
    }

    @Test(
        .enabled(if: getuid() == 0 && Tool.isInstalled("setpriv"), "only the superuser may run what others run"))
    func aFurtherGroupOfAUserCounts() throws {
        let strict = try strict(["allowedGroups=[54321]", "socketMode=0666"])
        defer { strict.process.terminate() }
        func ask(_ groups: String) throws -> String {
            try Tool(
                "setpriv",
                ["--reuid=65534", "--regid=65534", "--groups=\(groups)", "curl", "-sS", "--unix-socket"]
                    + [folder.file("s"), "http://gloss/healthz"]
            ).output
        }
        #expect(try ask("54321").contains("ok"))
        let many = (60_000..<60_100).map(String.init).joined(separator: ",")
        #expect(try ask(many + ",54321").contains("ok"))
        #expect(try ask(many).contains("allowedGroups"))
    }

    @Test(
        .enabled(
            if: Tool.isInstalled("systemd-socket-activate"),
            "systemd-socket-activate is not installed: apt-get install systemd"))
    func aSocketOfSystemdIsServed() throws {
        let path = folder.file("activated")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-socket-activate")
        process.arguments = ["--listen=\(path)", "-E", "GLOSS_STORE", Command.executable, "serve"]
        process.environment = ["PATH": "/usr/bin:/bin", "GLOSS_STORE": store, "LD_LIBRARY_PATH": Self.libraries]
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            kill(process.processIdentifier, SIGTERM)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(FileManager.default.fileExists(atPath: path), "the socket is systemd's, so it stays")
        }
        while !FileManager.default.fileExists(atPath: path) { usleep(10_000) }
        // The first connection starts the daemon and waits until it answers.
        let answer = try Wire(path).request("POST", "/v1/classify", #"{"input":"fine"}"#)
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// A unit that hands over what nobody can be answered on is wrong, and has not ended well.
    @Test(
        .enabled(
            if: Tool.isInstalled("systemd-socket-activate"),
            "systemd-socket-activate is not installed: apt-get install systemd"))
    func anotherSocketOfSystemdIsRefused() throws {
        let path = folder.file("datagrams")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-socket-activate")
        process.arguments = ["--datagram", "--listen=\(path)", "-E", "GLOSS_STORE", Command.executable, "serve"]
        process.environment = ["PATH": "/usr/bin:/bin", "GLOSS_STORE": store, "LD_LIBRARY_PATH": Self.libraries]
        process.standardError = FileHandle.nullDevice
        try process.run()
        while !FileManager.default.fileExists(atPath: path) { usleep(10_000) }
        let sender = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(sender) }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let sent = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(sender, "x", 1, 0, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(sent == 1)
        process.waitUntilExit()
        #expect(process.terminationStatus == 78)
    }

    private static let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? ""

    @Test func systemdIsTold() throws {
        let path = folder.file("notify")
        let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(receiver) }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let isBound = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(isBound == 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        func message() -> String {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = buffer.withUnsafeMutableBytes { recv(receiver, $0.baseAddress, $0.count, 0) }
            return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        }
        let daemon = try RunningDaemon(environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"])
        #expect(message().split(separator: "\n").contains("READY=1"))
        #expect(message() == "WATCHDOG=1")
        #expect(message() == "WATCHDOG=1")
        kill(daemon.process.processIdentifier, SIGHUP)
        var heard = ""
        for _ in 0..<20 where !heard.contains("RELOADING=1") { heard = message() }
        #expect(heard.contains("RELOADING=1"))
        for _ in 0..<20 where !heard.contains("READY=1") { heard = message() }
        #expect(heard.contains("READY=1"))
        daemon.process.terminate()
        for _ in 0..<20 where !heard.contains("STOPPING=1") { heard = message() }
        #expect(heard.contains("STOPPING=1"))
    }

    @Test func thePortWantsItsToken() throws {
        let token = try folder.write("token", "correct horse battery staple\n")
        // A port that was free a moment ago.
        let port = UInt16.random(in: 20_000...30_000)
        let daemon = try RunningDaemon(["tcpPort=\(port)", "tcpTokenFile=\(token)"])
        let wire = try Wire(port: port)
        let unknown = try wire.request("GET", "/healthz")
        #expect(unknown.status == 401 && unknown.fields["www-authenticate"] == "Bearer")
        #expect(
            try wire.request("GET", "/healthz", fields: ["Authorization: Bearer wrong horse battery staple"]).status
                == 401)
        let answer = try wire.request(
            "POST", "/v1/classify", #"{"input":"fine"}"#,
            fields: ["Authorization: Bearer correct horse battery staple"])
        #expect(answer.status == 200)
        let small = try wire.request(
            "GET", "/healthz", fields: ["Authorization: bearer correct horse battery staple"])
        #expect(small.status == 200)
        #expect(try daemon.request("GET", "/healthz").status == 200, "the socket wants none")
        let short = try folder.write("short", "abc\n")
        let refused = try Command.run(
            [
                "serve", "--socket", folder.file("t"), "--set", "tcpPort=\(port)", "--set", "tcpTokenFile=\(short)",
            ], store: store)
        #expect(refused.status == 78)
        #expect(refused.errors.contains("16 characters"))
    }
}
