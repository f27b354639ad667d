import CKernels
import GlossNN

/// What one core reaches.
enum Peak {
    /// Operations a second in registers alone, a multiply-add counted as two; the best of several tries.
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

    /// Bytes a second of memory of a size that is read again and again; the best of several tries.
    static func bytesPerSecond(_ size: Int) -> Double {
        let memory = [Float](repeating: 1, count: size / 4), passes = max(1, (64 << 20) / size)
        return (0..<5).map { _ in
            var sum: Float = 0
            let seconds = Stopwatch.seconds { for _ in 0..<passes { sum += gloss_read(memory.count, memory) } }
            precondition(sum > 0)
            return Double(passes * size) / seconds
        }.max() ?? 0
    }
}
