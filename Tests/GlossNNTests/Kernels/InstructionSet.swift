import CKernels
import Testing

/// An instruction set that kernels are written for, as an argument of tests.
///
/// Forcing a path changes it for the whole process, where other tests run at the same time. Tests of one path
/// therefore run in a process of their own (`#expect(processExitsWith:)`), which also shows a write that crashes.
enum InstructionSet: Int, Codable, Sendable, CaseIterable, CustomTestStringConvertible {
    case portable, avx2, avx512, avx512vnni, avx512dot

    /// Those that this processor has. On one without AVX-512 its path is not run: the tile is the same template with
    /// other constants, the pointwise kernels are the same source, but neither is shown by these tests then.
    static let supported = allCases.filter { gloss_isa_supported($0.kernel) }

    var testDescription: String { "\(self)" }

    private var kernel: gloss_isa { gloss_isa(UInt32(rawValue)) }

    /// Whether x·y + z is rounded once.
    var fuses: Bool {
        #if arch(x86_64)
            self != .portable
        #else
            true
        #endif
    }

    /// Switches the process to this path.
    func force() {
        #expect(gloss_isa_force(kernel))
        #expect(gloss_isa() == kernel)
        #expect(String(cString: gloss_isa_name()) == "\(self)")
    }

    /// x·y + z as this path computes it.
    func multiplyAdd(_ x: Float, _ y: Float, _ z: Float) -> Float { fuses ? z.addingProduct(x, y) : x * y + z }
}

/// Lengths on both sides of every vector width and of the partial sums.
let laneEdges = Array(0...35) + [47, 48, 49, 63, 64, 65, 257]

/// Values that repeat only after a long time, in ±bound.
func kernelValues(_ count: Int, bound: Float = 1, seed: UInt64) -> [Float] {
    randomTensor([count], bound: bound, seed: seed).scalars
}
