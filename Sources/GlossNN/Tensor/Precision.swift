import CKernels

/// What products multiply; sums, states, gates and everything else are float32 always.
public enum Precision: String, Codable, Sendable, CaseIterable {
    /// As the weights are kept.
    case float32
    /// Both operands rounded to 8 bits of mantissa (bfloat16): half of the memory.
    case bfloat16
    /// Both operands rounded to integers in ±127, a scale for each column of weights and each row of input: a quarter.
    case int8

    var element: gloss_element {
        switch self {
        case .float32: GLOSS_FLOAT32
        case .bfloat16: GLOSS_BFLOAT16
        case .int8: GLOSS_INT8
        }
    }
}
