import GlossText
import GlossTraining

/// One line of JSONL input: `{"id":…,"text":"…"}`, the id being anything or missing.
struct JSONLText {
    /// The text.
    let text: String
    /// The id as JSON, its numbers as they were written, if there is one.
    let id: String?

    /// Whether a line is such an object.
    static func describes(_ line: String) -> Bool {
        guard line.utf8.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "{") else { return false }
        return (try? JSONLText(InputLine(text: line, file: "", number: 1))) != nil
    }

    /// Reads a line; throws for one that is no such object.
    init(_ line: InputLine) throws {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line.text.utf8)
        } catch {
            throw Self.error(line, "not valid JSON")
        }
        guard value.fields != nil else { throw Self.error(line, "not a JSON object") }
        guard let text = value["text"]?.string else {
            throw Self.error(line, "the key \"text\" is missing or no string")
        }
        self.text = text
        id = value.fields?.first { $0.key == "id" }?.value.json
    }

    private static func error(_ line: InputLine, _ message: String) -> CorpusError {
        CorpusError(
            file: line.file, line: line.number, message: message,
            remedy: #"write {"id":…,"text":"…"} on one line, or pass --input text"#, kind: .badData)
    }
}
