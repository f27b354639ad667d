/// Following steps of a sequence with the tag of each.
public struct TagStretch: Sendable, Equatable {
    /// The steps, at least one.
    public let steps: Range<Int>
    /// The tag of each step.
    public let tags: [Int]
    /// A tag that would go on with the stretch: it may not come after it. Nil for none.
    public let end: Int?

    /// Steps with their tags.
    public init(steps: Range<Int>, tags: [Int], end: Int? = nil) {
        precondition(!steps.isEmpty && steps.count == tags.count, "\(steps.count) steps with \(tags.count) tags")
        self.steps = steps
        self.tags = tags
        self.end = end
    }
}
