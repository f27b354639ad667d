import Foundation
import Testing

/// Texts that go to a daemon and answers that come back, or do not.
@Suite struct RecordStreamTests {
    private func classify(_ input: String, _ fault: FakeDaemon.Fault, _ arguments: String...) throws -> Command.Result {
        let daemon = try FakeDaemon(fault)
        return try Command.run(["classify"] + arguments, input: input, environment: ["GLOSS_HOST": daemon.host])
    }

    /// Lines of growing length.
    private static let lines = (1...400).map { String(repeating: "a", count: $0) + "\n" }.joined()

    private func labels(_ result: Command.Result) -> [String] {
        result.lines.map { String($0.prefix { $0 != "é" }) }
    }

    @Test(arguments: [FakeDaemon.Fault.none, .slices])
    func answersComeInOrderHoweverTheyAreCut(fault: FakeDaemon.Fault) throws {
        let result = try classify(Self.lines, fault)
        #expect(result.status == 0, "\(result.errors)")
        #expect(labels(result) == (1...400).map(String.init))
        let blank = try classify("\n\nab\n\n\nabc\n\n", fault, "--format", "jsonl")
        #expect(blank.lines.count == 7)
        #expect(
            blank.lines[2]
                == #"{"id":2,"label":"2é😀","probability":0.75,"probabilities":{"z":0.75,"a":0.25},"text":"ab"}"#)
        #expect(blank.lines[5].hasPrefix(#"{"id":5,"label":"3é"#))
        #expect(try classify("", fault).output.isEmpty)
    }

    @Test func manyLinesGoThroughAWindow() throws {
        let input = String(repeating: "a line of text\n", count: 30_000)
        let result = try classify(input, .none)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.count == 30_000)
        let live = try classify(String(repeating: "x\n", count: 50), .none, "--line-buffered")
        #expect(live.lines.count == 50)
    }

    @Test func aDaemonThatDiesEndsItWithOneLine() throws {
        let result = try classify(Self.lines, .dies(after: 123))
        #expect(result.status == 69)
        #expect(labels(result) == (1...123).map(String.init), "nothing is lost and nothing comes twice")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("--local"))
    }

    @Test(arguments: [FakeDaemon.Fault.ends(after: 123), .stops(after: 123)])
    func anotherConnectionGoesOnWhereOneEnds(fault: FakeDaemon.Fault) throws {
        let daemon = try FakeDaemon(fault)
        let result = try Command.run(["classify"], input: Self.lines, environment: ["GLOSS_HOST": daemon.host])
        #expect(result.status == 0, "\(result.errors)")
        #expect(labels(result) == (1...400).map(String.init), "nothing is lost and nothing comes twice")
        #expect(daemon.requests.filter { $0.hasPrefix("POST") }.count == 4)
    }

    @Test func aConnectionThatAnswersNothingIsNotTriedAgain() throws {
        let daemon = try FakeDaemon(.ends(after: 0))
        let result = try Command.run(["classify"], input: Self.lines, environment: ["GLOSS_HOST": daemon.host])
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(daemon.requests.filter { $0.hasPrefix("POST") }.count == 1)
    }

    @Test func aRecordThatIsRefusedKeepsWhatCameBefore() throws {
        let result = try classify(Self.lines, .record(7))
        #expect(result.status == 65)
        #expect(labels(result) == (1...7).map(String.init))
        #expect(result.errors.contains("too long"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    /// What may pass is told apart from what is wrong, as where the whole request is refused.
    @Test(arguments: [
        ("timeout", 75), ("overloaded", 75), ("model_refused", 65), ("store_refused", 65), ("internal", 70),
        ("invalid_request", 65),
    ])
    func aRecordThatIsRefusedHasItsStatus(code: String, expected: Int32) throws {
        let result = try classify(Self.lines, .record(3, code: code))
        #expect(result.status == expected)
        #expect(labels(result) == ["1", "2", "3"])
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: [(429, 75), (503, 75), (403, 77), (413, 65), (500, 70)])
    func aRefusalHasItsStatus(status: Int, expected: Int32) throws {
        let result = try classify("text\n", .refuses(status))
        #expect(result.status == expected)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("too much"), "a message of two lines becomes one")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("--local"))
    }

    @Test func whatIsNoDaemonIsNamed() throws {
        let result = try classify("text\n", .nonsense)
        #expect(result.status == 69)
        #expect(result.errors.contains("SSH-2.0"))
        #expect(result.output.isEmpty)
    }

    @Test func aBadLineComesAfterTheAnswersBeforeIt() throws {
        let result = try classify("{\"text\":\"good\"}\n{\"text\":3}\n{\"text\":\"more\"}\n", .none)
        #expect(result.status == 65)
        #expect(labels(result) == ["4"])
        #expect(result.errors.contains("standard input:2"))
    }
}
