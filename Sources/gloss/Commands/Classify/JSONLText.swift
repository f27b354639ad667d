import Foundation
import GlossTraining

/// One line of JSONL input: `{"id":…,"text":"…"}`, the id being anything or missing.
struct JSONLText {
    /// The text.
    let text: String
    /// The id as JSON, if there is one.
    let id: String?

    /// Whether a line is such an object.
    static func describes(_ line: String) -> Bool {
        guard line.utf8.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "{") else { return false }
        return (try? JSONLText(InputLine(text: line, file: "", number: 1))) != nil
    }

    /// Reads a line; throws for one that is no such object.
    init(_ line: InputLine) throws {
        let object: [String: Any]?
        do {
            object = try JSONSerialization.jsonObject(with: Data(line.text.utf8)) as? [String: Any]
        } catch {
            throw Self.error(line, "not valid JSON")
        }
        guard let object else { throw Self.error(line, "not a JSON object") }
        guard let text = object["text"] as? String else {
            throw Self.error(line, "the key \"text\" is missing or no string")
        }
        self.text = text
        id = try object["id"].map { value in
            let data = try JSONSerialization.data(
                withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self)
        }
    }

    private static func error(_ line: InputLine, _ message: String) -> CorpusError {
        CorpusError(
            file: line.file, line: line.number, message: message,
            remedy: #"write {"id":…,"text":"…"} on one line, or pass --input text"#, kind: .badData)
    }
}
