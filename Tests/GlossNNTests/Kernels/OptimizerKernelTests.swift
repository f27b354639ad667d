import CKernels
import Testing

@Suite struct OptimizerKernelTests {
    /// Loshchilov and Hutter 2019, algorithm 2, at every count around a vector's width.
    @Test(arguments: InstructionSet.supported)
    func adamIsItsFormula(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var error = 0.0
            for count in laneEdges {
                let g = kernelValues(count, seed: 1), m = kernelValues(count, seed: 2), w = kernelValues(count, seed: 4)
                let v = kernelValues(count, seed: 3).map { abs($0) + 0.01 }
                var first = m + [99], second = v + [99], weight = w + [99]
                gloss_adam(count, 0.01, 0.9, 0.99, 1e-3, 0.002, 1.5, 0.5, g, &first, &second, &weight)
                #expect(first.popLast() == 99 && second.popLast() == 99 && weight.popLast() == 99)
                for at in 0..<count {
                    let gradient = 0.5 * Double(g[at]), mean = 0.9 * Double(m[at]) + 0.1 * gradient
                    let square = 0.99 * Double(v[at]) + 0.01 * gradient * gradient
                    let expected = (1 - 0.002) * Double(w[at]) - 0.01 * mean / (square.squareRoot() * 1.5 + 1e-3)
                    error = max(error, abs(Double(first[at]) - mean), abs(Double(second[at]) - square))
                    error = max(error, abs(Double(weight[at]) - expected))
                }
            }
            #expect(error <= 3e-7, "\(error)")
        }
    }
}
