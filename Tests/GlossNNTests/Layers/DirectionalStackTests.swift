import GlossNN
import Testing

@Suite struct DirectionalStackTests {
    private func stack(_ cell: CellKind, hidden: Int = 4, dropout: Float = 0) -> DirectionalStack {
        var configuration = DirectionalStackConfiguration()
        configuration.cell = cell
        configuration.hidden = hidden
        configuration.layers = 2
        configuration.dropout = dropout
        var random = RandomSource(seed: 2)
        return randomized(DirectionalStack(input: 5, configuration, using: &random))
    }

    private func both(_ stack: DirectionalStack, _ x: Variable, _ layout: SequenceLayout, _ tape: Tape?) -> Variable {
        let (forward, backward) = stack(x, layout, tape: tape)
        return concatenate([forward, backward], tape: tape)
    }

    @Test(arguments: CellKind.allCases, [0, 0.3] as [Float]) func gradient(cell: CellKind, dropout: Float) {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        GradientCheck().expect(stack(cell, dropout: dropout), inputs: [randomTensor([layout.rows, 5], seed: 1)]) {
            both($0, $1[0], layout, $2)
        }
    }

    /// What a direction is to predict must not be seen by it, through any of its layers.
    @Test(arguments: CellKind.allCases) func aDirectionSeesOnlyItsOwnSide(cell: CellKind) {
        let model = stack(cell), layout = SequenceLayout(lengths: [6])
        let x = randomTensor([6, 5], seed: 3)
        var moved = x
        moved[3 * 5] += 0.5
        let before = model(Variable(x), layout, tape: nil), after = model(Variable(moved), layout, tape: nil)
        for step in 0..<6 {
            let forward = rowScalars(before.forward.value)[step] != rowScalars(after.forward.value)[step]
            let backward = rowScalars(before.backward.value)[step] != rowScalars(after.backward.value)[step]
            #expect(forward == (step >= 3))
            #expect(backward == (step <= 3))
        }
    }

    @Test(arguments: CellKind.allCases) func aSequenceAloneIsAsInABatchAndPreparedAsTheOriginal(cell: CellKind) {
        let model = stack(cell, hidden: 9, dropout: 0.3), prepared = model.prepared()
        expectInvariance(features: 5, rows: .step) { both(prepared, $0, $1, nil) }
        let layout = SequenceLayout(lengths: raggedLengths), x = Variable(randomTensor([layout.rows, 5], seed: 4))
        let original = bits(both(model, x, layout, nil).value)
        #expect(bits(both(prepared, x, layout, nil).value) == original)
        let parallel = SequenceLayout(lengths: raggedLengths, threads: 2)
        #expect(bits(both(prepared, x, parallel, nil).value) == original)
    }

    @Test(arguments: CellKind.allCases, [1, 2]) func statesStandInTheColumnsAskedFor(cell: CellKind, threads: Int) {
        let model = stack(cell), layout = SequenceLayout(lengths: raggedLengths, threads: threads)
        let x = randomTensor([layout.rows, 5], seed: 5), around = randomTensor([layout.rows, 3 + 8 + 2], seed: 6)
        var y = around
        model.infer(x, layout, into: &y, column: 3)
        let states = rowScalars(both(model, Variable(x), layout, Tape(random: RandomSource(seed: 1))).value)
        for row in 0..<layout.rows {
            let wanted = rowScalars(around)[row], written = rowScalars(y)[row]
            #expect(written[3..<11] == states[row][...])
            #expect(written[..<3] == wanted[..<3] && written[11...] == wanted[11...])
        }
    }
}
