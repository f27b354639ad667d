import Foundation

/// Texts with the answers that the command gives in its own process.
final class Expected {
    let texts: [String]
    let requests: [[UInt8]]
    /// Texts a request.
    let size: Int
    private let answers: [(label: String, probability: Double)]
    /// The bytes of an answer that was right, by request: the next one need only have the same.
    private var right: [Int: [UInt8]] = [:]

    /// Texts that are written to `path`, a line each, and judged by `gloss classify --local`.
    /// A request has `size` of them, in their order.
    init(_ texts: [String], _ command: Command, model: String, store: [String] = [], size: Int = 1) throws {
        self.texts = texts
        self.size = size
        requests = stride(from: 0, to: texts.count, by: size).map {
            Peer.request(Array(texts[$0..<min($0 + size, texts.count)]), model: model)
        }
        let path = command.file("texts")
        try (texts.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let run = try command.run(
            ["classify", "--local", "--format", "jsonl", "--model", model] + store, input: path)
        answers = try String(decoding: run.output, as: UTF8.self).split(separator: "\n").map { line in
            guard let answer = Self.answers(Array(line.utf8)[...]).first else { throw Failure("no answer in \(line)") }
            return answer
        }
        guard answers.count == texts.count else { throw Failure("\(answers.count) answers for \(texts.count) texts") }
    }

    /// Whether a daemon's answer is that of the request of a number. The command prints six digits of a probability.
    func isRight(_ number: Int, _ body: UnsafeRawBufferPointer) -> Bool {
        let request = number % requests.count, first = request * size
        if let known = right[request], known.count == body.count,
            known.withUnsafeBytes({ memcmp($0.baseAddress!, body.baseAddress!, body.count) == 0 })
        {
            return true
        }
        let expected = answers[first..<min(first + size, answers.count)], given = Self.answers(Array(body)[...])
        let isRight =
            given.count == expected.count
            && zip(given, expected).allSatisfy { $0.label == $1.label && abs($0.probability - $1.probability) < 0.6e-6 }
        if isRight { right[request] = Array(body) }
        return isRight
    }

    /// The labels and their probabilities in JSON, in their order.
    private static func answers(_ json: ArraySlice<UInt8>) -> [(label: String, probability: Double)] {
        var rest = json, found: [(label: String, probability: Double)] = []
        func value(_ key: StaticString, until ends: StaticString) -> String? {
            let key = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
            let ends = UnsafeBufferPointer(start: ends.utf8Start, count: ends.utf8CodeUnitCount)
            var place = rest.startIndex
            while let mark = rest[place...].firstIndex(of: key[0]) {
                if rest[mark...].starts(with: key) {
                    let bytes = rest[(mark + key.count)...].prefix { !ends.contains($0) }
                    rest = rest[bytes.endIndex...]
                    return String(decoding: bytes, as: UTF8.self)
                }
                place = mark + 1
            }
            return nil
        }
        while let label = value("\"label\":\"", until: "\""),
            let probability = value("\"probability\":", until: ",}").flatMap(Double.init)
        {
            found.append((label, probability))
        }
        return found
    }
}
