import GlossText
import Testing

struct ParallelCounterTests {
    private struct Failure: Error {}

    /// 40 MB are more than one round; of the rare symbols some are forgotten between rounds.
    private static func count(threads: Int) throws -> [String] {
        let counter = ParallelCounter(threads: threads, maximumSymbols: 2000) { line, counts in
            PiecePattern.words.countPieces(in: line, into: &counts)
        }
        let filler = String(repeating: " filler of a line", count: 1000)
        for number in 0..<2400 { try counter.add(line: "piece\(number % 900) once\(number)" + filler) }
        let counts = try counter.finish()
        #expect(counts.count <= 2000)
        return counts.sorted().map { "\(counts.table.string(at: $0)) \(counts.counts[$0])" }
    }

    @Test func countsDoNotDependOnThreads() throws {
        let one = try Self.count(threads: 1)
        #expect(one.first == " a 2400000")
        #expect(try Self.count(threads: 2) == one)
        #expect(try Self.count(threads: 5) == one)
    }

    @Test func nothingIsCounted() throws {
        #expect(try ParallelCounter(threads: 2) { _, _ in }.finish().count == 0)
    }

    @Test func aFailureIsThrown() throws {
        let counter = ParallelCounter(threads: 2) { _, _ in throw Failure() }
        try counter.add(line: "x")
        #expect(throws: Failure.self) { try counter.finish() }
    }
}
