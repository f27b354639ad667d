import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Stop, reload and drain.
@Suite struct StoppingTests {
    private static let request =
        "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"

    private func stream(_ daemon: RunningDaemon) throws -> Wire {
        let wire = try daemon.connect()
        wire.send(Self.request)
        wire.sendChunk("{\"id\":0,\"input\":\"one\"}\n")
        #expect(try wire.head().status == 200)
        #expect(try wire.chunk() != nil)
        return wire
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func aStopFinishesWhatRuns(signal: Int32) throws {
        let daemon = try RunningDaemon()
        let body = #"{"prompt":"It was","max_tokens":300,"temperature":0,"stream":true}"#
        let wire = try daemon.connect()
        wire.send(
            "POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        #expect(try wire.head().status == 200)
        kill(daemon.process.processIdentifier, signal)
        var last = ""
        while let chunk = try wire.chunk() { last = chunk }
        #expect(last.hasSuffix("data: [DONE]\n\n"), "the stream is whole")
        daemon.process.waitUntilExit()
        #expect(daemon.process.terminationStatus == 0)
        #expect(daemon.process.terminationReason == .exit)
        #expect(!FileManager.default.fileExists(atPath: daemon.path))
    }

    @Test func aStopIsBounded() throws {
        let daemon = try RunningDaemon(["limits.stopSeconds=0.3"])
        let wire = try stream(daemon)
        daemon.process.terminate()
        daemon.process.waitUntilExit()
        #expect(daemon.process.terminationStatus == 0, "a client that never ends does not hold it up")
        #expect(daemon.log.contains("unfinished"))
        #expect(wire.ends)
    }

    @Test func anIdleConnectionDoesNotHoldItUp() throws {
        let daemon = try RunningDaemon()
        let wire = try daemon.connect()
        #expect(try wire.request("GET", "/healthz").status == 200)
        daemon.process.terminate()
        daemon.process.waitUntilExit()
        #expect(daemon.process.terminationStatus == 0)
        #expect(wire.ends)
    }

    @Test func aReloadReadsTheConfiguration() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gloss.toml", "[limits]\ntexts = 2\n")
        let path = folder.file("s")
        let run = try Command.start(
            ["serve", "--socket", path, "--config", file, "--store", try Trained.models.get().store])
        defer {
            kill(run.process.processIdentifier, SIGKILL)
            run.process.waitUntilExit()
        }
        while (try? Wire(path).request("GET", "/healthz").status) != 200, run.process.isRunning { usleep(10_000) }
        let three = #"{"input":["a","b","c"]}"#
        #expect(try Wire(path).request("POST", "/v1/classify", three).status == 413)
        func reload(_ text: String, until word: String) throws {
            _ = try folder.write("gloss.toml", text)
            kill(run.process.processIdentifier, SIGHUP)
            #expect(run.waits(for: word))
        }
        try reload("[limits]\ntexts = 3\n", until: "configuration read")
        #expect(try Wire(path).request("POST", "/v1/classify", three).status == 200)
        try reload("[limits]\ntexts = -1\n", until: "configuration kept")
        #expect(run.errors.contains("limits.texts"))
        #expect(try Wire(path).request("POST", "/v1/classify", three).status == 200, "what is wrong changes nothing")
    }

    @Test func theAdminSocketReloadsUnloadsAndDrains() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("admin")
        let daemon = try RunningDaemon(["adminSocket=\(path)"])
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let admin = try Wire(path)
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"x"}"#).status == 200)
        let unloaded = try admin.request("POST", "/admin/unload?model=sentiment")
        #expect(unloaded.object["unloaded"] as? Int == 1, "\(unloaded.text)")
        for target in ["/admin/unload", "/admin/unload?model=", "/admin/unload?model=a/b"] {
            #expect(try admin.request("POST", target).status == 400, "\(target)")
        }
        #expect(try admin.request("POST", "/admin/reload").status == 200)
        #expect(try admin.request("GET", "/admin/reload").status == 405)
        #expect(try daemon.request("POST", "/admin/drain").status == 404, "the daemon's own socket has no such thing")
        let wire = try stream(daemon)
        #expect(try admin.request("POST", "/admin/drain").status == 200)
        wire.sendChunk("{\"id\":1,\"input\":\"two\"}\n")
        #expect(try wire.chunk()?.hasPrefix("{\"id\":1,") == true, "what runs goes on")
        wire.send("0\r\n\r\n")
        #expect(try wire.chunk() == nil)
        daemon.process.waitUntilExit()
        #expect(daemon.process.terminationStatus == 0)
    }

    /// Names that nobody has take their time, each a look at the store.
    @Test func aSignalWhileModelsAreLoadedEndsItWell() throws {
        let folder = try TemporaryFolder()
        let names = (0..<20_000).map { "\"nobody\($0)\"" }.joined(separator: ",")
        let file = try folder.write("gloss.toml", "preload = [\(names)]\n")
        let run = try Command.start(
            ["serve", "--socket", folder.file("s"), "--config", file, "--store", try Trained.models.get().store])
        #expect(run.waits(for: "nobody0"))
        kill(run.process.processIdentifier, SIGHUP)
        #expect(run.waits(for: "configuration read"))
        run.process.terminate()
        run.process.waitUntilExit()
        #expect(run.process.terminationStatus == 0 && run.process.terminationReason == .exit)
        #expect(!run.errors.contains("nobody19999"), "what is left is not loaded")
        #expect(!FileManager.default.fileExists(atPath: folder.file("s")))
    }

    @Test(arguments: [false, true]) func aSocketThatNobodyFindsAnyMoreEndsIt(isReplaced: Bool) throws {
        let daemon = try RunningDaemon(["watchInterval=0.05", "limits.stopSeconds=0.3"])
        // A request that runs on: the daemon then ends before all is answered.
        let wire = try stream(daemon)
        if isReplaced {
            let other = daemon.path + "2"
            #expect(FileManager.default.createFile(atPath: other, contents: nil))
            #expect(rename(other, daemon.path) == 0)
        } else {
            #expect(unlink(daemon.path) == 0)
        }
        daemon.process.waitUntilExit()
        #expect(daemon.process.terminationStatus == 74)
        #expect(daemon.log.contains("socket lost"))
        #expect(FileManager.default.fileExists(atPath: daemon.path) == isReplaced, "another's file stays")
        #expect(wire.ends)
    }
}
