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

    /// The tags of a sentence, a column each.
    func tags(of sentence: JSONValue) throws -> [ColumnTags] {
        guard let tokens = sentence["tokens"]?.elements else { throw unintelligible }
        return try model.columns.map { column in
            var tags = ColumnTags(name: column.name, tags: [], probabilities: [], holdsSpans: column.holdsSpans)
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
