import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Help, exit statuses and behaviour in a pipe.
@Suite struct UsageTests {
    @Test(arguments: [
        "", "classify", "tag", "generate", "tokenize", "vocabulary", "vocabulary build", "vocabulary show",
        "vocabulary export", "vocabulary import", "train", "train classify", "train tag", "train generate", "evaluate",
        "models", "models list", "models show", "models copy", "models remove", "models export", "models import",
        "models verify", "models rollback", "status", "doctor",
    ])
    func helpShowsExamples(command: String) throws {
        let result = try Command.run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("Example"))
        #expect(result.output.contains("  gloss ") || result.output.contains("| gloss "))
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: [
        (["nonsense"], 64, "gloss has no command nonsense; it has classify, tag"),
        (["two\nlines"], 64, "gloss has no command two lines; it has"),
        (["models", "lst"], 64, "gloss models has no command lst; it has list, show"),
        (["classify", "--nonsense"], 64, "; see gloss classify --help"),
        (["classify", "--format", "xml"], 64, "Please provide one of 'tsv' and 'jsonl'.\n"),
        (["classify", "--threads", "0"], 64, "--threads 0"),
        (["classify", "--model", "a b"], 64, "\"a b\""),
        (["train", "classify", "--model", "x"], 64, "--train"),
        (["train", "classify", "--train", "/missing.tsv", "--model", "x"], 66, "/missing.tsv"),
        (["train", "classify", "--print-config", "--set", "training.epoch=1"], 78, "training.epoch"),
        (
            ["train", "classify", "--print-config", "--set", "training.epochs=x"], 78,
            "“x” is no value for it; it is 20 now"
        ),
        (["train", "generate", "--train", "/dev/null", "--model", "x"], 65, "/dev/null: the file is empty; give"),
        (["classify", "--model", "missing"], 69, "missing"),
        (["tokenize", "/missing.txt"], 66, "/missing.txt"),
        (["tokenize", "/"], 66, "directory"),
        (["models", "import", "/missing.sqlite"], 66, "/missing.sqlite"),
        (["models", "remove", "missing"], 69, "there is no store"),
    ])
    func everyFailureIsOneLineWithItsStatus(arguments: [String], status: Int32, part: String) throws {
        let result = try Command.run(arguments)
        #expect(result.status == status)
        #expect(result.errors.hasPrefix("gloss: error: "))
        #expect(result.errors.contains(part), "\(result.errors)")
        #expect(result.errors.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
        #expect(result.output.isEmpty)
    }

    @Test func anUnknownModelNamesThoseThatThereAre() throws {
        let result = try Command.run(["classify", "--model", "nope"], store: try Trained.models.get().store)
        #expect(result.status == 69)
        #expect(result.errors.contains("sentiment:1"))
        let wrong = try Command.run(["classify", "--model", "tagger"], store: try Trained.models.get().store)
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("gloss tag"))
    }

    @Test func aReaderThatGoesAwayEndsItQuietly() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write("text", String(repeating: "One more line to be cut.\n", count: 40_000))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c", "\"$0\" tokenize --lines \"$1\" 2> \"$2\" | head -n 1; echo ${PIPESTATUS[0]} > \"$3\"",
            Command.executable,
            text, folder.file("err"), folder.file("status"),
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(try String(contentsOfFile: folder.file("err"), encoding: .utf8) == "")
        #expect(try String(contentsOfFile: folder.file("status"), encoding: .utf8) == "141\n", "ended by SIGPIPE")
    }

    @Test func versionIsANumber() throws {
        let result = try Command.run(["--version"])
        #expect(result.status == 0)
        #expect(result.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
    }

    /// Runs the command with arguments as a shell reads them: its status, and what it said where that is not sent elsewhere.
    private func shell(_ arguments: String) throws -> (status: Int32, errors: String) {
        let process = Process(), errors = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "\"$0\" \(arguments)", Command.executable]
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationReason == .exit)
        return (process.terminationStatus, said)
    }

    /// An error that nobody can be told of has its status all the same.
    @Test(arguments: ["2>&-", "2>/dev/full"]) func standardErrorMayBeGone(redirection: String) throws {
        #expect(try shell("tokenize /missing.txt \(redirection)").status == 66)
    }

    /// What was asked for and could not be written is an error.
    @Test(arguments: ["--help", "--version", "train --help", "--generate-completion-script bash"])
    func helpHasToBeWritten(arguments: String) throws {
        #expect(try shell("\(arguments) >/dev/full").status == 74)
    }

    /// Arguments are what they were typed as, or an error.
    @Test(arguments: [#"generate "$(printf 'It was a \377')""#, #"tokenize "$(printf 'a\300.txt')""#])
    func argumentsThatAreNoText(arguments: String) throws {
        let (status, said) = try shell(arguments)
        #expect(status == 64)
        #expect(said.hasPrefix("gloss: error: argument 2, “") && said.contains("UTF-8"))
        #expect(said.hasSuffix("\n") && said.split(separator: "\n").count == 1)
    }

    /// A reader that is slow, behind an output that does not block, as a terminal's other programs may leave it.
    @Test func anOutputThatDoesNotBlockIsWaitedFor() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "One line of several words\n", count: 20_000)
        try text.write(toFile: folder.file("text"), atomically: true, encoding: .utf8)
        let process = Process(), output = Pipe()
        let flags = fcntl(output.fileHandleForWriting.fileDescriptor, F_GETFL)
        try #require(fcntl(output.fileHandleForWriting.fileDescriptor, F_SETFL, flags | O_NONBLOCK) == 0)
        process.executableURL = URL(fileURLWithPath: Command.executable)
        process.arguments = ["tokenize", "--local", folder.file("text")]
        process.standardOutput = output
        try process.run()
        // The pipe holds 64 KiB, and so the command meets its end before anything is read.
        Thread.sleep(forTimeInterval: 1)
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        let isWhole = String(decoding: bytes, as: UTF8.self) == text
        #expect(isWhole, "\(bytes.count) bytes")
    }
}
