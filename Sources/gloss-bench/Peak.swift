import CKernels
import GlossNN

/// What one core reaches in registers alone.
enum Peak {
    /// Operations a second, a multiply-add counted as two; the best of several tries.
    static func operationsPerSecond(_ precision: Precision = .float32) -> Double {
        let element =
            switch precision {
            case .float32: GLOSS_FLOAT32
            case .bfloat16: GLOSS_BFLOAT16
            case .int8: GLOSS_INT8
            }
        return (0..<5).map { _ in
            var count = 0
            let seconds = Stopwatch.seconds { count = gloss_multiply_adds(element, 1_000_000) }
            return 2 * Double(count) / seconds
        }.max() ?? 0
    }
}
