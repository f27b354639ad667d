import CKernels
import Testing

/// The pointwise kernels of the cells against their formulas in double, at every width around a vector's.
@Suite struct CellKernelTests {
    private static let activations = [GLOSS_TANH, GLOSS_SIGMOID, GLOSS_RELU]

    /// The greatest distance of values from their formula, relative where that is above 1.
    private static func distance(_ values: [Float], _ expected: [Double]) -> Double {
        zip(values, expected).reduce(values.count == expected.count ? 0 : .infinity) {
            max($0, abs(Double($1.0) - $1.1) / max(1, abs($1.1)))
        }
    }

    private static func plain(_ activation: gloss_activation, _ x: Double) -> Double {
        activation == GLOSS_TANH ? hyperbolicTangent(x) : activation == GLOSS_SIGMOID ? logisticFunction(x) : max(x, 0)
    }

    /// The derivative from the value.
    private static func slope(_ activation: gloss_activation, _ y: Double) -> Double {
        activation == GLOSS_TANH ? 1 - y * y : activation == GLOSS_SIGMOID ? y * (1 - y) : y > 0 ? 1 : 0
    }

    /// Gradients of a step's output, a row every `stride`, those from the step behind it, and their sums.
    private static func gradients(
        _ rows: Int, _ hidden: Int
    ) -> (output: [Float], stride: Int, later: [Float], sum: [Double]) {
        let stride = hidden + 3
        let output = kernelValues(rows * stride, seed: 3), later = kernelValues(rows * hidden, seed: 7)
        let sum = later.indices.map { Double(later[$0] + output[$0 / hidden * stride + $0 % hidden]) }
        return (output, stride, later, sum)
    }

