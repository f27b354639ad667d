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

    @Test(arguments: [Precision.float32, .int8])
    func wordsThatItHasReadAreTheSame(_ precision: Precision) {
        let prepared = encoder(.lstm, hidden: 9).prepared(precision)
        let first = prepared(words, dropout: 0, tape: nil).value
        #expect(bits(prepared(words, dropout: 0, tape: nil).value) == bits(first))
        // Known ones among new ones, in another order.
        let mixed = prepared([[2, 2], words[3], [4], words[0], words[3]], dropout: 0, tape: nil).value
        let fresh = encoder(.lstm, hidden: 9).prepared(precision)
        #expect(bits(mixed) == bits(fresh([[2, 2], words[3], [4], words[0], words[3]], dropout: 0, tape: nil).value))
        #expect(rowScalars(mixed)[1] == rowScalars(first)[3] && rowScalars(mixed)[3] == rowScalars(first)[0])
    }

    @Test func otherNumbersForgetTheWords() {
        var prepared = encoder(.lstm).prepared()
        let before = prepared(words, dropout: 0, tape: nil).value, copy = prepared
        prepared.embedding.table.value.scale(by: 2)
        #expect(bits(prepared(words, dropout: 0, tape: nil).value) != bits(before))
        #expect(bits(copy(words, dropout: 0, tape: nil).value) == bits(before))
    }

    /// More words than are kept, each twice, on several threads.
    @Test func whatIsForgottenIsReadAgain() async {
        let encoder = encoder(.gru), prepared = encoder.prepared()
        let many: [[Int32]] = (0..<3 * 4096).map { n in (0..<7).map { Int32(n >> (2 * $0) & 3) } }
        let expected = rowScalars(encoder(many, dropout: 0, tape: nil).value)
        await withTaskGroup(of: Bool.self) { group in
            for start in 0..<4 {
                group.addTask {
                    let parts = (0..<24).map { ($0 * 7 + start * 5) % 24 * 512 }
                    return parts.allSatisfy { from in
                        let found = rowScalars(prepared(Array(many[from..<from + 512]), dropout: 0, tape: nil).value)
                        return found == Array(expected[from..<from + 512])
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
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
