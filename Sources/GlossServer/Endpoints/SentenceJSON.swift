import GlossPipeline
import GlossText

/// Sentences, tokens and spans as JSON, with offsets from the text's start.
struct SentenceJSON {
    let text: String
    let unit: OffsetUnit
    private let offsets: OffsetConverter

    init(_ text: String, _ unit: OffsetUnit) {
        self.text = text
        self.unit = unit
        offsets = OffsetConverter(text)
    }

    /// The fields `sentences` and, where there are columns, `spans`. `tags`: by sentence, none for plain tokens.
    func fields(_ sentences: [Sentence], _ tags: [[ColumnTags]]) -> [(key: String, value: String)] {
        var objects: [String] = [], spans: [String] = []
        for (index, sentence) in sentences.enumerated() {
            let columns = tags.isEmpty ? [] : tags[index]
            let tokens = sentence.tokens.enumerated().map { number, token in
                // A word of a multiword token need not stand in the text.
                let form = token.surface == nil ? text.slice(token.range) : token.text
                var fields = [(key: "text", value: JSONText.string(form))] + place(token.range)
                if let surface = token.surface {
                    fields.append(("multiword", JSONText.object(place(surface))))
                }
                for column in columns { fields.append((column.name, JSONText.string(column.tags[number]))) }
                if !columns.isEmpty {
                    let values = columns.map { (key: $0.name, value: "\($0.probabilities[number])") }
                    fields.append(("probabilities", JSONText.object(values)))
                }
                return JSONText.object(fields)
            }
            objects.append(JSONText.object(place(sentence.range) + [("tokens", JSONText.array(tokens))]))
            for column in columns where column.holdsSpans { spans += self.spans(sentence, column) }
        }
        let result = [(key: "sentences", value: JSONText.array(objects))]
        return tags.isEmpty ? result : result + [("spans", JSONText.array(spans))]
    }

    private func spans(_ sentence: Sentence, _ column: ColumnTags) -> [String] {
        SpanTags.spans(column.tags).compactMap { range, type in
            let tokens = sentence.tokens[range]
            guard let first = tokens.first, let last = tokens.last else { return nil }
            let bytes = first.range.lowerBound..<last.range.upperBound
            return JSONText.object(
                [("type", JSONText.string(type)), ("column", JSONText.string(column.name))] + place(bytes)
                    + [
                        ("text", JSONText.string(text.slice(bytes))),
                        ("probability", "\(column.spans[range.lowerBound])"),
                    ])
        }
    }

    private func place(_ bytes: Range<Int>) -> [(key: String, value: String)] {
        let range = offsets.range(ofBytes: bytes, in: unit)
        return [("start", String(range.lowerBound)), ("end", String(range.upperBound))]
    }
}

extension String {
    /// A part of the text: a range of UTF-8 bytes at scalar boundaries.
    package func slice(_ range: Range<Int>) -> String {
        let start = utf8.index(startIndex, offsetBy: range.lowerBound)
        return String(self[start..<utf8.index(start, offsetBy: range.count)])
    }
}
