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
        _ = fcntl(reader, F_SETFL, 0)
        // This process holds the pipe open for writing, too: it has no end.
        let whole = try daemon.ask(["tag", "--lines"], input).outputBytes
        let late = try FileHandle(fileDescriptor: reader, closeOnDealloc: true).read(upToCount: whole.count)
        #expect(run.result().status == 0, "\(run.errors)")
        let isWhole = late == whole
        #expect(isWhole)
    }
}
