import GlossPipeline
import GlossText

/// Gathers one document as a JSON object; offsets are Unicode scalars from the document's start.
struct DocumentJSON {
    private let offsets: OffsetConverter
    private var sentences: [String] = []
    private var spans: [String] = []
    private var isTagged = false

    /// An object for the document that `offsets` were made of.
    init(_ offsets: OffsetConverter) { self.offsets = offsets }

    /// Adds a sentence with its tags.
    mutating func add(_ document: Document, _ sentence: Sentence, _ columns: [ColumnTags]) {
        let tokens = sentence.tokens.enumerated().map { number, token in
            var fields = [(key: "text", value: JSONText.string(document.form(token)))] + place(token.range)
            if let surface = token.surface { fields.append(("multiword", JSONText.object(place(surface)))) }
            for column in columns { fields.append((column.name, JSONText.string(column.tags[number]))) }
            if !columns.isEmpty {
                let probabilities = columns.map {
                    (key: $0.name, value: JSONText.number(Double($0.probabilities[number])))
                }
                fields.append(("probabilities", JSONText.object(probabilities)))
            }
            return JSONText.object(fields)
        }
        sentences.append(JSONText.object(place(sentence.range) + [("tokens", JSONText.array(tokens))]))
        for column in columns where column.holdsSpans { addSpans(document, sentence, column) }
        isTagged = isTagged || !columns.isEmpty
    }

    /// The whole object.
    func object(id: Int) -> String {
        var fields = [(key: "id", value: String(id)), (key: "sentences", value: JSONText.array(sentences))]
        if isTagged { fields.append(("spans", JSONText.array(spans))) }
        return JSONText.object(fields)
    }

    private mutating func addSpans(_ document: Document, _ sentence: Sentence, _ column: ColumnTags) {
        for (range, type) in SpanTags.spans(column.tags) {
            let tokens = sentence.tokens[range]
            guard let first = tokens.first, let last = tokens.last else { continue }
            let bytes = first.range.lowerBound..<last.range.upperBound
            let probability = column.spans[range.lowerBound]
            spans.append(
                JSONText.object(
                    [("type", JSONText.string(type)), ("column", JSONText.string(column.name))] + place(bytes)
                        + [
                            ("text", JSONText.string(document.slice(bytes))),
                            ("probability", JSONText.number(Double(probability))),
                        ]))
        }
    }

    private func place(_ bytes: Range<Int>) -> [(key: String, value: String)] {
        let range = offsets.range(ofBytes: bytes, in: .scalars)
        return [("start", String(range.lowerBound)), ("end", String(range.upperBound))]
    }
}
