import CKernels

/// What products multiply; sums, states, gates and everything else are float32 always.
public enum Precision: String, Codable, Sendable, CaseIterable {
    /// As the weights are kept.
    case float32
    /// Both operands rounded to 8 bits of mantissa (bfloat16): half of the memory.
    case bfloat16
    /// Both operands rounded to integers in ±127, a scale for each column of weights and each row of input: a quarter.
    case int8

    /// Whether this processor has an instruction for it, as the active kernels use it. Without one, bfloat16 is multiplied as
    /// float32 after its operands were rounded, and integers in twos of 16 bits.
    public var isNative: Bool {
        switch self {
        case .float32: true
        case .bfloat16: gloss_isa() == GLOSS_ISA_AVX512_DOT
        case .int8: gloss_isa() == GLOSS_ISA_AVX512_DOT || gloss_isa() == GLOSS_ISA_AVX512_VNNI
        }
    }

    var element: gloss_element {
        switch self {
        case .float32: GLOSS_FLOAT32
        case .bfloat16: GLOSS_BFLOAT16
        case .int8: GLOSS_INT8
        }
    }
}
