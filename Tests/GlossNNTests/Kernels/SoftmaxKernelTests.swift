import CKernels
import Testing

@Suite struct SoftmaxKernelTests {
    @Test(arguments: InstructionSet.supported)
    func isThePlainFormula(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var error = 0.0, sumError = 0.0
            for n in laneEdges where n > 0 {
                for (bound, shift) in [(Float(1), Float(0)), (20, 0), (5, 1e4), (5, -1e4)] {
                    let x = kernelValues(3 * n, bound: bound, seed: UInt64(n)).map { $0 + shift }
                    var y = x + [99], logSums = [Float](repeating: 99, count: 4)
                    gloss_softmax(3, n, &y, &logSums)
                    #expect(y[3 * n] == 99 && logSums[3] == 99)
                    for row in 0..<3 {
                        let exact = x[row * n..<(row + 1) * n].map { Double($0) }
                        for (value, expected) in zip(y[row * n..<(row + 1) * n], plainSoftmax(exact)) {
                            error = max(error, abs(Double(value) - expected) / expected)
                        }
                        let expected = logSumOfExponentials(exact)
                        sumError = max(sumError, abs(Double(logSums[row]) - expected) / max(1, abs(expected)))
                    }
                    var without = x
                    gloss_softmax(3, n, &without, nil)
                    #expect(without == Array(y[..<(3 * n)]))
                }
            }
            // Differences of values up to 20 are rounded to 1.9e-6.
            #expect(error <= 2.5e-6, "relative error of a probability: \(error)")
            #expect(sumError <= 4e-7, "error of the logarithm of the sum: \(sumError)")
        }
    }

    /// e^x within 2 units in the last place: beside a zero, the softmax of a far x is e^x itself.
    @Test(arguments: InstructionSet.supported)
    func exponentialsAreAccurate(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var error = 0.0
            for step in 0...60_000 {
                let x = -20 - Float(step) / 900
                var pair = [x, 0]
                gloss_softmax(1, 2, &pair, nil)
                let expected = plainSoftmax([Double(x), 0])[0]
                error = max(error, abs(Double(pair[0]) - expected) / Double(Float(expected).ulp))
            }
            #expect(error <= 2)
        }
    }

    /// What cannot be chosen has next to no probability, and what is not a number is not hidden.
    @Test(arguments: InstructionSet.supported)
    func extremesAreKept(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for n in [2, 3, 16, 17, 33] {
                for at in 0..<n {
                    var x = [Float](repeating: -.infinity, count: n)
                    x[at] = 3
                    gloss_softmax(1, n, &x, nil)
                    #expect(x[at] == 1 && x.indices.allSatisfy { $0 == at || x[$0] < 1e-37 })
                    var y = [Float](repeating: 1, count: n)
                    y[at] = .nan
                    gloss_softmax(1, n, &y, nil)
                    #expect(y.contains { $0.isNaN })
                }
            }
        }
    }

    /// A row is computed alone, whatever stands beside it.
    @Test(arguments: InstructionSet.supported)
    func aRowAloneIsAsAmongOthers(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for n in laneEdges where n > 0 {
                let x = kernelValues(7 * n, bound: 5, seed: 1)
                var together = x
                gloss_softmax(7, n, &together, nil)
                for row in 0..<7 {
                    var alone = Array(x[row * n..<(row + 1) * n])
                    gloss_softmax(1, n, &alone, nil)
                    #expect(alone == Array(together[row * n..<(row + 1) * n]))
                }
            }
        }
    }
}
