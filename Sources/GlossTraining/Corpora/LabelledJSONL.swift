import FoundationEssentials
import GlossText

/// Classification examples as one JSON object a line: `{"label":…,"text":…}` or `{"labels":[…],"text":…}`.
///
/// A label is a string, an integer or a boolean; other keys are ignored.
enum LabelledJSONL {
    /// Appends the lines of `reader` to `corpus`.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<LabelledText>
    ) throws(CorpusError) {
        let decoder = JSONDecoder()
        let file = reader.name
        try LineExamples.read(&reader, options: options, into: &corpus) { (line, number) throws(CorpusError) in
            let row: Row
            do {
                row = try decoder.decode(Row.self, from: Data(line.utf8))
            } catch {
                throw CorpusError(
                    file: file, line: number, message: describe(error),
                    remedy: #"write {"label":"…","text":"…"} on one line"#, kind: .badData)
            }
            let labels = row.labels ?? row.label.map { [$0] } ?? []
            if row.text.isBlank {
                throw CorpusError(
                    file: file, line: number, message: "the text is empty", remedy: "fill it in or drop the line",
                    kind: .badData)
            }
            return LabelledText(
                text: row.text, labels: try LabelSet.unique(labels.map(\.name), file: file, line: number), line: number,
                file: file)
        }
    }

    private struct Row: Decodable {
        var text: String
        var label: Label?
        var labels: [Label]?
    }

    private struct Label: Decodable {
        var name: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let string = try? value.decode(String.self) {
                name = string
            } else if let boolean = try? value.decode(Bool.self) {
                name = String(boolean)
            } else if let integer = try? value.decode(Int.self) {
                name = String(integer)
            } else {
                throw DecodingError.dataCorruptedError(
                    in: value, debugDescription: "a label is neither a string nor an integer nor a boolean")
            }
        }
    }

    private static func describe(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "the key \"\(key.stringValue)\" is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            context.codingPath.last.map { "the value of \"\($0.stringValue)\" has the wrong type" }
                ?? "not a JSON object"
        case DecodingError.dataCorrupted(let context):
            context.codingPath.isEmpty ? "not valid JSON" : context.debugDescription
        default: "not valid JSON"
        }
    }
}
