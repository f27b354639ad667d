import Foundation
import GlossServer
import GlossStore
import Testing

/// What a daemon in this process does with clients that are slow, large, gone, or batched with others.
@Suite(.serialized) struct DaemonTests {
    @Test func anAnswerHasWhatItsOwnRequestAskedForWhateverItIsBatchedWith() async throws {
        try await Served.run({ $0.workers = 1 }) { served in
            let records = String(repeating: #"{"input":"the film was good."}"# + "\n", count: 300)
            func stream(_ explains: Bool) async throws -> [Substring] {
                try await Wire.blocking { [socket = served.socket] in
                    let wire = try Wire(socket)
                    try wire.send(
                        "POST /v1/classify?explain=\(explains) HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
                            + "Content-Type: application/x-ndjson\r\nContent-Length: \(records.utf8.count)\r\n\r\n\(records)"
                    )
                    return wire.rest().split(whereSeparator: \.isNewline).filter { $0.hasPrefix("{") }
                }
            }
            async let explained = stream(true), plain = stream(false)
            let (first, second) = try await (explained, plain)
            #expect(first.count == 300 && second.count == 300)
            #expect(first.allSatisfy { $0.contains(#""explanation""#) })
            #expect(!second.contains { $0.contains(#""explanation""#) })
        }
    }

    @Test func aHeadThatStallsIsAnsweredAndTheDaemonLives() async throws {
        try await Served.run({ $0.limits.headSeconds = 0.1 }) { served in
            let answer = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send("GET /hea")
                return try wire.answer()
            }
            #expect(answer.status == 408)
            #expect(answer.body.contains("headSeconds"))
            let metrics = try await served.ask("GET", "/metrics").body
            #expect(metrics.contains(#"gloss_rejections_total{reason="headSeconds"} 1"#))
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nX: ", "POST /v1/classify HTTP/1.1\r\nContent-Length: 9999\r\n\r\n"])
    func whoSendsByteByByteIsDropped(start: String) async throws {
        try await Served.run({
            $0.limits.headSeconds = 0.2
            $0.limits.requestSeconds = 0.2
        }) { served in
            let isDropped = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(start)
                for _ in 0..<200 {
                    usleep(20_000)
                    do { try wire.send(" ") } catch { return true }
                }
                return false
            }
            #expect(isDropped)
        }
    }

    @Test func anAnswerThatIsTooLateIsRefusedWhileItsWorkStillRuns() async throws {
        try await Served.run { served in
            let text = String(repeating: "the film was good. ", count: 40_000)
            let answer = try await served.ask(
                "POST", "/v1/classify", #"{"input":"\#(text)"}"#, fields: "X-Request-Timeout: 0.02\r\n")
            #expect(answer.status == 503)
            #expect(answer.body.contains(#""code":"timeout""#))
        }
    }

    @Test func whoAsksBeforeSendingIsInvited() async throws {
        try await Served.run { served in
            let body = #"{"input":"the film"}"#
            let (first, second) = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(
                    "POST /v1/classify HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n")
                let first = try wire.answer()
                try wire.send(body)
                return (first, try wire.answer())
            }
            #expect(first.status == 100)
            #expect(second.status == 200)
        }
    }

    @Test func whoHasSaidAllMayStillListen() async throws {
        try await Served.run { served in
            let answer = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send("POST /v1/classify HTTP/1.1\r\nHost: g\r\nContent-Length: 13\r\n\r\n{\"input\":\"a\"}")
                wire.finish()
                return try wire.answer()
            }
            #expect(answer.status == 200)
        }
    }

