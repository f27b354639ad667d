import CKernels

/// What one core reaches in registers alone.
enum Peak {
    /// Operations a second, a multiply-add counted as two; the best of several tries.
    static func operationsPerSecond() -> Double {
        (0..<5).map { _ in
            var count = 0
            let seconds = Stopwatch.seconds { count = gloss_multiply_adds(1_000_000) }
            return 2 * Double(count) / seconds
        }.max() ?? 0
    }
}
