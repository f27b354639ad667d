import GlossText

/// One continuation by a daemon, as a stream of events (server-sent events, WHATWG HTML section 9.2).
///
/// Where the connection ends on the way, the daemon makes the continuation once more over another one: what a seed gives is the
/// same each time, and what was shown already is not shown again.
struct CompletionStream {
    private let model: DaemonModel

    init(_ model: DaemonModel) { self.model = model }

    /// Continues a prompt; `fields` are further keys of the request with values that are JSON already, a seed among them. `emit`
    /// gets each piece as it comes.
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
        var shown: [UInt8] = []
        while true {
            let before = shown.count
            do {
                return try answer(to: JSONText.object(request), after: shown) { piece in
                    emit(piece)
                    shown += piece.utf8
                }
            } catch let error as DaemonError where error.isOfConnection && shown.count > before {
                try model.connection.connectAgain()
            }
        }
    }

    /// The answer to a request, which begins with the text that was `shown`; `emit` gets what is behind it.
    private func answer(
        to request: String, after shown: [UInt8], emit: (String) -> Void
    ) throws -> (reason: String, tokens: Int) {
        var known = shown[...]
        let connection = model.connection
        connection.begin("POST", "/v1/completions", json: request)
        try connection.awaitHead()
        var (reason, tokens) = ("", 0)
        while true {
            while let line = connection.takeLine() {
                guard line.starts(with: "data:".utf8) else { continue }
                let data = line.dropFirst("data:".utf8.count).drop { $0 == 0x20 }
                if data.elementsEqual("[DONE]".utf8) {
                    guard known.isEmpty else { throw DaemonError.ended(connection.address) }
                    while !connection.response.isComplete { try connection.move() }
                    return (reason, tokens)
                }
                guard let event = try? JSONValue(parsing: data) else {
                    throw DaemonError.unintelligible(connection.address, found: "an event that is no JSON")
                }
                if let error = event["error"] { throw DaemonError.refused(error) }
                let choice = event["choices"]?.elements?.first
                if let text = choice?["text"]?.string {
                    // Where pieces end depends on what else the daemon does.
                    let repeated = text.utf8.prefix(known.count)
                    guard known.starts(with: repeated) else { throw DaemonError.ended(connection.address) }
                    known.removeFirst(repeated.count)
                    let piece = text.slice(repeated.count..<text.utf8.count)
                    if !piece.isEmpty { emit(piece) }
                }
                reason = choice?["finish_reason"]?.string ?? reason
                tokens = event["usage"]?["completion_tokens"]?.int ?? tokens
            }
            if connection.response.isComplete { throw DaemonError.ended(connection.address) }
            try connection.move()
        }
    }
}
