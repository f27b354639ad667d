import Foundation
import GlossStore
import GlossText
import GlossTraining

/// What is said of a model.
enum SummaryText {
    /// Figures by name: counts whole, anything else with four digits.
    static func figures(_ metrics: [String: Double]) -> String {
        metrics.sorted { $0.key < $1.key }.map { name, value in
            "\(name) \(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : rounded(value, 4))"
        }.joined(separator: "  ")
    }

    /// The day of a moment in UTC, as 2026-01-31.
    static func day(_ date: Date) -> String { String(moment(date).prefix(10)) }

    /// A moment in UTC (ISO 8601).
    static func moment(_ date: Date) -> String { date.formatted(.iso8601) }

    /// One object; `isComplete` adds the configuration and the tensors.
    static func json(_ entry: StoreCatalog.Entry, isComplete: Bool) -> String {
        let summary = entry.summary
        let metrics = summary.metrics.sorted { $0.key < $1.key }.map {
            (key: $0.key, value: JSONText.number($0.value))
        }
        let sources = summary.sources.map { source in
            JSONText.object([
                ("name", JSONText.string(source.name)), ("sha256", JSONText.string(source.sha256)),
                ("bytes", String(source.bytes)), ("licence", JSONText.string(source.licence)),
            ])
        }
        var fields: [(key: String, value: String)] = [
            ("name", JSONText.string(summary.name)), ("version", String(summary.version)),
            ("standing", JSONText.string(summary.standing.rawValue)), ("task", JSONText.string(summary.task)),
            ("origin", JSONText.string(entry.origin.rawValue)), ("parameters", String(summary.parameters)),
            ("bytes", String(summary.bytes)), ("created", JSONText.string(moment(summary.created))),
            ("seconds", JSONText.number(summary.duration)), ("seed", String(summary.seed)),
            ("gloss", JSONText.string(summary.glossVersion)), ("licence", JSONText.string(summary.licence)),
            ("metrics", JSONText.object(metrics)), ("sources", JSONText.array(sources)),
        ]
        if isComplete {
            let tensors = summary.tensors.map { tensor in
                JSONText.object([
                    ("name", JSONText.string(tensor.name)), ("shape", JSONText.array(tensor.shape.map(String.init))),
                    ("type", JSONText.string(tensor.elementType.rawValue)), ("bytes", String(tensor.bytes)),
                ])
            }
            fields.append(("configuration", JSONText.string(summary.configuration)))
            fields.append(("tensors", JSONText.array(tensors)))
        }
        return JSONText.object(fields)
    }
}
