import GlossNN
import Testing

/// What a stack is made of, as an argument of tests.
private struct StackCase: Sendable, CustomTestStringConvertible {
    var cell: CellKind
    var connection: LayerConnection
    var bidirectional: Bool
    var testDescription: String { "\(cell) \(connection) \(bidirectional ? "both directions" : "forward")" }

    static let all = CellKind.allCases.flatMap { cell in
        LayerConnection.allCases.flatMap { connection in
            [true, false].map { StackCase(cell: cell, connection: connection, bidirectional: $0) }
        }
    }

    /// Three layers on 5 features: the first changes the width, so that connections hold from the second on.
    func stack(hidden: Int = 4, dropout: Float = 0, weightDropout: Float = 0) -> RecurrentStack {
        var configuration = RecurrentStackConfiguration()
        configuration.cell = cell
        configuration.hidden = hidden
        configuration.layers = 3
        configuration.bidirectional = bidirectional
        configuration.connection = connection
        configuration.dropout = dropout
        configuration.weightDropout = weightDropout
        var random = RandomSource(seed: 2)
        return randomized(RecurrentStack(input: 5, configuration, using: &random))
    }
}

@Suite struct RecurrentStackTests {
    @Test(arguments: StackCase.all)
    private func gradient(of stack: StackCase) {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        let inputs = [randomTensor([layout.rows, 5], seed: 1)]
        GradientCheck().expect(stack.stack(), inputs: inputs) { $0($1[0], layout, tape: $2) }
        GradientCheck().expect(stack.stack(dropout: 0.3, weightDropout: 0.3), inputs: inputs) {
            $0($1[0], layout, tape: $2)
        }
    }

    @Test(arguments: StackCase.all)
    private func aSequenceAloneIsAsInABatch(of stack: StackCase) {
        let model = stack.stack(hidden: 9, dropout: 0.3, weightDropout: 0.3), prepared = model.prepared()
        expectInvariance(features: 5, rows: .step) { model($0, $1, tape: nil) }
        expectInvariance(features: 5, rows: .step) { prepared($0, $1, tape: nil) }
    }

    @Test(arguments: StackCase.all)
    private func preparedIsTheOriginalToTheBit(of stack: StackCase) {
        let layout = SequenceLayout(lengths: raggedLengths), model = stack.stack(hidden: 9)
        let x = Variable(randomTensor([layout.rows, 5], seed: 4))
        let expected = bits(model(x, layout, tape: nil).value)
        #expect(bits(model.prepared()(x, layout, tape: nil).value) == expected)
        #expect(bits(model(x, layout, tape: Tape(random: RandomSource(seed: 1))).value) == expected)
    }

    @Test(arguments: StackCase.all.filter { !$0.bidirectional })
    private func twoHalvesWithTheStatesCarriedAreTheWhole(of stack: StackCase) {
        let model = stack.stack(hidden: 9), x = randomTensor([14, 5], seed: 4)
        func run(_ rows: Range<Int>, _ states: inout [RecurrentState]) -> [[Float]] {
            let part = Tensor([rows.count, 5], Array(x.scalars[rows.lowerBound * 5..<rows.upperBound * 5]))
            let layout = SequenceLayout(lengths: [rows.count / 2, rows.count / 2])
            return rowScalars(model(Variable(part), layout, states: &states, tape: nil).value)
        }
        var whole = model.zeroStates(batch: 2), halves = whole
        let expected = run(0..<14, &whole)
        #expect(run(0..<6, &halves) + run(6..<14, &halves) == expected)
        #expect(zip(whole, halves).allSatisfy { bits($0.hidden) == bits($1.hidden) && bits($0.cell) == bits($1.cell) })
    }

    /// A stack that reads forward alone must not see a later step through any of its connections.
    @Test(arguments: StackCase.all)
    private func laterStepsAreSeenOnlyByABackwardSweep(of stack: StackCase) {
        let model = stack.stack(), layout = SequenceLayout(lengths: [6])
        let x = randomTensor([6, 5], seed: 3)
        var y = x
        y[3 * 5] += 0.5
        let before = rowScalars(model(Variable(x), layout, tape: nil).value)
        let after = rowScalars(model(Variable(y), layout, tape: nil).value)
        for step in 0..<6 { #expect((before[step] != after[step]) == (stack.bidirectional || step >= 3)) }
    }

    /// The connections stand where the widths agree: not at the first layer, whose input is narrower.
    @Test(arguments: StackCase.all)
    private func layersAreConnectedAsTheFormulaSays(of stack: StackCase) {
        let model = stack.stack(), layout = SequenceLayout(lengths: [3, 1, 4, 2])
        var x = Variable(randomTensor([layout.rows, 5], seed: 1))
        let y = model(x, layout, tape: nil).value
        for (index, layer) in model.layers.enumerated() {
            var state = RecurrentState(batch: 4, hidden: 4)
            let output = layer(x, layout, state: &state, tape: nil)
            var next = output.value
            if index > 0, stack.connection == .residual { next.add(x.value) }
            if index > 0, stack.connection == .highway {
                let open = Activation.sigmoid(model.gates[index - 1](x, tape: nil), tape: nil).value
                for at in 0..<next.count { next[at] = open[at] * output.value[at] + (1 - open[at]) * x.value[at] }
            }
            x = Variable(next)
        }
        for at in 0..<y.count { #expect(abs(y[at] - x.value[at]) <= 1e-5) }
        #expect(model.gates.count == (stack.connection == .highway ? 2 : 0))
    }
}
