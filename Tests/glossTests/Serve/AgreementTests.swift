import Foundation
import Testing

/// A daemon's answers are those of the process itself, to the byte.
@Suite struct AgreementTests {
    let store: String
    let daemon: RunningDaemon

    init() throws {
        store = try Trained.models.get().store
        daemon = try RunningDaemon()
    }

    /// Text with what is hard to keep: blank lines, other scripts, marks, white space, quotes.
    private static let prose = Data(
        """
        Dr. Smith can't come.  She's "ill", isn't she?\u{A0}Call +1 555-0100 \u{1F600}\u{200D}\u{1F525}!

        Zoe\u{308} re\u{301}sume\u{301}s — 東京で会いました。 \\ / \u{7F}
        \tTabs\tand trailing spaces

        """.utf8)

    private func agree(_ arguments: [String], _ input: Data = Self.prose, status: Int32 = 0) throws {
        let here = try Command.start(arguments, input: input, store: store).result()
        let there = try daemon.ask(arguments, input)
        #expect(here.status == status, "\(here.errors)")
        #expect(there.status == status, "\(there.errors)")
        #expect(there.errors == here.errors)
        // Not compared within the expectation, which would look for the difference of a megabyte for minutes.
        let isSame = there.outputBytes == here.outputBytes
        #expect(isSame, "\(there.outputBytes.count) and \(here.outputBytes.count) bytes")
    }

