import Foundation
import Testing

/// Documents that go to a daemon for their sentences and tags.
@Suite struct RemoteDocumentsTests {
    private func ask(_ arguments: [String], _ input: String, _ daemon: FakeDaemon) throws -> Command.Result {
        try Command.run(arguments, input: input, environment: ["GLOSS_HOST": daemon.host])
    }

    @Test func tagsArePutWhereTheProcessItselfPutsThem() throws {
        let daemon = try FakeDaemon()
        let result = try ask(["tag"], "Grün ist\nx\n", daemon)
        #expect(result.status == 0, "\(result.errors)")
        let first = [
            "# newdoc", "# newpar", "# sent_id = 1", "# text = Grün ist",
            "1\tGrün\t_\tN4\t_\t_\t_\t_\t_\tNER=B-X|P=0.88|TokenRange=0:4",
            "2\tist\t_\tN3\t_\t_\t_\t_\t_\tSpacesAfter=\\n|NER=B-X|P=0.88|TokenRange=5:8", "",
        ]
        let second = [
            "# sent_id = 2", "# text = x",
            "1\tx\t_\tN1\t_\t_\t_\t_\t_\tSpacesAfter=\\n|NER=B-X|P=0.88|TokenRange=9:10", "",
        ]
        #expect(result.lines == first + second)
        #expect(daemon.requests.last == "POST /v1/tag?model=tagger:1&offsets=utf8 HTTP/1.1")
    }

    @Test func linesComeInOrderAndTokensAreKept() throws {
        let daemon = try FakeDaemon()
        let lines = (1...3000).map { "a\(String(repeating: "b", count: $0 % 50)) c" }
        let result = try ask(["tag", "--lines", "--format", "tsv"], lines.joined(separator: "\n") + "\n", daemon)
        #expect(result.status == 0, "\(result.errors)")
        let first = result.output.components(separatedBy: "\n\n").dropLast().map { $0.prefix { $0 != "\t" } }
        #expect(first == lines.map { $0.dropLast(2) })
        let tokens = try ask(["tag", "--input", "tokens", "--format", "tsv"], "She  met Ada .\nx\n", daemon)
        #expect(tokens.output.hasPrefix("She\tN3\tB-X\nmet\tN3\tB-X\nAda\tN3\tB-X\n.\tN1\tB-X\n"))
    }

    @Test func tokensAloneComeWithoutTags() throws {
        let daemon = try FakeDaemon()
        let result = try ask(["tokenize", "--model", "tagger"], "a bc\nd", daemon)
        #expect(result.output == "a bc\nd\n")
        #expect(daemon.requests.last?.contains("/v1/tokenize?model=tagger:1&offsets=utf8") == true)
        let object = try ask(["tokenize", "--model", "tagger", "--format", "jsonl"], "a é", daemon)
        #expect(
            object.output
                == #"{"id":0,"sentences":[{"start":0,"end":3,"tokens":[{"text":"a","start":0,"end":1},{"text":"é","start":2,"end":3}]}]}"#
                + "\n")
        #expect(try ask(["tokenize"], "a", daemon).status == 0)
        #expect(daemon.requests.filter { $0.contains("tokenize") }.count == 2, "without a model nobody is asked")
    }

    @Test func anAnswerWithoutTagsIsNamed() throws {
        let result = try ask(["tag"], "x", try FakeDaemon(.slices))
        #expect(result.status == 69)
        #expect(result.errors.contains("no sentences in an answer"))
        #expect(result.output.isEmpty)
    }

    @Test func columnsStayHere() throws {
        let store = try Trained.models.get().store
        let daemon = try FakeDaemon()
        func both(_ arguments: [String], _ input: String) throws -> (Command.Result, Command.Result) {
            let there = try Command.run(arguments, input: input, store: store, environment: ["GLOSS_HOST": daemon.host])
            return (try Command.run(arguments, input: input, store: store), there)
        }
        let roles = try String(contentsOfFile: Command.file("corpora/roles/dev.conll"), encoding: .utf8)
        let arguments = [
            "tag", "--model", "roles", "--input", "conllu", "--column", "predicate=2", "--column", "tag=3",
        ]
        let (own, other) = try both(arguments, roles)
        #expect(own.outputBytes == other.outputBytes)
        #expect(!daemon.requests.contains { $0.contains("roles") })
    }
}
