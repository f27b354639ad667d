import GlossNN
import GlossText

#if canImport(Glibc)
    import Glibc
#endif

// The same words are mostly the same thing all through a document (Gale et al. 1992, "One sense per discourse"), while a
// sentence by itself often does not say what. So the spans that a first decoding finds vote for the other places of their words,
// as the features of Krishnan and Manning's second field (2006) do, and the sentences of those places are decoded again.

extension TaggingHead {
    /// Sentences before and behind a sentence that have a say in its spans.
    static let farthest = 20

    /// Sentences before and behind a sentence that its tags depend on.
    public var reach: Int { tagSets.indices.contains { isSettled($0) } ? Self.farthest : 0 }

    /// [sentences][columns][steps]: the tags of a document's sentences, each in sight of the `reach` before and behind it.
    ///
    /// Where words stand that are spans elsewhere, every tag of such a span gains `consistency` · log(1 + Σ p), nats, p being the
    /// probabilities of those spans. Where no such words stand, a sentence keeps its tags to the bit. `words` by sentence, as they are
    /// written.
    package func settled(_ document: [SentenceAnswer], words: [[String]]) -> [[[TagAnswer]]] {
        precondition(document.count == words.count, "\(document.count) answers for \(words.count) sentences")
        var result = document.map(\.columns)
        guard reach > 0, document.count > 1 else { return result }
        let keys = words.map { $0.map(SpanVotes.key) }
        for column in tagSets.indices where isSettled(column) {
            for (index, places) in places(of: document, keys, column: column).enumerated() where !places.isEmpty {
                guard var emissions = document[index].emissions[column] else { continue }
                for place in places { raise(&emissions, place, column: column) }
                let layout = SequenceLayout(lengths: [emissions.rows])
                result[index][column] = decoded(emissions, layout, column: column)[0]
            }
        }
        return result
    }

    /// Where each sentence of a document has words that are spans in others.
    private func places(of document: [SentenceAnswer], _ keys: [[String]], column: Int) -> [[SpanVotes.Place]] {
        let names = tagSets[column].tags
        let spans = zip(document, keys).map { answer, keys in
            let steps = answer.columns[column].prefix(keys.count)
            return SpanTags.spans(SpanTags.repaired(steps.map { names[Int($0.tag)] })).map {
                FoundSpan(range: $0.range, type: $0.type, probability: steps[$0.range.lowerBound].span)
            }
        }
        var votes = SpanVotes()
        for index in 0..<min(Self.farthest, spans.count) { votes.add(spans[index], of: keys[index]) }
        return spans.indices.map { index in
            let new = index + Self.farthest, old = index - Self.farthest - 1
            if new < spans.count { votes.add(spans[new], of: keys[new]) }
            if old >= 0 { votes.remove(spans[old], of: keys[old]) }
            votes.remove(spans[index], of: keys[index])
            defer { votes.add(spans[index], of: keys[index]) }
            return votes.places(in: keys[index], spans[index])
        }
    }

    /// Adds what a place's votes count to emissions [steps, tags].
    private func raise(_ emissions: inout Tensor, _ place: SpanVotes.Place, column: Int) {
        let tags = tagSets[column].tags
        for (index, tag) in tags.enumerated() {
            guard let sum = place.votes[String(tag.dropFirst(2))] else { continue }
            for step in place.range where tag.hasPrefix(step == place.range.lowerBound ? "B-" : "I-") {
                emissions[step * tags.count + index] += consistency * log1p(sum)
            }
        }
    }
}
