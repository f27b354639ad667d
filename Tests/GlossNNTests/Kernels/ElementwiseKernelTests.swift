import CKernels
import Testing

@Suite struct ElementwiseKernelTests {
    /// Every element is a function of itself alone, so that the ends of vectors make no difference.
    @Test(arguments: InstructionSet.supported)
    func isThePlainLoopToTheBit(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for count in laneEdges {
                let x = kernelValues(count, seed: 1), z = kernelValues(count, seed: 2), y = kernelValues(count, seed: 3)
                func result(_ kernel: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
                    var target = y + [99]
                    target.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { kernel(base) } }
                    #expect(target.popLast() == 99, "\(count): wrote beyond the end")
                    return target
                }
                let all = x.indices
                #expect(
                    result { gloss_add_scaled(count, 0.3, x, $0) } == all.map { path.multiplyAdd(0.3, x[$0], y[$0]) })
                #expect(result { gloss_scale(count, 0.3, $0) } == all.map { 0.3 * y[$0] })
                #expect(result { gloss_multiply(count, x, z, $0) } == all.map { x[$0] * z[$0] })
                #expect(
                    result { gloss_multiply_add(count, x, z, $0) } == all.map { path.multiplyAdd(x[$0], z[$0], y[$0]) })
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func everyNumberIsRead(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for count in laneEdges + [128, 300] {
                // Whole numbers, so that their sum is exact in any order.
                let x = (0..<count).map { Float($0 % 7 + 1) }
                #expect(gloss_read(count, x) == x.reduce(0, +), "\(count)")
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func rowsAreAddedInOrder(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for n in laneEdges where n > 0 {
                let rows = 5, x = kernelValues(rows * n, seed: 1), bias = kernelValues(n, seed: 2)
                var y = x, sum = bias
                gloss_add_bias(rows, n, bias, &y)
                gloss_add_rows(rows, n, x, &sum)
                #expect(y == x.indices.map { x[$0] + bias[$0 % n] })
                #expect(sum == bias.indices.map { j in (0..<rows).reduce(bias[j]) { $0 + x[$1 * n + j] } })
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func sumsAreThoseOfDouble(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for count in laneEdges {
                let x = kernelValues(count, seed: 1), y = kernelValues(count, seed: 2)
                let dot = zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                let squares = x.reduce(0) { $0 + Double($1) * Double($1) }
                #expect(abs(Double(gloss_dot(count, x, y)) - dot) <= 2e-6)
                #expect(abs(gloss_sum_of_squares(count, x) - squares) <= 1e-12)
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func theGreatestIsTheFirstOfEquals(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for count in laneEdges where count > 0 {
                let x = kernelValues(count, seed: 1)
                #expect(gloss_index_of_greatest(count, x) == x.firstIndex(of: x.max() ?? 0) ?? 0)
                #expect(gloss_index_of_greatest(count, [Float](repeating: -2, count: count)) == 0)
                var last = x
                last[count - 1] = 3
                #expect(gloss_index_of_greatest(count, last) == count - 1)
            }
        }
    }

    /// tanh within 7 units in the last place, 5 with fused multiply-adds; the logistic function within 2.1e-7; both
    /// within their bounds, and an element the same wherever it stands.
    @Test(arguments: InstructionSet.supported)
    func activationsAreAccurateEverywhere(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var x: [Float] = [0, -0.0, 1e-30, -1e-30, 1e-6, 100, -100, 3e38, -3e38, .infinity, -.infinity]
            for step in -100_000...100_000 { x.append(Float(step) / 8000) }
            var tanh = x, sigmoid = x, relu = x
            gloss_activate(x.count, GLOSS_TANH, x, &tanh)
            gloss_activate(x.count, GLOSS_SIGMOID, x, &sigmoid)
            gloss_activate(x.count, GLOSS_RELU, x, &relu)
            var tanhError = 0.0, sigmoidError = 0.0
            for (index, value) in x.enumerated() {
                let expected = hyperbolicTangent(Double(value))
                tanhError = max(tanhError, abs(Double(tanh[index]) - expected) / Double(Float(expected).ulp))
                sigmoidError = max(sigmoidError, abs(Double(sigmoid[index]) - logisticFunction(Double(value))))
            }
            #expect(tanhError <= (path.fuses ? 5 : 7))
            #expect(sigmoidError <= 2.1e-7)
            #expect(tanh.allSatisfy { abs($0) <= 1 } && sigmoid.allSatisfy { $0 >= 0 && $0 <= 1 })
            #expect(relu == x.map { max($0, 0) })
            #expect(tanh[0].sign == .plus && tanh[1].sign == .minus, "odd, zeros included")
            for count in laneEdges {
                var part = [Float](repeating: 0, count: count + 1)
                for (kernel, whole) in [(GLOSS_TANH, tanh), (GLOSS_SIGMOID, sigmoid), (GLOSS_RELU, relu)] {
                    part[count] = 99
                    gloss_activate(count, kernel, x, &part)
                    #expect(Array(part[..<count]) == Array(whole[..<count]))
                    #expect(part[count] == 99)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.supported)
    func slopesAreThoseOfTheValues(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for count in laneEdges {
                let y = kernelValues(count, seed: 1).map { ($0 + 1) / 2 }, dy = kernelValues(count, seed: 2)
                func result(_ activation: gloss_activation) -> [Float] {
                    var dx = [Float](repeating: 99, count: count + 1)
                    gloss_activate_backward(count, activation, y, dy, &dx)
                    #expect(dx.popLast() == 99)
                    return dx
                }
                for (at, value) in result(GLOSS_TANH).enumerated() {
                    #expect(abs(value - dy[at] * (1 - y[at] * y[at])) <= 1e-6)
                }
                for (at, value) in result(GLOSS_SIGMOID).enumerated() {
                    #expect(abs(value - dy[at] * y[at] * (1 - y[at])) <= 1e-6)
                }
                #expect(result(GLOSS_RELU) == dy.indices.map { y[$0] > 0 ? dy[$0] : 0 })
            }
        }
    }
}