    @Test func aBodyThatGrowsTooLargeIsRefusedOnce() async throws {
        try await Served.run({ $0.limits.bodyBytes = 1000 }) { served in
            let statuses = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                let part = "100\r\n" + String(repeating: " ", count: 256) + "\r\n"
                try wire.send("POST /v1/classify HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n")
                try wire.send(String(repeating: part, count: 8) + "0\r\n\r\n")
                let first = try wire.answer().status
                try wire.send("GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n")
                return [first, try wire.answer().status]
            }
            #expect(statuses == [413, 200])
        }
    }

    @Test func chunksThatAreNoneAreTheClientsFault() async throws {
        try await Served.run { served in
            let answer = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send("POST /v1/classify HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n")
                return try wire.answer()
            }
            #expect(answer.status == 400)
        }
    }

    @Test func aReloadTakesLimitsAndListsOver() async throws {
        try await Served.run(
            reread: {
                var configuration = $0
                configuration.limits.texts = 1
                configuration.allowedUsers = [geteuid() &+ 1]
                return configuration
            }
        ) { served in
            let body = #"{"input":["a","b"]}"#
            let old = try Wire(served.socket)
            #expect(try await served.ask("POST", "/v1/classify", body).status == 200)
            #expect(try await served.ask("POST", "/admin/reload", through: served.adminSocket).status == 200)
            // A connection that is there stays; new ones are held against the new list.
            let answer = try await Wire.blocking {
                try old.send(
                    "POST /v1/classify HTTP/1.1\r\nHost: g\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
                return try old.answer()
            }
            #expect(answer.status == 413)
            #expect(try await served.ask("GET", "/healthz").status == 403)
            let metrics = try await served.ask("GET", "/metrics", through: served.adminSocket).body
            #expect(metrics.contains(#"reason="texts"} 1"#))
            #expect(metrics.contains(#"reason="peer"} 1"#))
        }
    }

    @Test func aMethodThatIsNotThereIsToldTheOneThatIs() async throws {
        try await Served.run { served in
            let post = try await served.ask("GET", "/v1/classify"), get = try await served.ask("POST", "/healthz")
            #expect(post.head.contains("Allow: POST"))
            #expect(get.head.contains("Allow: GET, HEAD"))
        }
    }

    /// Also where a character is two symbols: the é of this prompt.
    @Test func symbolsOfAnEchoedPromptStandInTheirPlaces() async throws {
        try await Served.run { served in
            let answer = try await served.ask(
                "POST", "/v1/completions", #"{"prompt":"thé cat","max_tokens":2,"echo":true,"logprobs":1,"seed":1}"#)
            #expect(answer.body.contains(#""text_offset":[0,1,2,3,3,4,5,7,"#), "\(answer.body)")
        }
    }

    @Test(arguments: [
        #""suffix":"x""#, #""suffix":1"#, #""best_of":3"#, #""best_of":0"#, #""logit_bias":{"1":2}"#,
        #""logit_bias":1"#,
        #""presence_penalty":0.5"#, #""presence_penalty":1"#, #""frequency_penalty":1"#,
    ])
    func whatWouldBeIgnoredIsRefused(parameter: String) async throws {
        try await Served.run { served in
            let refused = try await served.ask("POST", "/v1/completions", "{\(parameter),\"max_tokens\":1}")
            #expect(refused.status == 400)
            let neutral = #"{"suffix":null,"best_of":1,"logit_bias":{},"presence_penalty":0,"max_tokens":1}"#
            let answered = try await served.ask("POST", "/v1/completions", neutral)
            #expect(answered.status == 200)
        }
    }

    @Test func aVersionThatIsRefusedIsToldAndTheOldOneServesOn() async throws {
        try await Served.run { served in
            let body = #"{"input":"the film"}"#
            #expect(try await served.ask("POST", "/v1/classify", body).body.contains("sentiment:1"))
            let store = try ModelStore(path: served.store, mode: .readWrite)
            var bad = try Served.classifier()
            bad.tensors.removeLast()
            _ = try store.save(bad)
            let isTold = try await served.waits { try await served.ask("GET", "/readyz").body.contains("sentiment:2") }
            #expect(isTold)
            #expect(try await served.ask("POST", "/v1/classify", body).body.contains("sentiment:1"))
            _ = try store.remove(ModelReference(name: "sentiment", version: 2))
            let isForgotten = try await served.waits {
                try await !served.ask("GET", "/readyz").body.contains("sentiment:2")
            }
            #expect(isForgotten)
        }
    }

    /// Another model under the same name and number: numbers are a store's own.
    @Test func anotherModelOfTheSameReferenceIsServedInItsPlace() async throws {
        try await Served.run { served in
            func answer() async throws -> String {
                try await served.ask("POST", "/v1/classify", #"{"input":"film"}"#).body
            }
            let before = try await answer()
            let other = served.folder + "/other.sqlite"
            let store = try ModelStore(path: other, mode: .readWrite)
            _ = try store.save(Served.classifier(seed: 4))
            try store.close()
            #expect(rename(other, served.store) == 0)
            let isServed = try await served.waits {
                let now = try await answer()
                return now.contains("sentiment:1") && now != before
            }
            #expect(isServed)
        }
    }

    @Test func aRefusedVersionThatIsRolledBackIsNoFaultAnyMore() async throws {
        try await Served.run { served in
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"the film"}"#)
            let store = try ModelStore(path: served.store, mode: .readWrite)
            var bad = try Served.classifier()
            bad.tensors.removeLast()
            _ = try store.save(bad)
            let isTold = try await served.waits { try await served.ask("GET", "/readyz").body.contains("sentiment:2") }
            #expect(isTold)
            _ = try store.rollback(ModelReference(name: "sentiment"))
            let isForgotten = try await served.waits {
                try await !served.ask("GET", "/readyz").body.contains("sentiment:2")
            }
            #expect(isForgotten)
        }
    }

    @Test func whatAnswersNothingIsDescribedAndRefusedAndNoFault() async throws {
        try await Served.run { served in
            let store = try ModelStore(path: served.store, mode: .readWrite)
            _ = try store.save(Served.vectors())
            let page = try await served.ask("GET", "/v1/models/vectors")
            #expect(page.status == 200 && page.body.contains(#""task":"vectors""#))
            let refused = try await served.ask("POST", "/v1/classify", #"{"model":"vectors","input":"film"}"#)
            #expect(refused.status == 400 && refused.body.contains("what other models start from"))
            #expect(try await served.ask("GET", "/readyz").body.contains(#""refused":[]"#))
        }
    }

    @Test func anExplanationEndsWithItsRequest() async throws {
        try await Served.run({ $0.workers = 1 }) { served in
            let text = String(repeating: "the film was good. ", count: 2000)
            let answer = try await served.ask(
                "POST", "/v1/classify", #"{"explain":true,"input":"\#(text)"}"#, fields: "X-Request-Timeout: 0.2\r\n")
            #expect(answer.status == 503)
            // The one worker is free again: by itself the explanation would take minutes.
            let next = try await served.ask("POST", "/v1/classify", #"{"input":"film"}"#)
            #expect(next.status == 200)
        }
    }

    @Test func aConnectionIsIdleAfterARefusalBeforeItsBody() async throws {
        try await Served.run({ $0.limits.idleSeconds = 0.2 }) { served in
            let wire = try Wire(served.socket)
            let refused = try await Wire.blocking {
                try wire.send("POST /nowhere HTTP/1.1\r\nHost: g\r\nContent-Length: 5\r\n\r\n")
                let status = try wire.answer().status
                try wire.send("12345")
                return status
            }
            #expect(refused == 404)
            // Who asks is there alone; the other end of the connection is still held here.
            let hasEnded = try await served.waits {
                try await served.ask("GET", "/metrics").body.contains("gloss_connections 1\n")
            }
            #expect(hasEnded)
            withExtendedLifetime(wire) {}
        }
    }

    @Test func anInvitationWaitsForTheAnswerBefore() async throws {
        try await Served.run { served in
            _ = try await served.ask("POST", "/v1/classify", #"{"input":"film"}"#)
            let prompt = #"{"prompt":"the cat","max_tokens":200,"stream":true}"#, film = #"{"input":"film"}"#
            let rest = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(
                    "POST /v1/completions HTTP/1.1\r\nHost: g\r\nContent-Length: \(prompt.utf8.count)\r\n\r\n\(prompt)"
                        + "POST /v1/tag HTTP/1.1\r\nHost: g\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        + "Content-Length: \(film.utf8.count)\r\n\r\n")
                usleep(300_000)
                try wire.send(film)
                return wire.rest()
            }
            let (end, invitation) = (rest.range(of: "\r\n0\r\n\r\n"), rest.range(of: "100 Continue"))
            #expect(try #require(end).upperBound <= #require(invitation).lowerBound)
        }
    }

    @Test func aBodyThatIsTooLargeIsRefusedBeforeItIsSent() async throws {
        try await Served.run { served in
            let answer = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(
                    "POST /v1/classify HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\nContent-Length: 16000000\r\n\r\n")
                return try wire.answer()
            }
            #expect(answer.status == 413)
        }
    }

    @Test func aRecordThatIsTooLongIsRefusedAndTheStreamGoesOn() async throws {
        try await Served.run({ $0.limits.bodyBytes = 1000 }) { served in
            let long = String(repeating: "a", count: 5000)
            let records = ["film", long, "good"].enumerated().map { "{\"id\":\($0),\"input\":\"\($1)\"}\n" }.joined()
            let lines = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send(
                    "POST /v1/classify HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\n"
                        + "Content-Length: \(records.utf8.count)\r\n\r\n\(records)")
                return wire.rest().split(whereSeparator: \.isNewline).filter { $0.hasPrefix("{") }
            }
            try #require(lines.count == 3)
            #expect(lines[0].contains(#""id":0,"label""#) && lines[2].contains(#""id":2,"label""#))
            #expect(lines[1].contains(#""code":"too_large""#))
            let metrics = try await served.ask("GET", "/metrics").body
            #expect(metrics.contains(#"gloss_rejections_total{reason="bodyBytes"} 1"#))
        }
    }

    @Test func whatEndsAStreamIsCounted() async throws {
        try await Served.run({ $0.limits.textTokens = 10 }) { served in
            let record = #"{"input":"\#(String(repeating: "film ", count: 20))"}"#
            _ = try await served.ask(
                "POST", "/v1/classify", record + "\n" + record, fields: "Content-Type: application/x-ndjson\r\n")
            _ = try await served.ask(
                "POST", "/v1/completions", #"{"prompt":"the cat","max_tokens":4096,"stream":true}"#,
                fields: "X-Request-Timeout: 0.0001\r\n")
            let isCounted = try await served.waits {
                let metrics = try await served.ask("GET", "/metrics").body
                return metrics.contains(#"gloss_rejections_total{reason="textTokens"} 2"#)
                    && metrics.contains(#"gloss_rejections_total{reason="requestSeconds"} 1"#)
            }
            #expect(isCounted)
        }
    }

    @Test(arguments: [false, true]) func aModelThatIsRemovedIsForgotten(isFileRemoved: Bool) async throws {
        try await Served.run { served in
            func statuses() async throws -> [Int] {
                try await [
                    served.ask("POST", "/v1/classify", #"{"input":"film"}"#).status,
                    served.ask("POST", "/v1/classify", #"{"model":"sentiment:1","input":"film"}"#).status,
                ]
            }
            #expect(try await statuses() == [200, 200])
            if isFileRemoved {
                try FileManager.default.removeItem(atPath: served.store)
            } else {
                let store = try ModelStore(path: served.store, mode: .readWrite)
                _ = try store.remove(ModelReference(name: "sentiment"))
            }
            #expect(try await served.waits { try await statuses() == [404, 404] })
            #expect(try await served.ask("GET", "/v1/status").body.contains(#""models":[]"#))
        }
    }

    @Test func whatHasNoBodyOrAnotherCodingIsToldSo() async throws {
        try await Served.run { served in
            let answer = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send("POST /v1/classify HTTP/1.1\r\nHost: g\r\n\r\n")
                return try wire.answer()
            }
            #expect(answer.status == 411)
            let coded = try await served.ask(
                "POST", "/v1/classify", "{}", fields: "Content-Encoding: gzip\r\n")
            #expect(coded.status == 415)
            let head = try await Wire.blocking { [socket = served.socket] in
                let wire = try Wire(socket)
                try wire.send("HEAD /healthz HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
                return wire.rest().lowercased()
            }
            #expect(head.contains("content-length: 15\r\n") && head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func aStoreThatTakesTheOldOnesPlaceIsNoticed() async throws {
        try await Served.run { served in
            let body = #"{"input":"the film"}"#
            #expect(try await served.ask("POST", "/v1/classify", body).body.contains("sentiment:1"))
            let other = served.folder + "/other.sqlite"
            let store = try ModelStore(path: other, mode: .readWrite)
            _ = try store.save(Served.classifier())
            _ = try store.save(Served.classifier())
            try store.close()
            #expect(rename(other, served.store) == 0)
            let isNoticed = try await served.waits {
                try await served.ask("POST", "/v1/classify", body).body.contains("sentiment:2")
            }
            #expect(isNoticed)
        }
    }
}
