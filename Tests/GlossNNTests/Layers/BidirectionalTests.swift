import GlossNN
import Testing

@Suite struct BidirectionalTests {
    private func layer(_ cell: CellCase, input: Int = 3, hidden: Int = 4) -> Bidirectional {
        var random = RandomSource(seed: 2)
        return randomized(
            Bidirectional(input: input, hidden: hidden, cell: cell.kind, activation: cell.activation, using: &random))
    }

    @Test(arguments: CellCase.forward)
    func gradient(of cell: CellCase) {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        cell.gradientCheck.expect(layer(cell), inputs: [randomTensor([layout.rows, 3], seed: 1)]) {
            var state = RecurrentState(batch: 4, hidden: 4)
            return $0($1[0], layout, state: &state, tape: $2)
        }
    }

    /// The first half is the forward sweep's, the second the backward sweep's, and the state is the forward sweep's.
    @Test(arguments: CellCase.forward, [1, 2])
    func isItsTwoSweepsSideBySide(cell: CellCase, threads: Int) throws {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2], threads: threads), layer = layer(cell)
        let x = Variable(randomTensor([layout.rows, 3], seed: 1))
        var state = RecurrentState(batch: 4, hidden: 4), ahead = state
        state.hidden = randomTensor([4, 4], seed: 3)
        ahead.hidden = state.hidden
        let y = rowScalars(layer(x, layout, state: &state, tape: nil).value)
        let forward = rowScalars(layer.forward(x, layout, state: &ahead, tape: nil).value)
        let behind = try #require(layer.backward)
        let backward = rowScalars(behind(x, layout, tape: nil).value)
        #expect(y == zip(forward, backward).map { $0 + $1 })
        #expect(bits(state.hidden) == bits(ahead.hidden))
        #expect(layer.output == 8)
    }

    /// A backward sweep is a forward sweep over each sequence turned round.
    @Test(arguments: CellCase.forward)
    func aBackwardSweepIsAForwardSweepOverReversedSequences(cell: CellCase) throws {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        let backward = try #require(layer(cell).backward)
        var random = RandomSource(seed: 2)
        var forward = Recurrent(input: 3, hidden: 4, cell: cell.kind, activation: cell.activation, using: &random)
        let values = Dictionary(uniqueKeysWithValues: backward.parameters.map { ($0.path, $0.parameter.value) })
        forward.forEachParameter("") { path, parameter in
            if let value = values[path] { parameter.value = value }
        }
        let x = randomTensor([layout.rows, 3], seed: 1)
        let reversed = layout.packed(layout.unpacked(rowScalars(x)).map { Array($0.reversed()) })
        let expected = backward(Variable(x), layout, tape: nil).value
        let y = forward(Variable(Tensor([layout.rows, 3], reversed.flatMap { $0 })), layout, tape: nil).value
        #expect(layout.unpacked(rowScalars(y)).map { Array($0.reversed()) } == layout.unpacked(rowScalars(expected)))
    }

    @Test func oneDirectionIsTheForwardSweep() {
        var random = RandomSource(seed: 2)
        let layer = Bidirectional(input: 3, hidden: 4, cell: .gru, bidirectional: false, using: &random)
        #expect(layer.output == 4)
        #expect(layer.parameters.map(\.path).allSatisfy { $0.hasPrefix("forward.") })
    }
}
