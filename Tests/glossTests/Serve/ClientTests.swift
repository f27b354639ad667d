import Foundation
import Testing

/// Other people's clients.
@Suite struct ClientTests {
    @Test(.enabled(if: Tool.isInstalled("curl"), "curl is not installed")) func curl() throws {
        let daemon = try RunningDaemon()
        let answer = try Tool(
            "curl", ["-sS", "--unix-socket", daemon.path, "http://gloss/v1/classify", "-d", #"{"input":"fine"}"#])
        #expect(answer.status == 0)
        #expect(answer.output.contains(#""label":"#), "\(answer.output)")
        let stream = try Tool(
            "curl",
            [
                "-sSN", "--unix-socket", daemon.path, "http://gloss/v1/completions", "-d",
                #"{"prompt":"It was","max_tokens":5,"stream":true}"#,
            ])
        #expect(stream.output.hasSuffix("data: [DONE]\n\n"))
    }

    private static let hasOpenAI =
        (try? Tool("python3", ["-c", "import openai, httpx"]).status) == 0

    @Test(.enabled(if: hasOpenAI, "python3 has no openai: pip install openai")) func openai() throws {
        let daemon = try RunningDaemon()
        let program = """
            import sys, httpx, openai
            client = openai.OpenAI(base_url="http://gloss/v1", api_key="none",
                http_client=httpx.Client(transport=httpx.HTTPTransport(uds=sys.argv[1])))
            assert "generator:1" in [model.id for model in client.models.list()]
            assert client.models.retrieve("tagger").id == "tagger:1"
            whole = client.completions.create(model="generator", prompt="It was", max_tokens=12, seed=3, n=2, logprobs=2)
            assert len(whole.choices) == 2 and whole.usage.completion_tokens == 24, whole
            assert len(whole.choices[0].logprobs.tokens) == 12
            parts = client.completions.create(model="generator", prompt="It was", max_tokens=12, seed=3, stream=True)
            text = "".join(part.choices[0].text for part in parts if part.choices)
            assert text == whole.choices[0].text, (text, whole)
            try:
                client.completions.create(model="nobody", prompt="x")
            except openai.NotFoundError as error:
                assert error.code == "model_not_found", error
            else:
                raise SystemExit("no error")
            """
        let result = try Tool("python3", ["-c", program, daemon.path])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func theDescriptionIsThatOfTheRoutes() throws {
        let daemon = try RunningDaemon()
        let wire = try daemon.connect()
        let document = try wire.request("GET", "/openapi.json").object
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        #expect(
            Set(paths.keys) == [
                "/v1/classify", "/v1/tag", "/v1/tokenize", "/v1/completions", "/v1/models", "/v1/models/{name}",
                "/v1/status", "/healthz", "/readyz", "/metrics", "/openapi.json",
            ])
        let schemas = try #require((document["components"] as? [String: [String: Any]])?["schemas"])
        let text = try String(data: JSONSerialization.data(withJSONObject: document), encoding: .utf8) ?? ""
        for name in text.matches(of: /schemas\\?\/([A-Za-z]+)/).map({ String($0.1) }) {
            #expect(schemas[name] != nil, "\(name)")
        }
        for (path, query) in [("classify", ["model", "explain"]), ("tag", ["model", "offsets"])] {
            let parameters = paths["/v1/" + path]?["post"]?["parameters"] as? [[String: Any]]
            #expect(parameters?.map { $0["name"] as? String } == query)
            #expect((paths["/v1/" + path]?["post"]?["responses"] as? [String: Any])?["411"] != nil)
        }
        #expect((paths["/readyz"]?["get"]?["responses"] as? [String: Any])?["503"] != nil)
        #expect(
            ((schemas["TagRecord"] as? [String: Any])?["properties"] as? [String: [String: Any]])?["input"]?["anyOf"]
                != nil)
        for (path, operations) in paths {
            for method in ["get", "post"] {
                let body = method == "post" ? #"{"input":"x","prompt":"x","max_tokens":1}"# : nil
                let status = try wire.request(
                    method.uppercased(), path.replacing("{name}", with: "sentiment"), body
                ).status
                #expect(status == (operations[method] == nil ? 405 : 200), "\(method) \(path)")
            }
        }
    }

    @Test func metricsAreOfTheFormat() throws {
        let daemon = try RunningDaemon()
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"A fine film."}"#).status == 200)
        #expect(try daemon.request("POST", "/v1/tag", "{").status == 400)
        let answer = try daemon.request("GET", "/metrics")
        #expect(answer.fields["content-type"]?.hasPrefix("text/plain") == true)
        for line in answer.lines {
            let isWell =
                line.wholeMatch(of: /# (HELP|TYPE) [a-z_]+ .+/) != nil
                || line.wholeMatch(of: /[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.e+-]+/) != nil
            #expect(isWell, "\(line)")
        }
        for part in [
            #"gloss_requests_total{route="/v1/classify",status="200"} 1"#,
            #"gloss_requests_total{route="/v1/tag",status="400"} 1"#,
            #"gloss_rejections_total{reason="invalid_request"} 1"#,
            #"gloss_request_seconds_count{route="/v1/classify"} 1"#,
        ] {
            #expect(answer.text.contains(part + "\n"), "\(part)")
        }
    }

    @Test func theLogHasNoTexts() throws {
        let daemon = try RunningDaemon(["slowRequest=0.000001"])
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"Unmistakable"}"#).status == 200)
        #expect(daemon.waits { daemon.log.contains("slow request") })
        #expect(!daemon.log.contains("Unmistakable"))
        for line in daemon.log.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["level"] != nil && object?["message"] != nil && object?["time"] != nil, "\(line)")
            let time = (object?["time"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/)
            #expect(time != nil, "\(line)")
        }
    }
}
