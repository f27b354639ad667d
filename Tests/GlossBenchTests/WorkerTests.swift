import Foundation
import Testing

/// The worker that the peers' driver talks to, as a process.
@Suite struct WorkerTests {
    private struct Answer: Decodable {
        var seconds: [Double]
        var error: String?
    }

    /// The answers to requests, a line each.
    private func answers(_ requests: [String]) throws -> [Answer] {
        let process = Process(), input = Pipe(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("gloss-bench")
        process.arguments = ["worker"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(requests.map { $0 + "\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Answer.self, from: $0) }
    }

    private func shape(_ kind: String, _ more: String) -> String {
        #"{"kind":"\#(kind)","hidden":5,"embedding":3,"vocabulary":7,"classes":7,"lengths":[4,2,3],\#(more)}"#
    }

    private func result(_ work: String) throws -> [Float] {
        let path = NSTemporaryDirectory() + "gloss-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let answer = try answers([#"{"name":"a","work":\#(work),"result":"\#(path)","runs":2}"#])
        #expect(answer.first?.error == nil)
        #expect(answer.first?.seconds.count == 2)
        return try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    @Test(arguments: ["lstm", "gru", "rnn"])
    func scoresDoNotDependOnTheThreads(_ cell: String) throws {
        let one = try result(shape("inference", #""cell":"\#(cell)""#))
        #expect(one.count == 9 * 7)
        #expect(one.contains { $0 != 0 })
        #expect(try result(shape("inference", #""cell":"\#(cell)","threads":2"#)) == one)
    }

    @Test func aTrainingStepHasItsLossAndAllGradients() throws {
        let values = try result(shape("training", #""layers":1"#))
        let parameters = 7 * 3 + 2 * (3 * 20 + 5 * 20 + 20) + 10 * 7 + 7
        #expect(values.count == 1 + parameters)
        #expect(abs(values[0] - 1.9459) < 0.5)  // about the log of 7 classes at first
    }

    @Test func streamsGenerateApart() throws {
        let work = #""bidirectional":false"#
        let many = try result(shape("generation", work).replacing("[4,2,3]", with: "[6,6,6]"))
        #expect(many.count == 18)
        #expect(many.allSatisfy { $0 >= 0 && $0 < 7 })
    }

    @Test func aWrongRequestIsAnsweredWithItsError() throws {
        let wrong = try answers([
            #"{"name":"missing","runs":1}"#, "no JSON",
            #"{"name":"a","work":{"kind":"inference","lengths":[2]},"weights":"/dev/null"}"#,
        ])
        #expect(wrong.count == 3)
        #expect(wrong.allSatisfy { $0.error != nil })
        #expect(wrong.first?.error?.contains("missing") == true)
    }
}
