/// The examples read from one or several files, and what was met while reading them.
public struct Corpus<Example: Sendable>: Sendable {
    /// The examples in the files' order.
    public var examples: [Example]
    /// Malformed lines (in sentence formats: sentences) that were skipped.
    public var skipped: Int
    /// The tag columns that hold spans, with the scheme the files use; the examples' tags are IOB2 whatever it was.
    public var spanSchemes: [String: SpanScheme]
    /// Span tags that the scheme forbids where they stand and that were repaired (see `SpanScheme`).
    public var repairedSpans: Int

    /// A corpus of `examples`.
    public init(
        examples: [Example] = [], skipped: Int = 0, spanSchemes: [String: SpanScheme] = [:], repairedSpans: Int = 0
    ) {
        self.examples = examples
        self.skipped = skipped
        self.spanSchemes = spanSchemes
        self.repairedSpans = repairedSpans
    }
}