    @Test(arguments: InstructionSet.supported)
    func lstmIsItsFormula(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var forward = 0.0, backward = 0.0
            for hidden in laneEdges where hidden > 0 {
                for activation in Self.activations {
                    let rows = 3, count = rows * hidden
                    var gates = kernelValues(4 * count, bound: 3, seed: 1), state = [Float](repeating: 0, count: count)
                    let before = gates.map { Double($0) }, previous = kernelValues(count, bound: 2, seed: 2)
                    var cell = previous
                    gloss_lstm_forward(rows, hidden, activation, &gates, &cell, &state)
                    var c: [Double] = [], h: [Double] = []
                    func gate(_ at: Int, _ gate: Int) -> Int { (at / hidden * 4 + gate) * hidden + at % hidden }
                    for at in 0..<count {
                        let (i, f) = (logisticFunction(before[gate(at, 0)]), logisticFunction(before[gate(at, 1)]))
                        let g = Self.plain(activation, before[gate(at, 2)])
                        c.append(f * Double(previous[at]) + i * g)
                        h.append(logisticFunction(before[gate(at, 3)]) * Self.plain(activation, c[at]))
                    }
                    forward = max(forward, Self.distance(cell, c), Self.distance(state, h))

                    let dh = Self.gradients(rows, hidden), dcLater = kernelValues(count, seed: 4)
                    var dc = dcLater, d = [Float](repeating: 99, count: 4 * count)
                    gloss_lstm_backward(
                        rows, hidden, activation, gates, previous, dh.output, dh.stride, dh.later, &dc, &d)
                    var dcExpected: [Double] = [], dExpected = [Double](repeating: 0, count: 4 * count)
                    for at in 0..<count {
                        let i = Double(gates[gate(at, 0)]), f = Double(gates[gate(at, 1)])
                        let g = Double(gates[gate(at, 2)]), o = Double(gates[gate(at, 3)])
                        let t = Self.plain(activation, Double(cell[at])), dState = dh.sum[at]
                        let dCell = Double(dcLater[at]) + dState * o * Self.slope(activation, t)
                        dExpected[gate(at, 0)] = dCell * g * i * (1 - i)
                        dExpected[gate(at, 1)] = dCell * Double(previous[at]) * f * (1 - f)
                        dExpected[gate(at, 2)] = dCell * i * Self.slope(activation, g)
                        dExpected[gate(at, 3)] = dState * t * o * (1 - o)
                        dcExpected.append(dCell * f)
                    }
                    backward = max(backward, Self.distance(d, dExpected), Self.distance(dc, dcExpected))
                }
            }
            #expect(forward <= 1e-6, "forward \(forward)")
            #expect(backward <= 2e-6, "backward \(backward)")
        }
    }

    @Test(arguments: InstructionSet.supported)
    func gruIsItsFormula(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var forward = 0.0, backward = 0.0
            for hidden in laneEdges where hidden > 0 {
                let rows = 3, count = rows * hidden
                var gates = kernelValues(3 * count, bound: 3, seed: 1)
                let before = gates.map { Double($0) }, u = kernelValues(3 * count, bound: 2, seed: 2)
                let previous = kernelValues(count, seed: 3)
                var state = previous
                gloss_gru_forward(rows, hidden, &gates, u, &state)
                func gate(_ at: Int, _ gate: Int) -> Int { (at / hidden * 3 + gate) * hidden + at % hidden }
                let h = (0..<count).map { at in
                    let r = logisticFunction(before[gate(at, 0)] + Double(u[gate(at, 0)]))
                    let z = logisticFunction(before[gate(at, 1)] + Double(u[gate(at, 1)]))
                    let n = hyperbolicTangent(before[gate(at, 2)] + r * Double(u[gate(at, 2)]))
                    return (1 - z) * n + z * Double(previous[at])
                }
                forward = max(forward, Self.distance(state, h))

                let dh = Self.gradients(rows, hidden)
                var passed = dh.later, dx = [Float](repeating: 99, count: 3 * count), du = dx
                gloss_gru_backward(rows, hidden, gates, u, previous, dh.output, dh.stride, &passed, &dx, &du)
                var dxExpected = [Double](repeating: 0, count: 3 * count), duExpected = dxExpected
                var passedExpected: [Double] = []
                for at in 0..<count {
                    let r = Double(gates[gate(at, 0)]), z = Double(gates[gate(at, 1)]), n = Double(gates[gate(at, 2)])
                    let dState = dh.sum[at], dn = dState * (1 - z) * (1 - n * n)
                    let dr = dn * Double(u[gate(at, 2)]) * r * (1 - r)
                    let dz = dState * (Double(previous[at]) - n) * z * (1 - z)
                    (dxExpected[gate(at, 0)], dxExpected[gate(at, 1)], dxExpected[gate(at, 2)]) = (dr, dz, dn)
                    (duExpected[gate(at, 0)], duExpected[gate(at, 1)], duExpected[gate(at, 2)]) = (dr, dz, dn * r)
                    passedExpected.append(dState * z)
                }
                backward = max(
                    backward, Self.distance(dx, dxExpected), Self.distance(du, duExpected),
                    Self.distance(passed, passedExpected))
            }
            #expect(forward <= 1e-6, "forward \(forward)")
            #expect(backward <= 2e-6, "backward \(backward)")
        }
    }

    @Test(arguments: InstructionSet.supported)
    func rnnIsItsFormula(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var error = 0.0
            for hidden in laneEdges where hidden > 0 {
                for activation in Self.activations {
                    var gates = kernelValues(3 * hidden, bound: 3, seed: 1), state = gates
                    let h = gates.map { Self.plain(activation, Double($0)) }
                    gloss_rnn_forward(3, hidden, activation, &gates, &state)
                    #expect(gates == state)
                    let dh = Self.gradients(3, hidden)
                    var d = [Float](repeating: 99, count: 3 * hidden)
                    gloss_rnn_backward(3, hidden, activation, gates, dh.output, dh.stride, dh.later, &d)
                    let expected = d.indices.map { dh.sum[$0] * Self.slope(activation, Double(gates[$0])) }
                    error = max(error, Self.distance(state, h), Self.distance(d, expected))
                }
            }
            #expect(error <= 1e-6, "\(error)")
        }
    }
}
