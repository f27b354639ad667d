import CKernels
import Testing

@Suite struct ProductKernelTests {
    /// Each element is one chain of multiply-adds over ascending k: the plain loop gives the same bits.
    @Test(arguments: InstructionSet.supported)
    func isThePlainLoopToTheBit(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            let sizes = [1, 2, 3, 5, 6, 7, 12, 13, 17, 33, 64, 65, 257]
            var wrong: [String] = []
            for m in sizes {
                for n in sizes {
                    for k in sizes {
                        let shape = ProductShape(m: m, n: n, k: k)
                        let a = kernelValues(m * k, seed: 1), b = kernelValues(k * n, seed: 2)
                        for accumulates in [false, true] {
                            let expected = shape.plain(a, b, accumulates, path)
                            for variant in ProductShape.Variant.allCases
                            where shape.product(a, b, accumulates, variant) != expected {
                                wrong.append("\(shape) \(variant) accumulates: \(accumulates)")
                            }
                        }
                    }
                }
            }
            #expect(wrong.isEmpty, "\(wrong.count) wrong, first \(wrong.prefix(5))")
        }
    }

    /// More rows and more steps than a block holds.
    @Test(arguments: InstructionSet.supported)
    func blocksMeetWithoutASeam(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for shape in [
                ProductShape(m: 193, n: 17, k: 513), ProductShape(m: 400, n: 33, k: 255),
                ProductShape(m: 1, n: 1000, k: 1000),
            ] {
                let a = kernelValues(shape.m * shape.k, seed: 1), b = kernelValues(shape.k * shape.n, seed: 2)
                for variant in ProductShape.Variant.allCases {
                    #expect(shape.product(a, b, true, variant) == shape.plain(a, b, true, path), "\(shape) \(variant)")
                }
            }
        }
    }

    /// What was packed comes back to the bit, and nothing is written beyond it.
    @Test(arguments: InstructionSet.supported)
    func packingLosesNothing(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            for (gates, units) in [(1, 1), (1, 16), (1, 33), (1, 257), (3, 5), (3, 64), (4, 16), (4, 17), (4, 193)] {
                for k in [1, 2, 13, 64] {
                    let n = gates * units, b = kernelValues(k * n, seed: 7)
                    var packed = gloss_packed(
                        element: GLOSS_FLOAT32, gates: gates, k: k, n: n, values: nil, scales: nil, sums: nil)
                    var values = [Float](repeating: 77, count: gloss_packed_bytes(&packed) / 4)
                    var back = [Float](repeating: 77, count: k * n + 1)
                    values.withUnsafeMutableBytes { memory in
                        packed.values = memory.baseAddress
                        gloss_pack(&packed, b, n, false)
                        gloss_unpack(&packed, &back)
                    }
                    #expect(back == b + [77], "\(gates) gates of \(units), \(k) rows")
                }
            }
        }
    }

    /// A sum over nothing is zero, and nothing is added to it.
    @Test(arguments: InstructionSet.supported)
    func emptyProductsAreZero(on path: InstructionSet) async {
        await #expect(processExitsWith: .success) { [path] in
            path.force()
            let shape = ProductShape(m: 3, n: 5, k: 0)
            for variant in ProductShape.Variant.allCases {
                #expect(shape.product([], [], false, variant) == shape.plain([], [], false, path))
                #expect(shape.product([], [], true, variant) == shape.plain([], [], true, path))
                for empty in [ProductShape(m: 0, n: 5, k: 4), ProductShape(m: 3, n: 0, k: 4)] {
                    let a = kernelValues(empty.m * 4, seed: 1), b = kernelValues(4 * empty.n, seed: 2)
                    #expect(empty.product(a, b, false, variant) == empty.plain(a, b, false, path))
                }
            }
        }
    }
}

/// One size of product: c [m, n] = a [m, k] · b [k, n], with rows that stand further apart than they are long.
struct ProductShape {
    let m, n, k: Int

    enum Variant: CaseIterable {
        case plain, leftTransposed, rightTransposed, bothTransposed, packed, packedTransposed, packedLeftTransposed
    }

