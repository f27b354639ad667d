import Foundation
import Testing

/// `gloss generate`.
@Suite struct GenerateTests {
    let store: String

    init() throws { store = try Trained.models.get().store }

    private func generate(_ arguments: String..., input: String = "") throws -> Command.Result {
        try Command.run(["generate", "--max-tokens", "30"] + arguments, input: input, store: store)
    }

    @Test func aSeedDecidesTheContinuation() throws {
        let one = try generate("--seed", "5", "The bell")
        #expect(one.status == 0)
        #expect(one.errors.isEmpty)
        #expect(one.output.count > 10)
        #expect(String(validating: one.outputBytes, as: UTF8.self) != nil)
        #expect(try generate("--seed", "5", "The bell").output == one.output)
        let other = try generate("--seed", "6", "The bell")
        #expect(other.output != one.output)
        let both = try generate("--seed", "5", "-n", "2", "The bell")
        #expect(both.output == one.output + "\n" + other.output)
    }

    @Test func aPromptComesFromTheArgumentOrStandardInput() throws {
        let argument = try generate("--temperature", "0", "The bell")
        #expect(try generate("--temperature", "0", input: "The bell").output == argument.output)
        #expect(try generate("--temperature", "0", input: "The bell\n").output == argument.output)
        #expect(try generate("--temperature", "0", "--echo", "The bell").output == "The bell" + argument.output)
        #expect(try generate("--temperature", "0", "--seed", "9", "The bell").output == argument.output)
        #expect(try generate("--seed", "1", input: "").status == 0)
    }

    @Test func stopStringsEndIt() throws {
        let whole = try generate("--seed", "5", "The bell").output
        let stop = String(try #require(whole.dropFirst(8).first))
        let stopped = try generate("--seed", "5", "--stop", stop, "The bell").output
        let end = try #require(whole.range(of: stop)?.lowerBound)
        #expect(stopped == whole[..<end] + "\n")
    }

    @Test func aTextIsExplainedByWhatWasExpected() throws {
        let text = "The bell rang. Naïve 🙂"
        let result = try generate("--explain", text)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try generate("--explain", input: text + "\n").output == result.output)
        let object = try #require(
            try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        let tokens = try #require(object["tokens"] as? [[String: Any]])
        #expect(tokens.compactMap { $0["text"] as? String }.joined() == text)
        #expect(tokens.last?["end"] as? Int == text.unicodeScalars.count)
        let nats = tokens.compactMap { $0["surprisal"] as? Double }
        #expect(nats.count == tokens.count && nats.allSatisfy { $0 > 0 })
        #expect(abs(nats.reduce(0, +) - (object["nats"] as? Double ?? 0)) < 1e-3)
        #expect(try generate("--explain", "--cache", "9", text).status == 64)
    }

    @Test func theSeedIsToldWhereAskedFor() throws {
        let result = try generate("--verbose", "The bell")
        let seed = try #require(result.errors.firstMatch(of: /seed ([0-9]+)/)?.1)
        #expect(try generate("--seed", String(seed), "The bell").output == result.output)
    }

    @Test(arguments: [
        ["--temperature", "-1"], ["--top-p", "0"], ["--top-p", "1.5"], ["--top-k", "-1"], ["--max-tokens", "0"],
        ["-n", "0"], ["--repetition-penalty", "0"], ["--dry-multiplier", "-1"], ["--dry-multiplier", "101"],
        ["--stop", ""], ["--seed", "x"],
    ])
    func impossibleValuesAreRefused(option: [String]) throws {
        let arguments = ["generate", "--model", "generator", "\(option[0])=\(option[1])", "x"]
        let result = try Command.run(
            ["-n", "--stop"].contains(option[0]) ? ["generate"] + option + ["x"] : arguments, store: store)
        #expect(result.status == 64)
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
