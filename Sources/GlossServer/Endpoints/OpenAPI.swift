import GlossText

/// The description of the API (OpenAPI 3.1), made of the table of routes.
enum OpenAPI {
    static func document(version: String) -> String {
        let paths = Route.allCases.filter { !$0.isAdmin }.map { route in
            (key: route.path, value: JSONText.object([(route.method.rawValue.lowercased(), operation(route))]))
        }
        return JSONText.object([
            ("openapi", "\"3.1.0\""),
            (
                "info",
                JSONText.object([("title", "\"Gloss\""), ("version", JSONText.string(version))])
            ), ("paths", JSONText.object(paths)),
            ("components", JSONText.object([("schemas", JSONText.object(schemas))])),
        ])
    }

    private static func operation(_ route: Route) -> String {
        var fields = [
            (key: "summary", value: JSONText.string(route.summary)),
            (key: "operationId", value: JSONText.string("\(route)")),
        ]
        let parameters = parameters(route)
        if !parameters.isEmpty { fields.append(("parameters", JSONText.array(parameters))) }
        if let schema = body(route) {
            var content = [(key: "application/json", value: reference(schema))]
            if route != .completions {
                content.append(("application/x-ndjson", reference(route == .tag ? "TagRecord" : "Record")))
            }
            fields.append(
                ("requestBody", JSONText.object([("required", "true"), ("content", JSONText.object(content))])))
        }
        let type = route == .metrics ? "text/plain" : "application/json"
        var answers = [
            (
                key: "200",
                value: "{\"description\":\"The answer.\",\"content\":{\"\(type)\":{}}}"
            )
        ]
        let refusals =
            route.isWork
            ? ["400", "404", "408", "411", "413", "415", "429", "503"]
            : route == .model ? ["404", "503"] : []
        for status in refusals {
            answers.append(
                (
                    status,
                    "{\"description\":\"Refused.\",\"content\":{\"application/json\":\(reference("Error"))}}"
                ))
        }
        if route == .ready {
            answers.append(("503", "{\"description\":\"It is stopping.\",\"content\":{\"\(type)\":{}}}"))
        }
        fields.append(("responses", JSONText.object(answers)))
        return JSONText.object(fields)
    }

    /// What stands in the path, or beside a stream of records in the query.
    private static func parameters(_ route: Route) -> [String] {
        func parameter(_ name: String, _ place: String, _ schema: String) -> String {
            JSONText.object([
                ("name", JSONText.string(name)), ("in", JSONText.string(place)),
                ("required", String(place == "path")), ("schema", schema),
            ])
        }
        let model = parameter("model", "query", text)
        return switch route {
        case .model: [parameter("name", "path", text)]
        case .classify: [model, parameter("explain", "query", "{\"type\":\"boolean\"}")]
        case .tag, .tokenize: [model, parameter("offsets", "query", unit)]
        default: []
        }
    }

    private static func reference(_ schema: String) -> String {
        "{\"schema\":{\"$ref\":\"#/components/schemas/\(schema)\"}}"
    }

    private static func body(_ route: Route) -> String? {
        switch route {
        case .classify: "Classify"
        case .tag: "Tag"
        case .tokenize: "Tokenize"
        case .completions: "Completion"
        default: nil
        }
    }

    private static let text = "{\"type\":\"string\"}"
    private static let texts = "{\"anyOf\":[\(text),\(list)]}"
    private static let list = "{\"type\":\"array\",\"items\":\(text)}"
    /// A text, a sentence's tokens (at most `TagEndpoint.maximumTokens`), or a document's sentences.
    private static let sentence =
        "{\"type\":\"array\",\"items\":\(text),\"maxItems\":\(TagEndpoint.maximumTokens)}"
    private static let record = "{\"anyOf\":[\(text),\(sentence),{\"type\":\"array\",\"items\":\(sentence)}]}"
    private static let textsOrTokens = "{\"anyOf\":[\(text),{\"type\":\"array\",\"items\":\(record)}]}"
    private static let unit = "{\"type\":\"string\",\"enum\":[\"scalars\",\"utf8\",\"utf16\"]}"

    private static func object(_ properties: [(key: String, value: String)], required: [String]) -> String {
        JSONText.object([
            ("type", "\"object\""), ("properties", JSONText.object(properties)),
            ("required", JSONText.array(required.map { JSONText.string($0) })),
        ])
    }

    private static let schemas: [(key: String, value: String)] = [
        (
            "Classify",
            object([("model", text), ("input", texts), ("explain", "{\"type\":\"boolean\"}")], required: ["input"])
        ),
        ("Tag", object([("model", text), ("input", textsOrTokens), ("offsets", unit)], required: ["input"])),
        ("Tokenize", object([("model", text), ("input", texts), ("offsets", unit)], required: ["input"])),
        ("Record", object([("id", "{}"), ("input", text)], required: ["input"])),
        ("TagRecord", object([("id", "{}"), ("input", record)], required: ["input"])),
        (
            "Completion",
            object(
                [
                    ("model", text), ("prompt", texts), ("max_tokens", "{\"type\":\"integer\"}"),
                    ("temperature", "{\"type\":\"number\"}"), ("top_p", "{\"type\":\"number\"}"),
                    ("top_k", "{\"type\":\"integer\"}"), ("repetition_penalty", "{\"type\":\"number\"}"),
                    ("dry_multiplier", "{\"type\":\"number\"}"),
                    ("n", "{\"type\":\"integer\"}"), ("stop", texts), ("seed", "{\"type\":\"integer\"}"),
                    ("stream", "{\"type\":\"boolean\"}"), ("stream_options", "{\"type\":\"object\"}"),
                    ("logprobs", "{\"type\":\"integer\"}"), ("echo", "{\"type\":\"boolean\"}"),
                ], required: [])
        ),
        (
            "Error",
            object(
                [
                    (
                        "error",
                        object(
                            [("message", text), ("type", text), ("param", "{}"), ("code", text)],
                            required: ["message", "type", "param", "code"])
                    )
                ], required: ["error"])
        ),
    ]
}
