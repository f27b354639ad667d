/// What IOB2 allows: `I-X` only after `B-X` or `I-X`.
public enum SpanTags {
    /// Whether a set of tags is a set of IOB2 tags: `O` and `B-…`/`I-…`, with at least one `B-`.
    public static func describes(_ tags: [String]) -> Bool {
        tags.contains { $0.hasPrefix("B-") }
            && tags.allSatisfy { $0 == "O" || $0.hasPrefix("B-") || $0.hasPrefix("I-") }
    }

    /// Whether `tag` may follow `previous`, nil at the start of a sentence.
    public static func allows(_ tag: String, after previous: String?) -> Bool {
        guard tag.hasPrefix("I-") else { return true }
        guard let previous else { return false }
        return previous.dropFirst(2) == tag.dropFirst(2) && (previous.hasPrefix("B-") || previous.hasPrefix("I-"))
    }

    /// The tags with every `I-X` that continues nothing made a `B-X`.
    public static func repaired(_ tags: [String]) -> [String] {
        var result: [String] = []
        for tag in tags {
            result.append(allows(tag, after: result.last) ? tag : "B-" + tag.dropFirst(2))
        }
        return result
    }

    /// The spans of IOB2 tags: ranges of tokens with their type.
    public static func spans(_ tags: [String]) -> [(range: Range<Int>, type: String)] {
        var result: [(Range<Int>, String)] = []
        for (index, tag) in tags.enumerated() where tag != "O" {
            if tag.hasPrefix("I-"), let last = result.last, last.0.upperBound == index, last.1 == tag.dropFirst(2) {
                result[result.count - 1].0 = last.0.lowerBound..<(index + 1)
            } else {
                result.append((index..<(index + 1), String(tag.dropFirst(2))))
            }
        }
        return result
    }
}
