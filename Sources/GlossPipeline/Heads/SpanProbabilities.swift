import GlossNN

/// How probable the spans of a column's tags are, each as a whole.
struct SpanProbabilities {
    private let tags: [String]
    private let indices: [String: Int]

    /// Of a column of spans; nil for one of other tags.
    init?(_ set: TagSet) {
        guard set.holdsSpans else { return nil }
        tags = set.tags
        indices = Dictionary(uniqueKeysWithValues: set.tags.enumerated().map { ($1, $0) })
    }

    /// The spans of a sequence's tags, as the stretches that they are. A tag that the data never showed is left out.
    func stretches(_ sequence: [Int]) -> [TagStretch] {
        SpanTags.spans(SpanTags.repaired(sequence.map { tags[$0] })).compactMap { range, type in
            let inner = indices["I-" + type]
            // Data may have a type's spans without their beginnings.
            guard let first = indices["B-" + type] ?? inner, let rest = range.count > 1 ? inner : first else {
                return nil
            }
            return TagStretch(
                steps: range, tags: [first] + Array(repeating: rest, count: range.count - 1), end: inner)
        }
    }

    /// The probabilities of stretches where steps do not depend on each other, by sequence: `probabilities` by sequence, step and tag.
    ///
    /// The product of the steps'; a span begins where I-X continues nothing, too, since that is read as B-X.
    func independent(_ stretches: [[TagStretch]], _ probabilities: [[[Float]]]) -> [[Float]] {
        zip(stretches, probabilities).map { stretches, steps in
            stretches.map { stretch in
                let first = stretch.steps.lowerBound, begin = stretch.tags[0]
                var result = steps[first][begin]
                if let inner = stretch.end, inner != begin {
                    let before = first > 0 ? steps[first - 1][begin] + steps[first - 1][inner] : 0
                    result += steps[first][inner] * (1 - before)
                }
                for (step, tag) in zip(stretch.steps, stretch.tags).dropFirst() { result *= steps[step][tag] }
                guard let inner = stretch.end, stretch.steps.upperBound < steps.count else { return result }
                return result * (1 - steps[stretch.steps.upperBound][inner])
            }
        }
    }
}
