/// A run of tokens with a type: an entity, a chunk, a role.
public struct LabelledSpan: Sendable, Hashable {
    /// The type: `PER`, `NP`; empty where the tags have none.
    public var type: String
    /// The tokens, as indices into the sentence.
    public var tokens: Range<Int>

    /// A span of `type` over `tokens`.
    public init(type: String, tokens: Range<Int>) {
        self.type = type
        self.tokens = tokens
    }

    /// The spans that the tags of one sentence mark, ill-formed tags read by the rule that `SpanScheme` documents.
    ///
    /// A tag that is no span tag counts as O.
    public static func spans(in tags: [String]) -> [LabelledSpan] {
        var result: [LabelledSpan] = []
        var previous: SpanTag?
        for (index, tag) in tags.enumerated() {
            let current = SpanTag(tag)
            if let current, current.position != .outside {
                if current.continues(previous), let last = result.indices.last {
                    result[last].tokens = result[last].tokens.lowerBound..<index + 1
                } else {
                    result.append(LabelledSpan(type: String(current.type), tokens: index..<index + 1))
                }
            }
            previous = current
        }
        return result
    }
}
