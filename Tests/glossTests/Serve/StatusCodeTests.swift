import Foundation
import Testing

/// Each status that the contract names, with its error object.
@Suite struct StatusCodeTests {
    private static func body(_ text: String) -> String { #"{"input":"\#(text)"}"# }

    @Test func whatIsRightIsAnswered() throws {
        let daemon = try RunningDaemon()
        let wire = try daemon.connect()
        let one = try wire.request("POST", "/v1/classify", Self.body("A fine film."))
        #expect(one.status == 200)
        #expect(one.object["model"] as? String == "sentiment:1")
        #expect(one.result["label"] as? String != nil)
        #expect((one.result["probabilities"] as? [String: Double])?.count == 2)
        #expect((one.object["usage"] as? [String: Int])?["tokens"] == 4)
        let several = try wire.request("POST", "/v1/classify", #"{"input":["A fine film.","cold",""]}"#)
        #expect((several.object["results"] as? [Any])?.count == 3, "one connection carries one request after another")
        let explained = try wire.request("POST", "/v1/classify", #"{"input":"A fine film.","explain":true}"#)
        let words = (explained.result["explanation"] as? [String: Any])?["words"] as? [[String: Any]]
        #expect(words?.map { $0["text"] as? String } == ["A", "fine", "film", "."])
        let tokens = try wire.request("POST", "/v1/tag", #"{"input":[["She","runs","."],["Go"]]}"#)
        #expect((tokens.object["results"] as? [Any])?.count == 2)
        #expect(tokens.object["columns"] != nil)
        let document = try wire.request("POST", "/v1/tag", #"{"input":[[["She","runs","."],["Go"]],"Go."]}"#)
        let read = (document.object["results"] as? [[String: Any]])?.map { $0["sentences"] as? [[String: Any]] ?? [] }
        #expect(read?.map(\.count) == [2, 1], "a list of lists of tokens is one document")
        #expect(read?.first?.map { $0["start"] as? Int } == [0, 11])
        for path in [
            "/healthz", "/readyz", "/v1/models", "/v1/models/tagger", "/v1/models/sentiment:1", "/openapi.json",
        ] {
            let page = try wire.request("GET", path)
            #expect(page.status == 200, "\(path)")
            #expect(!page.object.isEmpty, "\(path)")
            let head = try wire.request("HEAD", path)
            #expect(head.status == 200)
        }
        // curl sends this type where none is named.
        #expect(
            try wire.request("POST", "/v1/classify", Self.body("x"), type: "application/x-www-form-urlencoded").status
                == 200)
        #expect(try wire.request("POST", "/v1/classify", Self.body("x"), type: nil).status == 200)
    }

    @Test(arguments: [("scalars", 4, 7), ("utf8", 8, 11), ("utf16", 5, 8)])
    func offsetsCountWhatIsAsked(unit: String, start: Int, end: Int) throws {
        let daemon = try RunningDaemon()
        let answer = try daemon.request("POST", "/v1/tokenize", #"{"input":"é 😀 Ada","offsets":"\#(unit)"}"#)
        let sentences = answer.result["sentences"] as? [[String: Any]]
        let last = (sentences?.last?["tokens"] as? [[String: Any]])?.last
        #expect(last?["text"] as? String == "Ada")
        #expect(last?["start"] as? Int == start)
        #expect(last?["end"] as? Int == end)
    }

    private static let wrong: [(String, String, String, Int, String)] = [
        ("POST", "/v1/classify", "{", 400, "body"),
        ("POST", "/v1/classify", "[]", 400, "object"),
        ("POST", "/v1/classify", "{}", 400, "input"),
        ("POST", "/v1/classify", #"{"input":"# + String(repeating: "[", count: 70), 400, "nested too deeply, at byte"),
        ("POST", "/v1/tokenize", #"{"input":"x","model":"generator"}"#, 400, "/v1/completions"),
        ("POST", "/v1/classify", #"{"input":3}"#, 400, "input"),
        ("POST", "/v1/classify", #"{"input":[["a"]]}"#, 400, "tokens"),
        ("POST", "/v1/classify", #"{"input":"x","model":"tagger"}"#, 400, "/v1/tag"),
        ("POST", "/v1/classify", #"{"input":"x","model":7}"#, 400, "model"),
        ("POST", "/v1/tag", #"{"input":"x","offsets":"lines"}"#, 400, "offsets"),
        ("POST", "/v1/tag", #"{"input":"x","model":"roles"}"#, 400, "columns"),
        ("POST", "/v1/tag", #"{"input":[[]]}"#, 400, "empty"),
        ("POST", "/v1/tag", #"{"input":[[["a"],[]]]}"#, 400, "empty"),
        ("POST", "/v1/tag", #"{"input":[[["a"],"b"]]}"#, 400, "list"),
        ("POST", "/v1/tag", #"{"input":[["a",["b"]]]}"#, 400, "list"),
        ("POST", "/v1/tag", #"{"input":[[[["a"]]]]}"#, 400, "list"),
        ("POST", "/v1/completions", #"{"prompt":"x","temperature":-1}"#, 400, "temperature"),
        ("POST", "/v1/completions", #"{"prompt":"x","n":0}"#, 400, "n"),
        ("POST", "/v1/completions", #"{"prompt":"x","seed":-1}"#, 400, "seed"),
        ("POST", "/v1/completions", #"{"prompt":3}"#, 400, "prompt"),
        ("POST", "/v1/completions", #"{"prompt":"x","stop":[""]}"#, 400, "stop"),
        ("POST", "/v1/classify", #"{"input":"x","model":"nobody"}"#, 404, "nobody"),
        ("POST", "/v1/classify", #"{"input":"x","model":"sentiment:9"}"#, 404, "sentiment:9"),
        ("GET", "/v1/models/nobody", "", 404, "nobody"),
        ("GET", "/nothing", "", 404, "openapi"),
        ("GET", "/admin/reload", "", 404, "openapi"),
        ("GET", "/v1/classify", "", 405, "POST"),
        ("POST", "/healthz", "", 405, "GET"),
    ]

    @Test func whatIsWrongIsNamed() throws {
        let daemon = try RunningDaemon()
        let wire = try daemon.connect()
        for (method, path, body, status, part) in Self.wrong {
            let answer = try wire.request(method, path, body.isEmpty ? nil : body)
            #expect(answer.status == status, "\(method) \(path) \(body): \(answer.text)")
            #expect(Set(answer.error.keys) == ["message", "type", "param", "code"])
            #expect((answer.error["message"] as? String)?.contains(part) == true, "\(answer.text)")
        }
        #expect(try wire.request("GET", "/healthz").status == 200, "the connection serves on")
    }

    @Test func anotherTypeIsNotRead() throws {
        let daemon = try RunningDaemon()
        let answer = try daemon.request("POST", "/v1/tag", Self.body("x"), type: "text/html")
        #expect(answer.status == 415)
    }

    @Test func tooMuchIsRefused() throws {
        let daemon = try RunningDaemon(["limits.bodyBytes=1000", "limits.texts=2", "limits.textTokens=20"])
        let long = String(repeating: "word ", count: 300)
        #expect(try daemon.request("POST", "/v1/classify", Self.body(long)).status == 413)
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":["a","b","c"]}"#).status == 413)
        let tokens = try daemon.request("POST", "/v1/tag", Self.body(String(repeating: "a ", count: 100)))
        #expect(tokens.status == 413, "\(tokens.text)")
        #expect(tokens.error["param"] as? String == "input")
        for limit in ["bodyBytes", "texts", "textTokens"] {
            #expect(try daemon.metric(#"gloss_rejections_total{reason="\#(limit)"}"#) == 1)
        }
    }

    /// A sentence's states are in memory together; a document's are not.
    @Test func aSentenceHasItsLimit() throws {
        let daemon = try RunningDaemon()
        func sentence(_ count: Int) -> String {
            "[" + repeatElement("\"a\"", count: count).joined(separator: ",") + "]"
        }
        let long = try daemon.request("POST", "/v1/tag", "{\"input\":[[[\"a\"],\(sentence(10_001))]]}")
        #expect(long.status == 413)
        #expect((long.error["message"] as? String)?.contains("at byte 2 has 10001 tokens, the limit is 10000") == true)
        #expect(try daemon.metric(#"gloss_rejections_total{reason="too_large"}"#) == 1)
        let whole = repeatElement(sentence(5000), count: 4).joined(separator: ",")
        #expect(try daemon.request("POST", "/v1/tag", "{\"input\":[[\(whole)]]}").status == 200)
    }

    @Test func aFullHouseIsRefusedAtOnce() throws {
        let daemon = try RunningDaemon(["limits.requests=1"])
        let first = try daemon.connect()
        first.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        first.sendChunk("{\"id\":1,\"input\":\"x\"}\n")
        #expect(try first.head().status == 200)
        let second = try daemon.request("POST", "/v1/classify", Self.body("x"))
        #expect(second.status == 429)
        #expect(second.fields["retry-after"] == "1")
        #expect(second.error["type"] as? String == "rate_limit_error")
        #expect(try daemon.metric(#"gloss_rejections_total{reason="requests"}"#) == 1)
        #expect(try daemon.request("GET", "/healthz").status == 200, "a page is no work")
    }

    @Test func aDeadlineEndsARequest() throws {
        let daemon = try RunningDaemon(["limits.generatedTokens=100000"])
        let answer = try daemon.request(
            "POST", "/v1/completions", #"{"prompt":"It was","max_tokens":100000,"temperature":0}"#,
            fields: ["X-Request-Timeout: 0.2"])
        #expect(answer.status == 503, "\(answer.text)")
        #expect(answer.error["code"] as? String == "timeout")
        #expect(answer.fields["retry-after"] != nil)
        #expect(
            try daemon.request("POST", "/v1/classify", Self.body("x"), fields: ["X-Request-Timeout: soon"]).status
                == 400)
    }

    @Test func aSlowSenderIsToldAndDropped() throws {
        let daemon = try RunningDaemon(["limits.headSeconds=0.3", "limits.bodySeconds=0.3", "limits.idleSeconds=0.5"])
        let slow = try daemon.connect()
        slow.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{")
        #expect(try slow.answer().status == 408)
        #expect(slow.ends)
        let half = try daemon.connect()
        half.send("POST /v1/cl")
        #expect(half.ends)
        #expect(try daemon.connect().ends, "who says nothing may stay only so long")
        #expect(try daemon.metric(#"gloss_rejections_total{reason="headSeconds"}"#) == 1)
    }
}
