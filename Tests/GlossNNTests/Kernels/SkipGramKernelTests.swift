import CKernels
import Testing

@Suite struct SkipGramKernelTests {
    /// The gradient step of -log σ(c·v) for contexts and -weight · log σ(-c·v) for drawn words, in double.
    private func plain(
        _ n: Int, _ input: inout [Double], _ rows: [Int32], _ output: inout [Double], _ targets: [Int32],
        positives: Int, rate: Double, weight: Double
    ) -> Double {
        let centre = (0..<n).map { j in rows.reduce(0) { $0 + input[Int($1) * n + j] } / Double(rows.count) }
        var change = [Double](repeating: 0, count: n), loss = 0.0
        for (number, target) in targets.enumerated() {
            let at = Int(target) * n
            let likely = logisticFunction((0..<n).reduce(0) { $0 + centre[$1] * output[at + $1] })
            let step = rate * (number < positives ? 1 - likely : -weight * likely)
            for j in 0..<n {
                change[j] += step * output[at + j]
                output[at + j] += step * centre[j]
            }
            if number < positives { loss -= naturalLogarithm(likely) }
        }
        for row in rows { for j in 0..<n { input[Int(row) * n + j] += change[j] } }
        return loss
    }

    @Test(arguments: InstructionSet.supported)
    func isThePlainStep(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for n in laneEdges where n > 0 {
                var input = kernelValues(5 * n, bound: 1, seed: UInt64(n))
                var output = kernelValues(6 * n, bound: 1, seed: UInt64(n) + 1)
                var exactInput = input.map(Double.init), exactOutput = output.map(Double.init)
                let rows: [Int32] = [0, 3, 4], targets: [Int32] = [1, 5, 2, 0]
                var memory = [Float](repeating: 7, count: 2 * n)
                let loss = gloss_skip_gram(n, &input, rows, 3, &output, targets, 2, 4, 0.3, 2.5, &memory)
                let suite = SkipGramKernelTests()
                let expected = suite.plain(
                    n, &exactInput, rows, &exactOutput, targets, positives: 2, rate: 0.3, weight: 2.5)
                #expect(abs(Double(loss) - expected) <= 1e-4 * max(1, expected))
                for (value, exact) in zip(input + output, exactInput + exactOutput) {
                    #expect(abs(Double(value) - exact) <= 2e-5)
                }
            }
        }
    }
}
