import GlossText
import Testing

struct SymbolCountsTests {
    private static func add(_ text: String, to counts: inout SymbolCounts, times: Int = 1) {
        var copy = text
        copy.withUTF8 { bytes in for _ in 0..<times { counts.add(0..<bytes.count, of: bytes) } }
    }

    @Test func partsCountAsStringsDo() {
        var counts = SymbolCounts()
        for number in 0..<60_000 {
            Self.add(String(number % 20_000) + (number % 7 == 0 ? " and a long end" : ""), to: &counts)
        }
        var expected: [String: Int] = [:]
        for number in 0..<60_000 {
            expected[String(number % 20_000) + (number % 7 == 0 ? " and a long end" : ""), default: 0] += 1
        }
        #expect(counts.count == expected.count)
        #expect((0..<counts.count).allSatisfy { counts.counts[$0] == expected[counts.table.string(at: $0)] })
    }

    @Test func theRarestAreForgottenTogether() {
        var counts = SymbolCounts()
        for (symbol, count) in [("a", 5), ("b", 1), ("c", 2), ("d", 1), ("e", 2)] {
            Self.add(symbol, to: &counts, times: count)
        }
        var same = counts
        same.prune(to: 5)
        #expect(same.count == 5 && same.prunedCount == 0)
        counts.prune(to: 2)
        #expect(counts.sorted().map { counts.table.string(at: $0) } == ["a"])
        #expect(counts.prunedCount == 2)
        Self.add("a", to: &counts)
        #expect(counts.counts == [6])
    }
}