    private static let gap = 3
    private static let untouched: Float = 12345

    /// c with the gaps after its rows, filled with what must not change.
    private func start() -> [Float] {
        var c = [Float](repeating: Self.untouched, count: m * (n + Self.gap))
        for row in 0..<m {
            for column in 0..<n { c[row * (n + Self.gap) + column] = Float(row - column) / 7 }
        }
        return c
    }

    /// The plain loop, gaps included.
    func plain(_ a: [Float], _ b: [Float], _ accumulates: Bool, _ path: InstructionSet) -> [Float] {
        var c = start()
        for row in 0..<m {
            for column in 0..<n {
                var sum = accumulates ? c[row * (n + Self.gap) + column] : 0
                for step in 0..<k { sum = path.multiplyAdd(a[row * k + step], b[step * n + column], sum) }
                c[row * (n + Self.gap) + column] = sum
            }
        }
        return c
    }

    /// The kernel's result, gaps included.
    func product(_ a: [Float], _ b: [Float], _ accumulates: Bool, _ variant: Variant) -> [Float] {
        let leftTransposed = [.leftTransposed, .bothTransposed, .packedLeftTransposed].contains(variant)
        let rightTransposed =
            variant == .rightTransposed || variant == .bothTransposed || variant == .packedTransposed
        let left = leftTransposed ? stored(a, m, k, transposed: true) : stored(a, m, k, transposed: false)
        let right = stored(b, k, n, transposed: rightTransposed)
        let lda = (leftTransposed ? m : k) + Self.gap, ldb = (rightTransposed ? k : n) + Self.gap
        var c = start()
        switch variant {
        case .packed, .packedTransposed:
            withPacked(right, ldb, transposed: rightTransposed, GLOSS_FLOAT32) {
                gloss_product_packed(left, lda, nil, $0, &c, n + Self.gap, m, accumulates)
            }
        case .packedLeftTransposed:
            withPacked(right, ldb, transposed: false, GLOSS_FLOAT32) {
                gloss_product_transposed(left, lda, $0, &c, n + Self.gap, m, accumulates)
            }
        default:
            gloss_product(
                GLOSS_FLOAT32, left, lda, leftTransposed, right, ldb, rightTransposed, &c, n + Self.gap, m, n, k,
                accumulates)
        }
        return c
    }

    /// Packs b, checks that nothing was written beyond the memory, and calls `body`.
    func withPacked(
        _ b: [Float], _ ldb: Int, transposed: Bool, _ element: gloss_element,
        _ body: (UnsafePointer<gloss_packed>) -> Void
    ) {
        var packed = gloss_packed(element: element, gates: 1, k: k, n: n, values: nil, scales: nil, sums: nil)
        let bytes = gloss_packed_bytes(&packed), count = gloss_packed_scales(&packed)
        var values = [UInt8](repeating: 77, count: bytes + 1)
        var scales = [Float](repeating: 77, count: count + 1)
        var sums = [Int32](repeating: 77, count: count + 1)
        values.withUnsafeMutableBytes { values in
            scales.withUnsafeMutableBufferPointer { scales in
                sums.withUnsafeMutableBufferPointer { sums in
                    packed.values = values.baseAddress!
                    packed.scales = scales.baseAddress
                    packed.sums = sums.baseAddress
                    gloss_pack(&packed, b, ldb, transposed)
                    body(&packed)
                }
            }
        }
        precondition(values[bytes] == 77 && scales[count] == 77 && sums[count] == 77, "packing wrote beyond its memory")
    }

    /// A matrix [rows, columns] as it is stored, with NaN in the gaps, which must not be read.
    private func stored(_ values: [Float], _ rows: Int, _ columns: Int, transposed: Bool) -> [Float] {
        let outer = transposed ? columns : rows, inner = transposed ? rows : columns
        var result = [Float](repeating: .nan, count: outer * (inner + Self.gap) + 1)
        for row in 0..<rows {
            for column in 0..<columns {
                let at = transposed ? column * (inner + Self.gap) + row : row * (inner + Self.gap) + column
                result[at] = values[row * columns + column]
            }
        }
        return result
    }
}
