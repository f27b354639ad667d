import ArgumentParser
import Foundation

/// Does works for the peers' driver, which interleaves them with its own: one JSON request a line, one answer a line.
struct Worker: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the peers' driver on standard input and output.",
        discussion: """
            Example:
              echo '{"name":"a","work":{"kind":"inference","lengths":[25]}}' | gloss-bench worker
            """)

    /// A request: a work to make ready under a name, or a name to run.
    private struct Request: Decodable {
        var name: String
        /// Makes the work ready.
        var work: WorkDescription?
        /// Its weights (float32) and ids (int32); made up where absent.
        var weights, ids: String?
        /// Where to write what the work computes.
        var result: String?
        /// How often to run it, and whether by the clock even where one thread works.
        var runs: Int?
        var byClock: Bool?
    }

    private struct Answer: Encodable {
        var seconds: [Double] = []
        var error: String?
    }

    func run() throws {
        var works: [String: (work: any Work, threads: Int)] = [:]
        let decoder = JSONDecoder(), encoder = JSONEncoder()
        while let line = readLine() {
            var answer = Answer()
            do {
                answer.seconds = try serve(decoder.decode(Request.self, from: Data(line.utf8)), &works)
            } catch {
                answer.error = "\(error)"
            }
            print(String(decoding: try encoder.encode(answer), as: UTF8.self))
            fflush(nil)
        }
    }

    /// Seconds of each run.
    private func serve(_ request: Request, _ works: inout [String: (work: any Work, threads: Int)]) throws -> [Double] {
        if let description = request.work {
            var network = BenchNetwork(description)
            if let path = request.weights { try network.load(path) }
            let ids = try request.ids.map { try RawFile.read($0, of: Int32.self) } ?? description.madeUpIDs
            guard ids.count == description.tokens, ids.allSatisfy({ $0 >= 0 && $0 < description.vocabulary }) else {
                throw WorkerError(
                    "ids of \(request.name): \(ids.count) for \(description.tokens) tokens, each below "
                        + "\(description.vocabulary)")
            }
            works[request.name] = (description.work(network, ids: ids), description.threads)
        }
        guard case (var work, let threads)? = works[request.name] else {
            throw WorkerError("no work is called \(request.name)")
        }
        works[request.name] = nil
        if let path = request.result { try RawFile.write(work.result(), to: path) }
        let seconds = (0..<(request.runs ?? 0)).map { _ in
            Stopwatch.seconds(byClock: request.byClock ?? (threads > 1)) { work.run() }
        }
        works[request.name] = (work, threads)
        return seconds
    }
}

/// What is wrong with a request.
struct WorkerError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
