import Foundation
import GlossText
import Testing

/// `UnigramModel` and `UnigramLattices` against looking at every way to cut a string.
struct UnigramLatticesTests {
    private static let symbols = ["a", "b", "c", "ab", "bc", "abc", "ca", "aa", "cab", "é", "éa"]
    private static let scores = [-3.0, -3.5, -2.5, -4, -5, -6.2, -5.5, -5.1, -7.5, -4, -5]

    /// Every way to cut a string into symbols.
    private static func ways(_ string: Substring) -> [[Int]] {
        if string.isEmpty { return [[]] }
        return symbols.indices.filter { string.hasPrefix(symbols[$0]) }.flatMap { index in
            ways(string.dropFirst(symbols[index].count)).map { [index] + $0 }
        }
    }

    private static func score(_ way: [Int]) -> Double { way.reduce(0) { $0 + scores[$1] } }

    private static let trie: ByteTrie = {
        var trie = ByteTrie()
        for (index, symbol) in symbols.enumerated() {
            Array(symbol.utf8).withUnsafeBufferPointer { trie.insert($0, id: Int32(index)) }
        }
        return trie
    }()

    @Test(arguments: ["a", "abc", "abcabcaab", "caabcéabc", "cabcabcabéaéaé"])
    func theBestWayAndTheExpectationsAreThoseOfAllWays(string: String) {
        let ways = Self.ways(string[...])
        var lattices = UnigramLattices()
        Array(string.utf8).withUnsafeBufferPointer { lattices.add($0, trie: Self.trie) }

        var best: [Int32] = []
        let score = lattices.best(string: 0, scores: Self.scores) { best.append($0) }
        #expect(abs(score - (ways.map(Self.score).max() ?? 0)) < 1e-9)
        #expect(abs(Self.score(best.map(Int.init)) - score) < 1e-9)

        var expected = [Double](repeating: 0, count: Self.symbols.count)
        // Any constant to the power of the bytes gives the same expectations.
        let weights = Self.symbols.indices.map { exp(Self.scores[$0] + 1.7 * Double(Self.symbols[$0].utf8.count)) }
        lattices.expect(string: 0, count: 3, weights: weights, into: &expected)
        let total = ways.reduce(0) { $0 + exp(Self.score($1)) }
        for index in Self.symbols.indices {
            let sum = ways.reduce(0.0) { $0 + 3 * exp(Self.score($1)) / total * Double($1.count { $0 == index }) }
            #expect(abs(expected[index] - sum) < 1e-9)
        }
    }

    @Test func droppedSymbolsHaveNoPlaces() {
        var lattices = UnigramLattices()
        for string in ["abc", "bca"] {
            Array(string.utf8).withUnsafeBufferPointer { lattices.add($0, trie: Self.trie) }
        }
        // Only a, b, c and bc stay, with other numbers.
        lattices.renumber([3, 2, 1, -1, 0, -1, -1, -1, -1, -1, -1]) { $0 == 1 }
        #expect(lattices.count == 1)
        var best: [Int32] = []
        _ = lattices.best(string: 0, scores: [-5, -2.5, -3.5, -3]) { best.append($0) }
        #expect(best == [3, 0])
    }
}
