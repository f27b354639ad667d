import GlossNN
import Testing

/// Lengths of the sequences of a gradient check's batch.
private let batches = [[4], [3, 1, 4, 2], [2, 2, 2], [1, 5, 1]]

@Suite struct RecurrentTests {
    @Test(arguments: CellCase.all, batches)
    func gradient(of cell: CellCase, lengths: [Int]) {
        let layout = SequenceLayout(lengths: lengths)
        cell.gradientCheck.expect(
            cell.recurrent(input: 3, hidden: 5), inputs: [randomTensor([layout.rows, 3], seed: 2)]
        ) { $0($1[0], layout, tape: $2) }
    }

    @Test(arguments: CellCase.all)
    func gradientFromAnInitialState(of cell: CellCase) {
        let layout = SequenceLayout(lengths: [2, 4, 1])
        cell.gradientCheck.expect(
            cell.recurrent(input: 3, hidden: 5), inputs: [randomTensor([layout.rows, 3], seed: 2)]
        ) {
            var state = RecurrentState(batch: 3, hidden: 5)
            state.hidden = randomTensor([3, 5], seed: 8)
            state.cell = randomTensor([3, 5], seed: 9)
            return $0($1[0], layout, state: &state, tape: $2)
        }
    }

    @Test(arguments: CellCase.all)
    func gradientWithWeightDropout(of cell: CellCase) {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        var recurrent = cell.recurrent(input: 3, hidden: 5)
        recurrent.weightDropout = 0.4
        cell.gradientCheck.expect(recurrent, inputs: [randomTensor([layout.rows, 3], seed: 2)]) {
            $0($1[0], layout, tape: $2)
        }
    }

    @Test(arguments: CellCase.all, [7, 33])
    func aSequenceAloneIsAsInABatch(cell: CellCase, hidden: Int) {
        let recurrent = cell.recurrent(input: 5, hidden: hidden)
        expectInvariance(features: 5, rows: .step) { recurrent($0, $1, tape: nil) }
        let prepared = recurrent.prepared()
        expectInvariance(features: 5, rows: .step) { prepared($0, $1, tape: nil) }
        expectInvariance(features: 5, rows: .step) { recurrent($0, $1, tape: Tape(random: RandomSource(seed: 1))) }
    }

    @Test(arguments: CellCase.all)
    func preparedIsTheOriginalToTheBit(cell: CellCase) {
        let layout = SequenceLayout(lengths: raggedLengths)
        let x = Variable(randomTensor([layout.rows, 6], seed: 4))
        let recurrent = cell.recurrent(input: 6, hidden: 19)
        let expected = bits(recurrent(x, layout, tape: nil).value)
        #expect(bits(recurrent.prepared()(x, layout, tape: nil).value) == expected)
        #expect(bits(recurrent(x, layout, tape: Tape(random: RandomSource(seed: 1))).value) == expected)
    }

    /// A lower precision rounds what is multiplied and nothing else: the answer is near, and the same in any batch.
    @Test(arguments: CellCase.all, [Precision.bfloat16, .int8])
    func lowerPrecisionIsNearAndTheSameInABatch(cell: CellCase, precision: Precision) {
        var random = RandomSource(seed: 5)
        let recurrent = Recurrent(
            input: 13, hidden: 35, cell: cell.kind, activation: cell.activation, reversed: cell.reversed, using: &random
        )
        let prepared = recurrent.prepared(precision)
        expectInvariance(features: 13, rows: .step) { prepared($0, $1, tape: nil) }
        let layout = SequenceLayout(lengths: raggedLengths)
        let x = Variable(randomTensor([layout.rows, 13], seed: 4))
        let exact = recurrent(x, layout, tape: nil).value.scalars, near = prepared(x, layout, tape: nil).value.scalars
        let size = exact.reduce(0) { max($0, abs($1)) }
        let error = zip(exact, near).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
        #expect(error > 0 && error <= (precision == .int8 ? 0.03 : 0.015) * size, "\(error) of \(size)")
    }

    @Test(arguments: CellCase.all)
    func trainingInBFloat16IsNearFloat32(cell: CellCase) {
        let layout = SequenceLayout(lengths: raggedLengths)
        let x = Variable(randomTensor([layout.rows, 13], seed: 4))
        var random = RandomSource(seed: 5)
        let recurrent = Recurrent(
            input: 13, hidden: 35, cell: cell.kind, activation: cell.activation, reversed: cell.reversed, using: &random
        )
        func gradients(_ precision: Precision) -> [Tensor] {
            let tape = Tape(random: RandomSource(seed: 1), precision: precision)
            let y = recurrent(x, layout, tape: tape)
            let loss = meanSquaredError(
                y, targets: Tensor(zeros: y.value.shape), normalizer: Float(layout.rows), tape: tape)
            let gradients = tape.backward(from: loss)
            return recurrent.parameters.compactMap { gradients[$0.parameter] }
        }
        let exact = gradients(.float32), near = gradients(.bfloat16)
        #expect(exact.count == near.count && exact.count >= 3)
        for (exact, near) in zip(exact, near) {
            var difference = exact
            difference.add(near, scale: -1)
            let error = (difference.squaredNorm / exact.squaredNorm).squareRoot()
            #expect(error > 0 && error < 0.02, "\(error)")
        }
    }

    /// The lengths differ in order between the halves, so that states must follow their sequences.
    @Test(arguments: CellCase.forward)
    func twoHalvesWithTheStateCarriedAreTheWhole(cell: CellCase) {
        let lengths = [7, 5, 6, 4], cut = 3
        let sequences = lengths.enumerated().map { index, length in
            (0..<length).map { randomTensor([5], seed: UInt64(10 * index + $0)).scalars }
        }
        let recurrent = cell.recurrent(input: 5, hidden: 9)
        func run(_ sequences: [[[Float]]], _ state: inout RecurrentState) -> [[[Float]]] {
            let layout = SequenceLayout(lengths: sequences.map(\.count))
            let x = Tensor([layout.rows, 5], layout.packed(sequences).flatMap { $0 })
            return layout.unpacked(rowScalars(recurrent(Variable(x), layout, state: &state, tape: nil).value))
        }
        var whole = RecurrentState(batch: 4, hidden: 9), halves = whole
        let expected = run(sequences, &whole)
        let first = run(sequences.map { Array($0[..<cut]) }, &halves)
        let second = run(sequences.map { Array($0[cut...]) }, &halves)
        #expect(zip(first, second).map { $0 + $1 } == expected)
        #expect(bits(whole.hidden) == bits(halves.hidden))
        #expect(bits(whole.cell) == bits(halves.cell))
        for (index, sequence) in expected.enumerated() {
            #expect(rowScalars(whole.hidden)[index] == sequence.last, "the last state is the last output")
        }
    }

    /// A forward sweep must not see later steps, a backward sweep not earlier ones; both must see the step itself.
    @Test(arguments: CellCase.all)
    func aStepIsSeenOnlyAhead(cell: CellCase) {
        let length = 6, changed = 3, layout = SequenceLayout(lengths: [length])
        let recurrent = cell.recurrent(input: 4, hidden: 6)
        let x = randomTensor([length, 4], seed: 3)
        var y = x
        for feature in 0..<4 { y[changed * 4 + feature] += 0.5 }
        let before = rowScalars(recurrent(Variable(x), layout, tape: nil).value)
        let after = rowScalars(recurrent(Variable(y), layout, tape: nil).value)
        for step in 0..<length {
            let sees = cell.reversed ? step <= changed : step >= changed
            #expect((before[step] != after[step]) == sees, "step \(step)")
        }
    }
}