    private func corpus(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: Command.file("corpora/" + name)))
    }

    @Test(arguments: [[], ["--format", "jsonl"], ["--model", "stars"], ["--model", "stars:1", "--format", "jsonl"]])
    func onClasses(arguments: [String]) throws {
        try agree(["classify"] + arguments, try corpus("sentiment/train.tsv"))
        try agree(["classify"] + arguments)
        try agree(["classify"] + arguments, Data())
        let objects = #"{"id":"x","text":"A fine\nfilm"}"# + "\n\n" + #"{"text":"\u0000 cold"}"#
        try agree(["classify", "--line-buffered"] + arguments, Data(objects.utf8))
        try agree(["classify", "--whole"] + arguments)
    }

    /// What comes before it is answered.
    @Test(arguments: [["tag"], ["tag", "--format", "tsv"], ["tokenize", "--model", "tagger"]])
    func onWhatCannotBeRead(arguments: [String]) throws {
        let file = Command.file("corpora/prose/dev.txt")
        try agree(arguments + [file, "/missing", file], Data(), status: 66)
        try agree(arguments + ["--lines"], Data([0x41, 0x20, 0x62, 0x0A, 0xFF, 0x0A]), status: 65)
    }

    @Test(arguments: ["tsv", "jsonl"]) func onReasons(format: String) throws {
        try agree(["classify", "--explain", "--format", format], try corpus("sentiment/dev.tsv"))
        try agree(["classify", "--explain", "--format", format])
    }

    @Test(arguments: ["tagger", "names"], ["conllu", "tsv", "jsonl"])
    func onTags(model: String, format: String) throws {
        let command = ["tag", "--model", model, "--format", format]
        try agree(command)
        try agree(command + ["--lines"])
        try agree(command + ["--lines"], try corpus("prose/dev.txt"))
        try agree(command, Data())
        try agree(command + ["--input", "tokens"], Data("She met Ada .\n\nIn  Paris .\n".utf8))
        try agree(command + ["--input", "tokens", "--lines"], Data("She met Ada .\n\nIn  Paris .\n".utf8))
        try agree(command + ["--input", "conllu"], try corpus("spans/train.conll"))
        try agree(command + ["--input", "conllu"], try corpus("tagging/dev.conllu"))
    }

    @Test func onDocumentsOfEverySize() throws {
        let sentence = Data("We met Ada in Paris, and she was well. ".utf8)
        // This process would answer for the second, but has no model here.
        for count in [1000, 4000] {
            try agree(["tag", "--format", "tsv"], Data(repeatElement(sentence, count: count).joined()))
        }
        let long = Data(repeatElement(sentence, count: 4000).joined())
        try agree(["tokenize", "--model", "tagger"], long)
        #expect(try requests() == 3)
        for arguments in [["tag"], ["tokenize", "--model", "tagger"]] {
            let here = try Command.start(arguments, input: long, store: store).result()
            let both = try Command.start(arguments, input: long, store: store, environment: ["GLOSS_HOST": daemon.host])
                .result()
            let isSame = both.outputBytes == here.outputBytes
            #expect(isSame && both.status == 0)
        }
        #expect(try requests() == 3, "the same version is here")
        // Another model under the same name and number.
        let folder = try TemporaryFolder()
        let other = folder.file("other.sqlite")
        #expect(try Command.run(["models", "export", "names", other], store: store).status == 0)
        #expect(try Command.run(["models", "copy", "names", "tagger"], store: other).status == 0)
        let there = try daemon.ask(["tag"], long)
        let both = try Command.start(["tag"], input: long, store: other, environment: ["GLOSS_HOST": daemon.host])
            .result()
        let isSame = both.outputBytes == there.outputBytes
        #expect(isSame && both.status == 0, "\(both.errors)")
        #expect(try requests() == 5)
    }

    /// Requests for tags or tokens that the daemon has answered.
    private func requests() throws -> Double {
        try ["tag", "tokenize"].reduce(0) {
            try $0 + daemon.metric(#"gloss_requests_total{route="/v1/\#($1)",status="200"}"#)
        }
    }

    @Test func onASentenceThatIsTooLong() throws {
        let long = Data(repeatElement("a ", count: 10_001).joined().utf8)
        try agree(["tag", "--input", "tokens"], long, status: 65)
    }

    @Test func onModelsThatAnswerNothing() throws {
        let folder = try TemporaryFolder()
        let own = folder.file("models.sqlite")
        let trained = try Command.run(
            ["train", "vectors", "--model", "vectors", "--train", Command.file("corpora/prose/train.txt")]
                + Trained.settings([
                    "training.epochs=1", "training.skipGram.bucketBits=6", "model.encoder.wordFeatures=8",
                ]), store: own)
        try #require(trained.status == 0, "\(trained.errors)")
        let other = try RunningDaemon(store: own)
        let both = try Command.start(
            ["tokenize", "--model", "vectors"], input: Self.prose, store: own, environment: ["GLOSS_HOST": other.host]
        ).result()
        let here = try Command.start(["tokenize", "--model", "vectors"], input: Self.prose, store: own).result()
        #expect(here.status == 0 && both.status == 0 && both.output == here.output, "\(here.errors)\(both.errors)")
    }

    /// What a daemon reads at once has fewer tokens than this document, whose sentences have a say in each other.
    @Test func onManyLongSentences() throws {
        let others = repeatElement(" and so it was", count: 124).joined()
        let sentences = (0..<450).map { ($0 % 3 == 0 ? "Arlen was" : "She lives in Arlen") + others + " .\n" }
        try agree(
            ["tag", "--model", "names", "--format", "tsv", "--input", "tokens"], Data(sentences.joined().utf8))
    }

    @Test(arguments: ["lines", "conllu", "jsonl"])
    func onTokens(format: String) throws {
        try agree(["tokenize", "--model", "tagger", "--format", format])
        try agree(["tokenize", "--model", "sentiment", "--lines", "--format", format])
    }

    @Test func onContinuations() throws {
        let common = ["generate", "--max-tokens", "40", "--seed", "5", "--verbose"]
        for more in [
            [], ["--temperature", "0"], ["-n", "3", "--echo"], ["--stop", "e", "--stop", " the"],
            ["--top-k", "7", "--top-p", "0.7", "--repetition-penalty", "1.3", "--temperature", "1.15"],
            ["--dry-multiplier", "2.5", "--temperature", "0.2"],
            ["--seed", "18446744073709551615"],
        ] {
            try agree(common + more, Data("It was \"late\" —\n".utf8))
        }
    }

    @Test func whatTheSocketCannotCarryRunsHere() throws {
        let arguments = [
            "tag", "--model", "roles", "--input", "conllu", "--column", "predicate=2", "--column", "tag=3",
        ]
        #expect(try daemon.ask(arguments, try corpus("roles/dev.conll")).status == 69, "there is no model here")
    }

    @Test func aDaemonThatIsKilledEndsACommandWithOneLine() throws {
        let input = Data(repeatElement(try corpus("sentiment/train.tsv"), count: 200).joined())
        let whole = try Command.start(["classify"], input: input, store: store).result().lines
        let run = try Command.start(["classify"], input: input, environment: ["GLOSS_HOST": daemon.host])
        usleep(300_000)
        kill(daemon.process.processIdentifier, SIGKILL)
        let result = run.result()
        if result.status == 0 { return }
        #expect(result.status == 69, "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.lines[...] == whole.prefix(result.lines.count), "nothing is lost and nothing comes twice")
    }

    /// The daemon ends a connection on which nothing is asked; who waits for a first line asks on another one.
    @Test func theFirstLineMayComeLate() throws {
        let impatient = try RunningDaemon(["limits.idleSeconds=0.2"])
        for command in ["classify", "tag", "generate --seed 1 --max-tokens 3"] {
            let process = Process(), output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "(sleep 1; echo good) | \"$0\" \(command)", Command.executable]
            process.environment = ProcessInfo.processInfo.environment.merging(["GLOSS_HOST": impatient.host]) { $1 }
            process.standardOutput = output
            try process.run()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0 && !bytes.isEmpty, "\(command)")
        }
    }
}
