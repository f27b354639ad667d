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

    /// Bytes a second of memory of a size that is read again and again, a cache line at a time; the best of several tries.
    static func bytesPerSecond(_ size: Int) -> Double {
        let count = size / MemoryLayout<Float>.size, passes = max(1, (64 << 20) / size)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        defer { memory.deallocate() }
        let numbers = memory.initializeMemory(as: Float.self, repeating: 1, count: count)
        return (0..<5).map { _ in
            var sum: Float = 0
            let seconds = Stopwatch.seconds { for _ in 0..<passes { sum += gloss_read(count, numbers) } }
            precondition(sum > 0)
            return Double(passes * size) / seconds
        }.max() ?? 0
    }
}
