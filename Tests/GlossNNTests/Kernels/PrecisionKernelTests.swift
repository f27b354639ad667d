import CKernels
import Testing

/// Products of lower precision on every path, at odd sizes.
@Suite struct PrecisionKernelTests {
    private static let sizes = [1, 2, 3, 5, 6, 7, 13, 33, 65, 130]

    private static func shapes(_ body: (ProductShape, _ a: [Float], _ b: [Float]) -> Void) {
        func call(_ m: Int, _ n: Int, _ k: Int) {
            body(
                ProductShape(m: m, n: n, k: k), kernelValues(m * k, bound: 3, seed: 1),
                kernelValues(k * n, bound: 0.2, seed: 2))
        }
        for m in [1, 2, 3, 4, 6, 7, 13, 200] {
            for n in sizes {
                for k in sizes where m < 200 || (n == 65 && k > 60) { call(m, n, k) }
            }
        }
        // More than a block of steps.
        call(7, 70, 1031)
    }

    /// The nearest value whose lower 16 bits are zero, ties to even.
    private static func rounded(_ x: Float) -> Float {
        let low = x.bitPattern & 0xFFFF, high = x.bitPattern & 0xFFFF_0000
        let up = low > 0x8000 || (low == 0x8000 && high >> 16 & 1 == 1)
        return Float(bitPattern: up ? high &+ 0x10000 : high)
    }

    /// c [m, n] = a [m, k], converted, · packed.
    private static func multiply(
        _ a: [Float], _ element: gloss_element, _ packed: UnsafePointer<gloss_packed>, into c: inout [Float], _ m: Int,
        _ n: Int, _ k: Int
    ) {
        let stride = gloss_operands(element, k)
        var operands = [UInt32](repeating: 0, count: m * stride), scales = [Float](repeating: 0, count: m)
        gloss_convert(element, a, k, m, k, &operands, &scales)
        gloss_product_packed(operands, stride, scales, packed, &c, n, m, false)
    }

    /// Sums of products of rounded operands, within float32's rounding of the sum of magnitudes.
    @Test(arguments: InstructionSet.supported)
    func bfloat16MultipliesRoundedOperands(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var worst = 0.0
            Self.shapes { shape, a, b in
                let (m, n, k) = (shape.m, shape.n, shape.k)
                let left = a.map { Double(Self.rounded($0)) }, right = b.map { Double(Self.rounded($0)) }
                var packed = [Float](repeating: 0, count: m * n), plain = packed, transposed = packed, both = packed
                shape.withPacked(b, n, transposed: false, GLOSS_BFLOAT16) {
                    Self.multiply(a, GLOSS_BFLOAT16, $0, into: &packed, m, n, k)
                }
                gloss_product(GLOSS_BFLOAT16, a, k, false, b, n, false, &plain, n, m, n, k, false)
                let columns = (0..<k * m).map { a[$0 % m * k + $0 / m] }
                gloss_product(GLOSS_BFLOAT16, columns, m, true, b, n, false, &transposed, n, m, n, k, false)
                shape.withPacked(b, n, transposed: false, GLOSS_BFLOAT16) {
                    gloss_product_transposed(columns, m, $0, &both, n, m, false)
                }
                for row in 0..<m {
                    for column in 0..<n {
                        let terms = (0..<k).map { left[row * k + $0] * right[$0 * n + column] }
                        let sum = terms.reduce(0, +), size = terms.reduce(1e-30) { $0 + abs($1) }
                        for c in [packed, plain, transposed, both] {
                            worst = max(worst, abs(Double(c[row * n + column]) - sum) / size)
                        }
                    }
                }
            }
            #expect(worst <= 1e-6, "\(worst)")
        }
    }

    /// What pads the last pair of an odd number of steps is zero, and not a number that happens to be multiplied by zero.
    @Test(arguments: InstructionSet.supported)
    func theLastOfAnOddNumberOfStepsStandsAlone(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for n in [5, 16, 64, 81] {
                let shape = ProductShape(m: 1, n: n, k: 3), b = [Float](repeating: .infinity, count: 3 * n)
                var c = [Float](repeating: 0, count: n)
                for transposed in [false, true] {
                    shape.withPacked(b, transposed ? 3 : n, transposed: transposed, GLOSS_BFLOAT16) {
                        Self.multiply([1, 2, 3], GLOSS_BFLOAT16, $0, into: &c, 1, n, 3)
                    }
                    #expect(c.allSatisfy { $0 == .infinity }, "\(n) transposed: \(transposed)")
                }
            }
        }
    }

    /// Sums of integers are exact: every path has the bits of the plain loop.
    @Test(arguments: InstructionSet.supported)
    func int8IsThePlainLoopToTheBit(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            var wrong: [String] = []
            Self.shapes { shape, a, b in
                let (m, n, k) = (shape.m, shape.n, shape.k)
                func quantized(_ values: [Float]) -> (integers: [Int32], scale: Float) {
                    let greatest = values.reduce(0) { max($0, abs($1)) }, inverse = greatest > 0 ? 127 / greatest : 0
                    return (values.map { Int32(($0 * inverse).rounded(.toNearestOrEven)) }, greatest / 127)
                }
                let left = (0..<m).map { row in quantized(Array(a[row * k..<(row + 1) * k])) }
                let right = (0..<n).map { column in quantized((0..<k).map { b[$0 * n + column] }) }
                var c = [Float](repeating: 0, count: m * n), expected = c
                shape.withPacked(b, n, transposed: false, GLOSS_INT8) {
                    Self.multiply(a, GLOSS_INT8, $0, into: &c, m, n, k)
                }
                for row in 0..<m {
                    for column in 0..<n {
                        let sum = zip(left[row].integers, right[column].integers).reduce(0) { $0 + $1.0 * $1.1 }
                        expected[row * n + column] = Float(sum) * (left[row].scale * right[column].scale)
                    }
                }
                if c != expected { wrong.append("\(shape)") }
            }
            #expect(wrong.isEmpty, "\(wrong.count) wrong, first \(wrong.prefix(5))")
        }
    }
}
