import Foundation

/// Texts with the answers that the command gives in its own process.
struct Expected {
    let texts: [String]
    let requests: [[UInt8]]
    private let answers: [(label: String, probability: Double)]

    /// Texts that are written to `path`, a line each, and judged by `gloss classify --local`.
    init(_ texts: [String], _ command: Command, model: String, store: [String] = []) throws {
        self.texts = texts
        requests = texts.map { Peer.request($0, model: model) }
        let path = command.file("texts")
        try (texts.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let run = try command.run(
            ["classify", "--local", "--format", "jsonl", "--model", model] + store, input: path)
        answers = try String(decoding: run.output, as: UTF8.self).split(separator: "\n").map { line in
            guard let answer = Self.answer(Array(line.utf8)[...]) else { throw Failure("no answer in \(line)") }
            return answer
        }
        guard answers.count == texts.count else { throw Failure("\(answers.count) answers for \(texts.count) texts") }
    }

    /// Whether a daemon's answer is that of the text of a number. The command prints six digits of a probability.
    func isRight(_ number: Int, _ body: ArraySlice<UInt8>) -> Bool {
        let expected = answers[number % answers.count]
        guard let answer = Self.answer(body) else { return false }
        return answer.label == expected.label && abs(answer.probability - expected.probability) < 0.6e-6
    }

    /// The first label and its probability in JSON.
    private static func answer(_ json: ArraySlice<UInt8>) -> (label: String, probability: Double)? {
        func value(_ key: String, until ends: String) -> String? {
            guard let found = json.firstRange(of: Array(key.utf8)) else { return nil }
            return String(decoding: json[found.upperBound...].prefix { !ends.utf8.contains($0) }, as: UTF8.self)
        }
        guard let label = value("\"label\":\"", until: "\""),
            let probability = value("\"probability\":", until: ",}").flatMap(Double.init)
        else { return nil }
        return (label, probability)
    }
}
