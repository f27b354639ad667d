import GlossText

/// What one text of a request is: words or a text.
enum TextRecord: Sendable {
    case text(String)
    /// A document whose sentences and tokens are known.
    case sentences([[String]])

    /// Reads `input` of a request or a record; throws `Refusal` for anything else.
    init(_ value: JSONValue?) throws(Refusal) {
        switch value {
        case .string(let text): self = .text(text)
        case .array(let elements):
            // A list of tokens is a document of one sentence.
            let isDocument = if case .array = elements.first { true } else { false }
            var sentences: [[String]] = []
            for sentence in isDocument ? elements : [.array(elements)] {
                let tokens = sentence.elements.map { $0.compactMap(\.string) }
                guard let tokens, tokens.count == sentence.elements?.count else {
                    throw .invalid(
                        "“input” holds something that is neither a text nor a list of tokens nor a list of such lists",
                        parameter: "input")
                }
                sentences.append(tokens)
            }
            self = .sentences(sentences)
        default: throw .invalid("“input” is missing, or no text", parameter: "input")
        }
    }

    /// The text of a record that is to be one, within the limits. Throws `Refusal`.
    func text(for route: String, _ limits: Limits) throws(Refusal) -> String {
        guard case .text(let text) = self else {
            throw .invalid("“input” is a list of tokens; \(route) takes texts", parameter: "input")
        }
        guard cost <= limits.textTokens else { throw .tooManyTokens(cost, limits) }
        return text
    }

    /// About how many tokens it has: words of English have five bytes and a space.
    var cost: Int {
        switch self {
        case .text(let text): text.utf8.count / 5 + 1
        case .sentences(let sentences): sentences.reduce(0) { $0 + $1.count + 1 }
        }
    }
}

/// What a body asks for.
struct TextRequest: Sendable {
    let options: TextOptions
    let records: [TextRecord]

    /// Reads a body; throws `Refusal` for what cannot be read, or is too much.
    init(_ body: JSONValue, _ limits: Limits) throws(Refusal) {
        options = try TextOptions { body[$0] }
        let inputs: [JSONValue?]
        if case .array(let elements) = body["input"] { inputs = elements } else { inputs = [body["input"]] }
        guard inputs.count <= limits.texts else {
            throw Refusal.tooMuch(
                "\(inputs.count) texts, the limit is \(limits.texts); send several requests, or NDJSON",
                parameter: "input", limit: "texts")
        }
        var records: [TextRecord] = []
        for input in inputs { records.append(try TextRecord(input)) }
        self.records = records
    }
}

/// What a request says beside its texts.
struct TextOptions: Sendable {
    var model: String?
    var offsets = OffsetUnit.scalars
    var explains = false

    /// Reads the options of a body or a query; throws `Refusal` for values that are not possible.
    init(_ value: (String) -> JSONValue?) throws(Refusal) {
        if let model = value("model") {
            guard let name = model.string, !name.isEmpty else {
                throw .invalid("“model” is no name; write NAME or NAME:VERSION", parameter: "model")
            }
            self.model = name
        }
        if let unit = value("offsets") {
            guard let name = unit.string, let known = OffsetUnit(rawValue: name) else {
                throw .invalid("“offsets” is none of utf8, utf16, scalars", parameter: "offsets")
            }
            offsets = known
        }
        if let explain = value("explain") {
            guard let wanted = explain.bool ?? explain.string.flatMap(Bool.init) else {
                throw .invalid("“explain” is neither true nor false", parameter: "explain")
            }
            explains = wanted
        }
    }
}
