import GlossText

/// One continuation by a daemon, as a stream of events (server-sent events, WHATWG HTML section 9.2).
struct CompletionStream {
    private let model: DaemonModel

    init(_ model: DaemonModel) { self.model = model }

    /// Continues a prompt; `fields` are further keys of the request with values that are JSON already. `emit` gets each
    /// piece as it comes.
    ///
    /// Gives why the continuation ended and its symbols. Throws `DaemonError`.
    func complete(
        _ prompt: String, _ fields: [(key: String, value: String)], emit: (String) -> Void
    ) throws -> (reason: String, tokens: Int) {
        let request =
            [
                (key: "model", value: JSONText.string(model.reference)),
                (key: "prompt", value: JSONText.string(prompt)), (key: "stream", value: "true"),
                (key: "stream_options", value: #"{"include_usage":true}"#),
            ] + fields
        let connection = model.connection
        connection.begin("POST", "/v1/completions", json: JSONText.object(request))
        try connection.awaitHead()
        var (reason, tokens) = ("", 0)
        while true {
            while let line = connection.takeLine() {
                guard line.starts(with: "data:".utf8) else { continue }
                let data = line.dropFirst("data:".utf8.count).drop { $0 == 0x20 }
                if data.elementsEqual("[DONE]".utf8) {
                    while !connection.response.isComplete { try connection.move() }
                    return (reason, tokens)
                }
                guard let event = try? JSONValue(parsing: data) else {
                    throw DaemonError.unintelligible(connection.address, found: "an event that is no JSON")
                }
                if let error = event["error"] { throw DaemonError.refused(error) }
                let choice = event["choices"]?.elements?.first
                if let piece = choice?["text"]?.string, !piece.isEmpty { emit(piece) }
                reason = choice?["finish_reason"]?.string ?? reason
                tokens = event["usage"]?["completion_tokens"]?.int ?? tokens
            }
            if connection.response.isComplete { throw DaemonError.ended(connection.address) }
            try connection.move()
        }
    }
}
