import GlossNN
import GlossPipeline
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The probability of a whole span, against the enumeration of all ways to tag a sentence.
struct SpanProbabilityTests {
    private let lengths = [3, 1, 5, 4]

    private func head(crf: Bool, _ random: inout RandomSource) throws -> TaggingHead {
        var head = try TinyModels.tagger(crf: crf).network.head
        head.forEachParameter("") { path, parameter in
            guard path.hasPrefix("fields") else { return }
            for index in 0..<parameter.value.count { parameter.value[index] = 2 * random.uniform() - 1 }
        }
        return head
    }

    /// Every way to tag a sentence, with its probability.
    private func paths(_ head: TaggingHead, _ rows: [[Float]]) -> [(tags: [Int], probability: Double)] {
        let count = head.tagSets[1].tags.count
        var paths: [[Int]] = [[]]
        for _ in rows { paths = paths.flatMap { path in (0..<count).map { path + [$0] } } }
        let weights = paths.map { path in
            var score = zip(rows, path).reduce(0) { $0 + Double($1.0[$1.1]) }
            if let field = head.fields.last, let last = path.last {
                score += Double(field.start.value[path[0]] + field.end.value[last])
                for (from, to) in zip(path, path.dropFirst()) {
                    score += Double(field.transitions.value[from * count + to])
                }
            }
            return exp(score)
        }
        let sum = weights.reduce(0, +)
        return zip(paths, weights).map { ($0, $1 / sum) }
    }

    @Test(arguments: [false, true], 1...4 as ClosedRange<UInt64>)
    func itIsThatOfTheEnumeration(crf: Bool, seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let head = try head(crf: crf, &random)
        let layout = SequenceLayout(lengths: lengths)
        let scores = head.tagSets.map { set in
            Tensor(
                [layout.rows, set.tags.count], (0..<layout.rows * set.tags.count).map { _ in random.normal() * 1.5 })
        }
        let answers = head.answers(scores.map { Variable($0) }, layout)
        let names = head.tagSets[1].tags, columns = names.count
        let emissions = layout.unpacked(
            (0..<layout.rows).map { row in (0..<columns).map { scores[1][row * columns + $0] } })
        var spans = 0
        for (answer, rows) in zip(answers, emissions) {
            let answer = answer.columns
            #expect(answer[0].allSatisfy { $0.span == 0 }, "parts of speech are no spans")
            let paths = paths(head, rows)
            let found = SpanTags.spans(SpanTags.repaired(answer[1].map { names[Int($0.tag)] }))
            for (range, type) in found {
                let wanted = paths.reduce(0.0) { sum, path in
                    let tags = path.tags.map { names[$0] }
                    // Without a field, what is read from tags that do not fit together counts as it is read.
                    let read = SpanTags.spans(crf ? tags : SpanTags.repaired(tags))
                    let isThere =
                        read.contains { $0 == (range, type) } && (!crf || tags[range.lowerBound] == "B-" + type)
                    return sum + (isThere ? path.probability : 0)
                }
                for step in range { #expect(abs(Double(answer[1][step].span) - wanted) <= 1e-5) }
                spans += 1
            }
            for step in rows.indices where !found.contains(where: { $0.range.contains(step) }) {
                #expect(answer[1][step].span == 0)
            }
        }
        #expect(spans > 2)
    }
}
