import GlossNN
import GlossPipeline
import Testing

struct DescendingOrderTests {
    /// Random ones over many magnitudes, with ties, zeros, one, subnormal numbers.
    private static func probabilities(_ count: Int) -> [Float] {
        var random = RandomSource(seed: 5)
        return (0..<count).map { index in
            switch index % 7 {
            case 0: 0
            case 1: [1, 0.25, .leastNormalMagnitude / 8, .leastNonzeroMagnitude][index % 4]
            default: Float(sign: .plus, exponent: -Int(random.next() % 40), significand: random.uniform())
            }
        }
    }

    @Test(arguments: [1, 2, 17, 1000])
    func isTheOrderOfAStableSort(count: Int) {
        let probabilities = Self.probabilities(count)
        let expected = probabilities.indices.sorted {
            probabilities[$0] != probabilities[$1] ? probabilities[$0] > probabilities[$1] : $0 < $1
        }
        var order = DescendingOrder(probabilities)
        #expect(order.count == count)
        #expect((0..<count).map { order[$0] } == expected)
        // Asked from the end, and for the first again.
        var late = DescendingOrder(probabilities)
        #expect(late[count - 1] == expected[count - 1] && late[0] == expected[0])
    }
}
