import GlossPipeline
import GlossText

/// The objects of completions, whole or as events of a stream.
struct CompletionJSON {
    let id: String
    let created: Int
    let model: String

    /// An object with choices, and with usage where it is given.
    func object(_ choices: [String], usage: (prompt: Int, completion: Int)?) -> String {
        var fields = [
            (key: "id", value: JSONText.string(id)), (key: "object", value: JSONText.string("text_completion")),
            (key: "created", value: String(created)), (key: "model", value: JSONText.string(model)),
            (key: "choices", value: JSONText.array(choices)),
        ]
        if let usage {
            fields.append(
                (
                    "usage",
                    JSONText.object([
                        ("prompt_tokens", String(usage.prompt)), ("completion_tokens", String(usage.completion)),
                        ("total_tokens", String(usage.prompt + usage.completion)),
                    ])
                ))
        }
        return JSONText.object(fields)
    }

    /// One choice; `offset`: Unicode scalars of the text before it.
    func choice(_ part: CompletionPart, hasSymbols: Bool, offset: Int) -> String {
        JSONText.object([
            ("text", JSONText.string(part.text)), ("index", String(part.index)),
            ("logprobs", hasSymbols ? symbols(part, offset) : "null"),
            ("finish_reason", part.reason.map { JSONText.string($0.rawValue) } ?? "null"),
        ])
    }

    private func symbols(_ part: CompletionPart, _ offset: Int) -> String {
        var offset = offset
        let offsets = part.symbols.map { symbol in
            defer { offset += symbol.scalars }
            return String(offset)
        }
        let alternatives = part.symbols.map { symbol in
            var seen = Set<String>()
            return JSONText.object(
                symbol.alternatives.filter { seen.insert($0.text).inserted }.map { ($0.text, "\($0.logProbability)") })
        }
        return JSONText.object([
            ("tokens", JSONText.array(part.symbols.map { JSONText.string($0.text) })),
            ("token_logprobs", JSONText.array(part.symbols.map { "\($0.logProbability)" })),
            ("top_logprobs", JSONText.array(alternatives)), ("text_offset", JSONText.array(offsets)),
        ])
    }
}
