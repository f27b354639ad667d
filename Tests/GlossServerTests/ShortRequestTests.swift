import Foundation
import GlossServer
import Testing

/// Short requests are answered apart from all others; nobody must see it.
@Suite(.serialized) struct ShortRequestTests {
    private static func request(_ target: String, _ body: String, _ fields: String = "") -> String {
        "POST \(target) HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
    }

    private static let film = request("/v1/classify", #"{"input":"the film was good."}"#)

    @Test func answersKeepTheOrderOfTheirRequests() async throws {
        try await Served.run { served in
            // The first waits for its model, on another path than the next ones.
            for isLoaded in [false, true] {
                let answers = try await Wire.blocking { [socket = served.socket] in
                    let wire = try Wire(socket)
                    let tokens = Self.request("/v1/tokenize", #"{"model":"sentiment","input":"the film"}"#)
                    let both = Self.request("/v1/classify", #"{"input":["good","was"]}"#)
                    let health = "GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n"
                    let wrong = Self.request("/v1/classify", "{")
                    try wire.send(Self.film + tokens + health + both + wrong + health + tokens + Self.film)
                    return try (0..<8).map { _ in try wire.answer() }
                }
                #expect(answers.map(\.status) == [200, 200, 200, 200, 400, 200, 200, 200], "loaded: \(isLoaded)")
                #expect(answers[0].body == answers[7].body && answers[0].body.contains(#""model":"sentiment:1""#))
                #expect(answers[1].body == answers[6].body && answers[1].body.contains(#""text":"film""#))
                #expect(answers[3].body.components(separatedBy: #""label""#).count == 3)
                #expect(!answers[2].body.contains("results") && !answers[5].body.contains("results"))
            }
            let metrics = try await served.ask("GET", "/metrics").body
            #expect(metrics.contains(#"gloss_requests_total{route="/v1/classify",status="200"} 6"#))
            #expect(metrics.contains(#"gloss_requests_total{route="/v1/classify",status="400"} 2"#))
            #expect(metrics.contains(#"gloss_request_seconds_count{route="/v1/tokenize"} 4"#))
            #expect(metrics.contains("gloss_requests_running 0"))
        }
    }

    @Test func piecesOfARequestMakeOne() async throws {
        try await Served.run { served in
            let whole = try await served.ask("POST", "/v1/classify", #"{"input":"the film was good."}"#)
            let answer = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                for byte in Self.film {
                    try wire.send(String(byte))
                    usleep(500)
                }
                wire.finish()
                return try wire.answer()
            }
            #expect(answer.status == 200 && answer.body == whole.body)
        }
    }

    @Test func aClientThatEndsItsRequestsHasAllItsAnswers() async throws {
        try await Served.run { served in
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"good"}"#)
            let rest = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(String(repeating: Self.film, count: 50))
                wire.finish()
                return wire.rest()
            }
            #expect(rest.components(separatedBy: "HTTP/1.1 200 OK").count == 51)
        }
    }

    /// Each request gives its connection the whole time anew.
    @Test func aConnectionThatIsUsedStaysOpen() async throws {
        try await Served.run({ $0.limits.idleSeconds = 1 }) { served in
            let statuses = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                return try (0..<4).map { index in
                    if index > 0 { usleep(600_000) }
                    try wire.send(Self.film)
                    return try wire.answer().status
                }
            }
            #expect(statuses == [200, 200, 200, 200])
        }
    }

    /// Requests of a client that takes no answers stay with the client.
    @Test func aClientThatTakesNoAnswersIsNotReadOnAndOn() async throws {
        try await Served.run { served in
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"good"}"#)
            let sent = try await Wire.blocking { [socket = served.socket] in
                let many = String(repeating: Self.film, count: 1000)
                let wire = try Wire(socket)
                return wire.sendAsMuchAsIsTaken(many, most: 8 << 20)
            }
            #expect(sent < 2 << 20, "\(sent) bytes")
        }
    }

    @Test func aTextThatCannotBeReadSpoilsItsRequestAlone() async throws {
        try await Served.run { served in
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"good"}"#)
            let answer = try await served.ask("POST", "/v1/classify", #"{"input":["good",7]}"#)
            #expect(answer.status == 400)
            #expect(try await served.ask("POST", "/v1/classify", #"{"input":[]}"#).body.contains(#""results":[]"#))
            let late = try await served.ask(
                "POST", "/v1/classify", #"{"input":"good"}"#, fields: "X-Request-Timeout: 0.000001\r\n")
            #expect(late.status == 503)
            #expect(
                try await served.waits { try await served.ask("GET", "/metrics").body.contains("gloss_queue_pieces 0") }
            )
        }
    }

    @Test func noMoreRequestsWaitThanMay() async throws {
        try await Served.run({
            $0.limits.requests = 1; $0.workers = 1
        }) { served in
            let text = String(repeating: "the film was good. ", count: 2000)
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"good"}"#)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<16 {
                    tasks.addTask { try await served.ask("POST", "/v1/classify", #"{"input":"\#(text)"}"#).status }
                }
                return try await tasks.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.contains(200) && statuses.contains(429) && Set(statuses).count == 2, "\(statuses)")
        }
    }

    @Test func theLimitOfABodyHoldsForShortOnes() async throws {
        try await Served.run({ $0.limits.bodyBytes = 40 }) { served in
            let short = try await served.ask("POST", "/v1/classify", #"{"input":"good"}"#)
            #expect(short.status == 200)
            let text = String(repeating: "good ", count: 20)
            let long = try await served.ask("POST", "/v1/classify", #"{"input":"\#(text)"}"#)
            #expect(long.status == 413)
        }
    }

    @Test func whatIsNoRequestIsToldBehindTheAnswerBefore() async throws {
        try await Served.run { served in
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"good"}"#)
            let answers = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(Self.film + "GARBAGE\r\n\r\n")
                return try [wire.answer(), wire.answer()]
            }
            #expect(answers.map(\.status) == [200, 400])
            #expect(answers[0].body.contains("label"))
        }
    }
}
