import Foundation
import Testing

/// Continuations from a daemon.
@Suite struct CompletionStreamTests {
    private func generate(_ fault: FakeDaemon.Fault, _ arguments: String...) throws -> (Command.Result, FakeDaemon) {
        let daemon = try FakeDaemon(fault)
        let result = try Command.run(
            ["generate"] + arguments, input: "It \"was\"\n", environment: ["GLOSS_HOST": daemon.host])
        return (result, daemon)
    }

    @Test(arguments: [FakeDaemon.Fault.none, .slices])
    func piecesAreShownAsTheyAre(fault: FakeDaemon.Fault) throws {
        let (result, daemon) = try generate(fault, "-n", "2", "--echo", "--seed", "18446744073709551615", "--verbose")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "It \"was\" grün\n\"!\n\nIt \"was\" grün\n\"!\n")
        #expect(
            result.errors == """
                gloss: seed 18446744073709551615, 17 symbols, ended by stop
                gloss: seed 0, 17 symbols, ended by stop

                """)
        #expect(daemon.requests.filter { $0.hasPrefix("POST") }.count == 2)
    }

    @Test func theRequestSaysEverythingThatWasAsked() throws {
        let (_, daemon) = try generate(
            .none, "--seed", "7", "--max-tokens", "9", "--temperature", "0.7", "--top-k", "5", "--top-p", "0.9",
            "--repetition-penalty", "1.2", "--dry-multiplier", "0.5", "--stop", "x", "--stop", "\n")
        let body = try #require(daemon.requests.last)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        #expect(object["model"] as? String == "generator:3")
        #expect(object["prompt"] as? String == "It \"was\"")
        #expect(object["stop"] as? [String] == ["x", "\n"])
        let numbers = [
            "seed": 7, "max_tokens": 9, "temperature": 0.7, "top_k": 5, "top_p": 0.9, "repetition_penalty": 1.2,
            "dry_multiplier": 0.5,
        ]
        for (key, value) in numbers { #expect(object[key] as? Double == value, "\(key)") }
        #expect(object["stream"] as? Bool == true)
    }

    @Test(arguments: 1...4)
    func anotherConnectionGoesOnWhereOneEnds(pieces: Int) throws {
        let (result, daemon) = try generate(.endsOnce(after: pieces), "-n", "2", "--seed", "5", "--verbose")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == " grün\n\"!\n\n grün\n\"!\n", "nothing is lost and nothing comes twice")
        #expect(result.errors.contains("seed 5, 17 symbols, ended by stop"))
        let bodies = daemon.requests.filter { $0.hasPrefix("{") }
        #expect(bodies.count == 3)
        #expect(bodies.first == bodies.dropFirst().first, "the same is asked again, its seed with it")
    }

    @Test(arguments: [[" blau", "!"], [" grün", ""]])
    func anotherContinuationIsNotMixedIn(pieces: [String]) throws {
        let (result, _) = try generate(.endsOnce(after: 2, again: pieces))
        #expect(result.status == 69)
        #expect(result.output == " grün\n\"!", "what was shown, and nothing of what says something else or less")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func aStreamThatBreaksOffAgainEndsWithOneLine() throws {
        let (result, daemon) = try generate(.ends(after: 1))
        #expect(result.status == 69)
        #expect(result.output == " grün\n\"", "the second connection says a little more, the third one nothing new")
        #expect(daemon.requests.filter { $0.hasPrefix("POST") }.count == 3)
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
