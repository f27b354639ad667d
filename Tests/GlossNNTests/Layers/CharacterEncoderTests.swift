import GlossNN
import Testing

@Suite struct CharacterEncoderTests {
    private let words: [[Int32]] = [[3, 1, 4], [1], [5, 2, 0, 5], [3, 5]]

    private func encoder(_ cell: CellKind, hidden: Int = 4) -> CharacterEncoder {
        var random = RandomSource(seed: 2)
        return randomized(CharacterEncoder(count: 6, features: 3, hidden: hidden, cell: cell, using: &random))
    }

    @Test(arguments: CellKind.allCases, [Float(0), 0.3])
    func gradient(of cell: CellKind, dropout: Float) {
        GradientCheck().expect(encoder(cell)) { $0(words, dropout: dropout, tape: $2) }
    }

    @Test(arguments: CellKind.allCases)
    func aWordAloneIsAsInABatch(of cell: CellKind) {
        let encoder = encoder(cell, hidden: 9), prepared = encoder.prepared()
        var random = RandomSource(seed: 6)
        let words = raggedLengths.map { length in (0..<length).map { _ in Int32.random(in: 0..<6, using: &random) } }
        let together = encoder(words, dropout: 0.5, tape: nil).value
        #expect(bits(prepared(words, dropout: 0, tape: nil).value) == bits(together))
        for (row, word) in zip(rowScalars(together), words) {
            #expect(rowScalars(encoder([word], dropout: 0, tape: nil).value) == [row])
        }
    }

    /// The forward half has read the word to its end, the backward half to its start.
    @Test(arguments: CellKind.allCases)
    func eachHalfHasReadTheWholeWord(of cell: CellKind) {
        let encoder = encoder(cell)
        let word = rowScalars(encoder([[1, 2, 3]], dropout: 0, tape: nil).value)[0]
        for changed in [[0, 2, 3], [1, 0, 3], [1, 2, 0]] as [[Int32]] {
            let other = rowScalars(encoder([changed], dropout: 0, tape: nil).value)[0]
            #expect(word[..<4] != other[..<4])
            #expect(word[4...] != other[4...])
        }
    }
}
