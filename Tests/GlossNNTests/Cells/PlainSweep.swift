import GlossNN
import Testing

/// One step of a cell in double: input projection with its bias, recurrent projection (with its bias where the cell
/// keeps it apart), h(t-1) and c(t-1) → h(t) and c(t). The projections are [gates][hidden].
typealias PlainStep = (_ input: [[Double]], _ recurrent: [[Double]], _ h: [Double], _ c: [Double]) -> (
    h: [Double], c: [Double]
)

/// Expects that a sweep over ragged sequences from random states gives what the plain step gives for each alone.
func expectPlainSweep(
    of cell: CellCase, gates: Int, sourceLocation: SourceLocation = #_sourceLocation, _ step: PlainStep
) {
    let hidden = 5, input = 3, layout = SequenceLayout(lengths: [4, 1, 3, 4])
    let recurrent = cell.recurrent(input: input, hidden: hidden)
    let x = randomTensor([layout.rows, input], seed: 1)
    var state = RecurrentState(batch: 4, hidden: hidden)
    state.hidden = randomTensor([4, hidden], seed: 2)
    state.cell = randomTensor([4, hidden], seed: 3)
    let first = state
    let output = layout.unpacked(
        rowScalars(recurrent(Variable(x), layout, state: &state, tape: nil).value))
    func project(_ values: [Double], _ weight: Tensor, _ bias: Tensor?) -> [[Double]] {
        (0..<gates).map { gate in
            (0..<hidden).map { unit in
                let column = gate * hidden + unit
                var sum = Double(bias?[column] ?? 0)
                for (row, value) in values.enumerated() { sum += value * Double(weight[row * gates * hidden + column]) }
                return sum
            }
        }
    }
    for (index, sequence) in layout.unpacked(rowScalars(x)).enumerated() {
        var h = rowScalars(first.hidden)[index].map { Double($0) }, c = rowScalars(first.cell)[index].map { Double($0) }
        let steps = cell.reversed ? Array(sequence.indices.reversed()) : Array(sequence.indices)
        for time in steps {
            (h, c) = step(
                project(sequence[time].map { Double($0) }, recurrent.inputWeight.value, recurrent.bias.value),
                project(h, recurrent.hiddenWeight.value, recurrent.recurrentBias?.value), h, c)
            for (value, expected) in zip(output[index][time], h) {
                #expect(abs(Double(value) - expected) <= 2e-6 * max(1, abs(expected)), sourceLocation: sourceLocation)
            }
        }
        for (value, expected) in zip(rowScalars(state.hidden)[index], h) {
            #expect(abs(Double(value) - expected) <= 2e-6 * max(1, abs(expected)), sourceLocation: sourceLocation)
        }
        for (value, expected) in zip(rowScalars(state.cell)[index], c) where cell.kind == .lstm {
            #expect(abs(Double(value) - expected) <= 2e-6 * max(1, abs(expected)), sourceLocation: sourceLocation)
        }
    }
}

extension CellCase {
    /// The activation in double.
    func plain(_ x: Double) -> Double {
        switch activation {
        case .tanh: hyperbolicTangent(x)
        case .sigmoid: logisticFunction(x)
        case .relu: max(x, 0)
        }
    }
}
