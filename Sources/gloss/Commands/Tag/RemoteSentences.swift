import GlossPipeline
import GlossText

/// Reads sentences, tokens and tags from a daemon's answers, whose offsets are UTF-8 bytes.
struct RemoteSentences {
    private let model: DaemonModel

    init(_ model: DaemonModel) { self.model = model }

    /// What is thrown for an answer that has not the expected parts.
    var unintelligible: DaemonError { .unintelligible(model.connection.address, found: "no sentences in an answer") }

    /// The sentences of a document's answer.
    func sentences(of answer: JSONValue) throws -> [JSONValue] {
        guard let sentences = answer["sentences"]?.elements else { throw unintelligible }
        return sentences
    }

    /// A sentence with its tokens, cut from the document's text.
    func sentence(_ value: JSONValue, in text: String) throws -> Sentence {
        guard let tokens = value["tokens"]?.elements else { throw unintelligible }
        let range = try range(value, in: text)
        return Sentence(
            range: range,
            tokens: try tokens.map { token in
                guard let form = token["text"]?.string else { throw unintelligible }
                return Token(
                    text: form, range: try self.range(token, in: text),
                    surface: try token["multiword"].map { try self.range($0, in: text) })
            })
    }

    /// The tags of an answer's sentences, a column each. Spans stand in the answer, in the order of their sentences.
    func tags(of answer: JSONValue) throws -> [[ColumnTags]] {
        var spans = answer["spans"]?.elements?[...] ?? []
        let tags = try sentences(of: answer).map { sentence in
            try columns(of: sentence).map { column in
                var column = column
                guard column.holdsSpans else { return column }
                column.spans = [Float](repeating: 0, count: column.tags.count)
                for (range, _) in SpanTags.spans(column.tags) {
                    guard let sure = spans.popFirst()?["probability"]?.float else { throw unintelligible }
                    for index in range { column.spans[index] = sure }
                }
                return column
            }
        }
        guard spans.isEmpty else { throw unintelligible }
        return tags
    }

    private func columns(of sentence: JSONValue) throws -> [ColumnTags] {
        guard let tokens = sentence["tokens"]?.elements else { throw unintelligible }
        return try model.columns.map { column in
            var tags = ColumnTags(
                name: column.name, tags: [], probabilities: [], holdsSpans: column.holdsSpans, spans: [])
            for token in tokens {
                guard let tag = token[column.name]?.string, let sure = token["probabilities"]?[column.name]?.float
                else {
                    throw unintelligible
                }
                tags.tags.append(tag)
                tags.probabilities.append(sure)
            }
            return tags
        }
    }

    private func range(_ value: JSONValue, in text: String) throws -> Range<Int> {
        guard let start = value["start"]?.int, let end = value["end"]?.int, 0 <= start, start <= end,
            end <= text.utf8.count
        else { throw unintelligible }
        return start..<end
    }
}
