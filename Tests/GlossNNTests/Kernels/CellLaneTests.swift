import CKernels
import Testing

/// One step of an LSTM or a GRU, forward and backward, from made-up values of some units.
private struct CellStepCase {
    let hidden: Int
    let isLSTM: Bool

    private var gateCount: Int { isLSTM ? 4 : 3 }

    /// Everything that the step computes for each of `units`, run beside each other.
    func run(_ units: [Int]) -> [[Float]] {
        let n = units.count
        func part(_ values: [Float]) -> [Float] {
            (0..<values.count / hidden).flatMap { block in units.map { values[block * hidden + $0] } }
        }
        let previous = part(kernelValues(hidden, seed: 2)), projection = part(kernelValues(gateCount * hidden, seed: 5))
        var gates = part(kernelValues(gateCount * hidden, bound: 3, seed: 1)), cell = previous, state = previous
        let dOutput = part(kernelValues(hidden, seed: 7))
        var d = gates, du = gates, dState = part(kernelValues(hidden, seed: 6)), dCell = dState
        if isLSTM {
            gloss_lstm_forward(1, n, GLOSS_TANH, &gates, &cell, &state)
            gloss_lstm_backward(1, n, GLOSS_TANH, gates, previous, dOutput, n, dState, &dCell, &d)
        } else {
            gloss_gru_forward(1, n, &gates, projection, &state)
            gloss_gru_backward(1, n, gates, projection, previous, dOutput, n, &dState, &d, &du)
        }
        return units.indices.map { unit in
            var values = [state[unit], cell[unit], dState[unit], dCell[unit]]
            for gate in 0..<gateCount { values += [gates[gate * n + unit], d[gate * n + unit], du[gate * n + unit]] }
            return values
        }
    }
}

@Suite struct CellLaneTests {
    /// A unit's result does not depend on the lane that computes it.
    @Test(arguments: InstructionSet.supported)
    func aUnitAloneIsAsAmongOthers(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for hidden in laneEdges where hidden > 0 {
                for isLSTM in [true, false] {
                    let step = CellStepCase(hidden: hidden, isLSTM: isLSTM)
                    let together = step.run(Array(0..<hidden))
                    #expect((0..<hidden).map { step.run([$0])[0] } == together, "\(hidden) units")
                }
            }
        }
    }
}
