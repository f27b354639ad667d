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
        if route == .model {
            fields.append(
                (
                    "parameters",
                    "[{\"name\":\"name\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}]"
                ))
        }
        if let schema = body(route) {
            var content = [(key: "application/json", value: reference(schema))]
            if route != .completions { content.append(("application/x-ndjson", reference("Record"))) }
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
            route.isWork ? ["400", "404", "408", "413", "415", "429", "503"] : route == .model ? ["404"] : []
        for status in refusals {
            answers.append(
                (
                    status,
                    "{\"description\":\"Refused.\",\"content\":{\"application/json\":\(reference("Error"))}}"
                ))
        }
        fields.append(("responses", JSONText.object(answers)))
        return JSONText.object(fields)
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
    /// A text, a sentence's tokens, or a document's sentences.
    private static let record = "{\"anyOf\":[\(text),\(list),{\"type\":\"array\",\"items\":\(list)}]}"
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
