import Synchronization

/// Segmenters of one set of rules, lent to one caller at a time: opening one costs more than segmenting a page.
package final class SegmenterPool: Sendable {
    private let original: Segmenter
    private let idle = Mutex<[Segmenter]>([])

    /// A pool of segmenters; throws if the rules cannot be opened.
    package init(_ rules: Segmenter.Rules) throws(TextError) {
        original = try Segmenter(rules)
    }

    /// Lends a segmenter that nobody else uses for the time of `body`.
    package func withSegmenter<Result>(_ body: (Segmenter) throws(TextError) -> Result) throws(TextError) -> Result {
        let segmenter: Segmenter
        if let waiting = idle.withLock({ $0.popLast() }) {
            segmenter = waiting
        } else {
            segmenter = try original.clone()
        }
        defer { idle.withLock { $0.append(segmenter) } }
        return try body(segmenter)
    }
}
