import GlossNN
import Testing

@Suite struct EmbeddingTests {
    private var embedding: Embedding {
        var random = RandomSource(seed: 2)
        return Embedding(count: 6, features: 3, bound: 0.8, using: &random)
    }

    @Test(arguments: [Float(0), 0.5])
    func gradient(dropout: Float) {
        var embedding = embedding
        embedding.dropout = dropout
        GradientCheck().expect(embedding) { $0([4, 0, 4, 2, 1, 4], tape: $2) }
    }

    @Test func gradientOfSums() {
        GradientCheck().expect(embedding) { $0.sums([4, 0, 4, 2, 1, 4], each: 3, tape: $2) }
    }

    @Test func sumsAddTheirRows() {
        let table = rowScalars(embedding.table.value)
        let sums = rowScalars(embedding.sums([5, 0, 5, 2], each: 2, tape: nil).value)
        for (row, ids) in zip(sums, [[5, 0], [5, 2]]) {
            #expect(row == zip(table[ids[0]], table[ids[1]]).map { $0 + $1 })
        }
    }

    @Test func rowsAreThoseOfTheIDs() {
        let table = rowScalars(embedding.table.value)
        let embedding = embedding
        #expect(rowScalars(embedding([5, 0, 5], tape: nil).value) == [table[5], table[0], table[5]])
    }

    /// A row is dropped wherever its id stands in the pass, else scaled up; nothing is dropped without a tape.
    @Test func dropoutTakesWholeIDs() {
        var embedding = embedding
        embedding.dropout = 0.5
        let table = rowScalars(embedding.table.value), ids: [Int32] = [0, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 0]
        let rows = rowScalars(embedding(ids, tape: Tape(random: RandomSource(seed: 3))).value)
        #expect(rows == rows.reversed())
        for (row, id) in zip(rows, ids) {
            #expect(row.allSatisfy { $0 == 0 } || row == table[Int(id)].map { 2 * $0 })
        }
        #expect(Set(rows.map { $0.allSatisfy { $0 == 0 } }) == [true, false], "some are dropped, some are kept")
        #expect(rowScalars(embedding(ids, tape: nil).value) == ids.map { table[Int($0)] })
    }
}
