import GlossText
import Testing

struct PairMergesTests {
    /// One pair at a time, found by looking at all: the definition.
    private static func merged(_ symbols: [Int32], _ merges: [(Int32, Int32, Int32)]) -> [Int32] {
        var symbols = symbols
        while true {
            for merge in merges {
                guard
                    let place = symbols.indices.dropLast().first(where: {
                        symbols[$0] == merge.0 && symbols[$0 + 1] == merge.1
                    })
                else { continue }
                symbols.replaceSubrange(place...place + 1, with: [merge.2])
                break
            }
            let pairs = zip(symbols, symbols.dropFirst())
            if !pairs.contains(where: { pair in merges.contains { $0.0 == pair.0 && $0.1 == pair.1 } }) {
                return symbols
            }
        }
    }

    /// Beyond 96 symbols another way is taken.
    @Test(arguments: [0, 1, 2, 3, 7, 40, 96, 97, 150]) func manyWaysGiveTheDefinedResult(count: Int) {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            var table = PairMerges(capacity: 4)
            var merges: [(Int32, Int32, Int32)] = []
            for symbol in Int32(3)..<40 {
                let (left, right) = (
                    Int32.random(in: 0..<symbol, using: &random), Int32.random(in: 0..<symbol, using: &random)
                )
                if table.append(left, right, becomes: symbol) { merges.append((left, right, symbol)) }
            }
            let symbols = (0..<count).map { _ in Int32.random(in: 0..<3, using: &random) }
            var result: [Int32] = [77] + symbols
            table.merge(&result, from: 1)
            #expect(result == [77] + Self.merged(symbols, merges))
        }
    }

    @Test func aPairHasOneRank() {
        var table = PairMerges(capacity: 1)
        let isNew = [table.append(1, 2, becomes: 3), table.append(1, 2, becomes: 4)]
        #expect(isNew == [true, false])
        #expect(table.count == 1)
    }
}
