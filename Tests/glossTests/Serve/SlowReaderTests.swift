import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A command whose answers nobody reads for longer than the daemon waits, as behind a pager.
@Suite struct SlowReaderTests {
    @Test func whatIsReadLateIsWhole() throws {
        let daemon = try RunningDaemon(["limits.writeSeconds=0.2"])
        let folder = try TemporaryFolder()
        let pipe = folder.file("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK)
        try #require(reader >= 0)
        let input = Data((0..<20_000).map { "Number \($0): we met Ada in Paris .\n" }.joined().utf8)
        let run = try Command.start(
            ["tag", "--lines"], input: input, output: pipe, environment: ["GLOSS_HOST": daemon.host])
        #expect(try daemon.waits { try daemon.metric(#"gloss_rejections_total{reason="writeSeconds"}"#) > 0 })
        let late = read(reader, while: run.process)
        #expect(run.result().status == 0, "\(run.errors)")
        let isWhole = try daemon.ask(["tag", "--lines"], input).outputBytes == late
        #expect(isWhole)
    }

    /// All bytes until the process has ended: the pipe has no end, since this process holds it open for writing, too.
    private func read(_ descriptor: Int32, while process: Process) -> Data {
        defer { close(descriptor) }
        var data = Data(), buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let isRunning = process.isRunning
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { data += buffer[..<count] } else if isRunning { usleep(1000) } else { return data }
        }
    }
}
