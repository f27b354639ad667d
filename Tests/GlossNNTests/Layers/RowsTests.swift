import GlossNN
import Testing

@Suite struct RowsTests {
    private let a = randomTensor([6, 3], seed: 1), b = randomTensor([6, 3], seed: 2), c = randomTensor([6, 3], seed: 3)

    /// A row that is gathered twice receives both gradients, one that is not gathered none.
    @Test func gradientOfGather() {
        GradientCheck().expect(NoParameters(), inputs: [a]) { gather($1[0], rows: [5, 0, 0, 2, 5], tape: $2) }
    }

    @Test func gradientAndValueOfColumn() {
        GradientCheck().expect(NoParameters(), inputs: [a]) { column($1[0], 1, tape: $2) }
        let expected = rowScalars(a).reduce(Float(0)) { $0 + $1[1] }
        #expect(column(Variable(a), 1, tape: nil).value.scalars == [expected])
    }

    @Test func gradientAndValueOfColumns() {
        GradientCheck().expect(NoParameters(), inputs: [a]) { columns($1[0], 1..<3, tape: $2) }
        #expect(rowScalars(columns(Variable(a), 1..<3, tape: nil).value) == rowScalars(a).map { Array($0[1...]) })
    }

    @Test func gradientOfConcatenate() {
        let wide = randomTensor([6, 5], seed: 4)
        GradientCheck().expect(NoParameters(), inputs: [a, wide]) { concatenate([$1[0], $1[1], $1[0]], tape: $2) }
    }

    @Test func gradientOfSums() {
        GradientCheck().expect(NoParameters(), inputs: [a, b]) {
            add(scaled($1[0], by: -1.5, tape: $2), add($1[1], $1[0], tape: $2), tape: $2)
        }
    }

    /// The same variable on both sides: its gradient must be counted twice.
    @Test func gradientOfAVariableAddedToItself() {
        GradientCheck().expect(NoParameters(), inputs: [a]) { add($1[0], $1[0], tape: $2) }
    }

    @Test func gradientOfHighway() {
        GradientCheck().expect(NoParameters(), inputs: [a, b, c]) { highway($1[0], $1[1], gate: $1[2], tape: $2) }
        GradientCheck().expect(NoParameters(), inputs: [a]) { highway($1[0], $1[0], gate: $1[0], tape: $2) }
    }

    @Test func valuesAreThoseOfTheFormula() {
        let x = rowScalars(a), y = rowScalars(b), gate = rowScalars(c)
        #expect(rowScalars(gather(Variable(a), rows: [4, 4, 1], tape: nil).value) == [x[4], x[4], x[1]])
        #expect(
            rowScalars(concatenate([Variable(a), Variable(b)], tape: nil).value) == (0..<6).map { x[$0] + y[$0] })
        #expect(scaled(Variable(a), by: 3, tape: nil).value.scalars == a.scalars.map { 3 * $0 })
        let mixed = highway(Variable(a), Variable(b), gate: Variable(c), tape: nil).value
        for row in 0..<6 {
            for j in 0..<3 {
                let expected = gate[row][j] * y[row][j] + (1 - gate[row][j]) * x[row][j]
                #expect(abs(mixed[row * 3 + j] - expected) <= 1e-6)
            }
        }
        #expect(a.scalars == randomTensor([6, 3], seed: 1).scalars, "operations must not write to their inputs")
    }

    @Test func rowsAreScaledAndScattered() {
        var x = a
        x.scaleRows(by: [2, 1, 0, 1, 1, -1])
        #expect(rowScalars(x)[0] == rowScalars(a)[0].map { 2 * $0 })
        #expect(rowScalars(x)[1] == rowScalars(a)[1])
        #expect(rowScalars(x)[2].allSatisfy { $0 == 0 })
        var sum = Tensor(zeros: [2, 3])
        sum.scatterAdd(a, to: [1, 1, 0, 1, 1, 1])
        #expect(rowScalars(sum)[0] == rowScalars(a)[2])
    }
}
