import Foundation
import Testing

/// `POST /v1/completions`, whole and as a stream.
@Suite struct CompletionTests {
    let daemon: RunningDaemon

    init() throws { daemon = try RunningDaemon() }

    private func complete(_ more: String) throws -> Wire.Answer {
        try daemon.request("POST", "/v1/completions", #"{"prompt":"It was late","seed":5,\#(more)}"#)
    }

    private func choices(_ answer: Wire.Answer) -> [[String: Any]] {
        answer.object["choices"] as? [[String: Any]] ?? []
    }

    @Test func theSameSeedGivesTheSameText() throws {
        let first = try complete(#""max_tokens":30"#), second = try complete(#""max_tokens":30"#)
        let text = choices(first).first?["text"] as? String
        #expect(text?.isEmpty == false)
        #expect(text == choices(second).first?["text"] as? String)
        #expect(first.object["object"] as? String == "text_completion")
        let usage = try #require(first.object["usage"] as? [String: Int])
        #expect(usage["completion_tokens"] == 30)
        #expect(usage["total_tokens"] == 30 + (usage["prompt_tokens"] ?? 0))
        #expect(choices(first).first?["finish_reason"] as? String == "length")
    }

    @Test func severalContinuationsTakeTheSeedsThatFollow() throws {
        let three = choices(try complete(#""max_tokens":12,"n":3"#))
        #expect(three.map { $0["index"] as? Int } == [0, 1, 2])
        let second = choices(
            try daemon.request("POST", "/v1/completions", #"{"prompt":"It was late","seed":6,"max_tokens":12}"#))
        #expect(three[1]["text"] as? String == second.first?["text"] as? String)
        let prompts = choices(
            try daemon.request("POST", "/v1/completions", #"{"prompt":["a","b"],"n":2,"max_tokens":2,"echo":true}"#))
        #expect(prompts.map { ($0["text"] as? String)?.first } == ["a", "a", "b", "b"])
    }

    @Test func stopsAndEchoesAndProbabilities() throws {
        let plain = try #require(choices(try complete(#""max_tokens":40"#)).first?["text"] as? String)
        let stop = String(plain.dropFirst(10).prefix(3))
        let stopped = choices(try complete(#""max_tokens":40,"stop":["\#(stop)"]"#)).first
        #expect(stopped?["finish_reason"] as? String == "stop")
        #expect(stopped?["text"] as? String == plain.components(separatedBy: stop).first)
        let echoed = choices(try complete(#""max_tokens":40,"echo":true"#)).first?["text"] as? String
        #expect(echoed == "It was late" + plain)
        let told = choices(try complete(#""max_tokens":10,"logprobs":2"#)).first?["logprobs"] as? [String: Any]
        let tokens = try #require(told?["tokens"] as? [String])
        #expect(tokens.count == 10)
        #expect(plain.hasPrefix(tokens.joined()))
        #expect((told?["token_logprobs"] as? [Double])?.allSatisfy { $0 <= 0 } == true)
        #expect((told?["top_logprobs"] as? [[String: Double]])?.allSatisfy { (1...2).contains($0.count) } == true)
        #expect((told?["text_offset"] as? [Int])?.first == 0)
    }

    @Test func anEchoedPromptIsToldWithItsProbabilities() throws {
        let plain = choices(try complete(#""max_tokens":4,"logprobs":1"#)).first
        let own = try #require(plain?["logprobs"] as? [String: Any])
        let told = choices(try complete(#""max_tokens":4,"logprobs":1,"echo":true"#)).first
        let all = try #require(told?["logprobs"] as? [String: Any])
        let tokens = try #require(all["tokens"] as? [String]),
            numbers = try #require(all["token_logprobs"] as? [Double])
        #expect(tokens.joined() == told?["text"] as? String && tokens.joined().hasPrefix("It was late"))
        #expect(tokens.suffix(4) == (own["tokens"] as? [String])?[...])
        #expect(numbers.suffix(4) == (own["token_logprobs"] as? [Double])?[...])
        #expect(numbers.count == tokens.count && numbers.allSatisfy { $0 < 0 })
        #expect((all["text_offset"] as? [Int])?.prefix(1) == [0])
        // Nothing but the prompt, whole and as a stream.
        let prompt = choices(try complete(#""max_tokens":0,"logprobs":0,"echo":true"#)).first
        let alone = try #require((prompt?["logprobs"] as? [String: Any])?["token_logprobs"] as? [Double])
        #expect(alone == Array(numbers.dropLast(4)) && prompt?["text"] as? String == "It was late")
        let stream = try complete(#""max_tokens":0,"logprobs":0,"echo":true,"stream":true"#).text
        var streamed: [Double] = []
        for event in stream.components(separatedBy: "\n\n") where event.hasPrefix("data: {") {
            let object = try JSONSerialization.jsonObject(with: Data(event.dropFirst(6).utf8)) as? [String: Any]
            for choice in object?["choices"] as? [[String: Any]] ?? [] {
                streamed += (choice["logprobs"] as? [String: Any])?["token_logprobs"] as? [Double] ?? []
            }
        }
        #expect(streamed == alone)
    }

    @Test func aStreamHasTheSameTextAndEnds() throws {
        let whole = choices(try complete(#""max_tokens":25,"n":2"#)).map { $0["text"] as? String ?? "" }
        let stream = try complete(#""max_tokens":25,"n":2,"stream":true,"stream_options":{"include_usage":true}"#)
        #expect(stream.fields["content-type"] == "text/event-stream")
        let events = stream.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
        #expect(events.last == "data: [DONE]")
        #expect(events.allSatisfy { $0.hasPrefix("data: ") })
        var texts = ["", ""], reasons = 0, usage: [String: Int]?
        for event in events.dropLast() {
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(event.dropFirst(6).utf8)) as? [String: Any])
            usage = object["usage"] as? [String: Int] ?? usage
            for choice in object["choices"] as? [[String: Any]] ?? [] {
                texts[choice["index"] as? Int ?? 0] += choice["text"] as? String ?? ""
                if choice["finish_reason"] is String { reasons += 1 }
            }
        }
        #expect(texts == whole)
        #expect(reasons == 2)
        #expect(usage?["completion_tokens"] == 50)
    }

    @Test func aStreamWithoutAReaderEnds() throws {
        do {
            let wire = try daemon.connect()
            let body = #"{"prompt":"It was","max_tokens":4096,"n":16,"stream":true}"#
            wire.send(
                "POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            #expect(try wire.head().status == 200)
            _ = try wire.chunk()
        }
        #expect(try daemon.waits { try daemon.metric("gloss_requests_running") == 0 })
        #expect(try daemon.waits { try daemon.metric("gloss_queue_pieces") == 0 })
        #expect(try daemon.metric("gloss_batch_pieces_total") < 4096, "65,536 symbols would be 8,192 turns")
    }
}
