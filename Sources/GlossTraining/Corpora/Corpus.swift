/// The examples read from one or several files, and what was met while reading them.
public struct Corpus<Example: Sendable>: Sendable {
    /// The examples in the files' order.
    public var examples: [Example]
    /// Malformed lines (in sentence formats: sentences) that were skipped.
    public var skipped: Int

    /// A corpus of `examples`.
    public init(examples: [Example] = [], skipped: Int = 0) {
        self.examples = examples
        self.skipped = skipped
    }
}
