import Foundation
import Testing

/// Streams of records: NDJSON in, NDJSON out.
@Suite struct RecordTests {
    let daemon: RunningDaemon

    init() throws { daemon = try RunningDaemon() }

    private func records(_ path: String, _ lines: [String]) throws -> [[String: Any]] {
        let answer = try daemon.request(
            "POST", path, lines.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.fields["content-type"] == "application/x-ndjson")
        return answer.lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }

    @Test func answersComeInOrderWithTheirIds() throws {
        let texts = (0..<3000).map { "text number \($0) is \($0 % 7 == 0 ? "a long and winding tale" : "short")" }
        let lines = texts.enumerated().map { #"{"id":\#($0),"input":"\#($1)"}"# }
        let answers = try records("/v1/classify?model=sentiment:1", lines)
        #expect(answers.map { $0["id"] as? Int } == Array(0..<3000))
        let alone = try daemon.request("POST", "/v1/classify", #"{"input":"\#(texts[700])"}"#).result
        #expect(answers[700]["probability"] as? Double == alone["probability"] as? Double, "the same bits as alone")
    }

    @Test func aBadRecordHasAnErrorInItsPlace() throws {
        let answers = try records(
            "/v1/tag",
            [
                #"{"id":{"a":[1]},"input":"Fine."}"#, "{", #"{"id":2}"#, "", #"{"id":"four","input":["She","runs"]}"#,
                #"{"id":5,"input":7}"#, #"{"id":6,"text":"as in files"}"#,
            ])
        #expect(answers.map { $0["error"] == nil } == [true, false, false, true, false, true])
        #expect((answers[0]["id"] as? [String: [Int]])?["a"] == [1])
        #expect(answers[1]["id"] is NSNull)
        #expect(answers[3]["id"] as? String == "four")
        #expect(answers[0]["columns"] != nil)
    }

    @Test func anAnswerComesBeforeTheNextRecord() throws {
        let wire = try daemon.connect()
        wire.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for number in 0..<5 {
            wire.sendChunk("{\"id\":\(number),\"input\":\"one\"}\n")
            if number == 0 { #expect(try wire.head().status == 200) }
            #expect(try wire.chunk()?.hasPrefix("{\"id\":\(number),") == true)
        }
        wire.send("0\r\n\r\n")
        #expect(try wire.chunk() == nil)
        #expect(try wire.request("GET", "/healthz").status == 200, "the connection serves on")
    }

    @Test func aStreamForAModelThatIsNotThereIsRefusedWhole() throws {
        let answer = try daemon.request(
            "POST", "/v1/classify?model=nobody", #"{"input":"x"}"#, type: "application/x-ndjson")
        #expect(answer.status == 404)
    }

    @Test func workEndsWithItsClient() throws {
        do {
            let wire = try daemon.connect()
            wire.send(
                "POST /v1/tag HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            let text = String(repeating: "We met Ada in Paris. ", count: 200)
            for number in 0..<100 { wire.sendChunk("{\"id\":\(number),\"input\":\"\(text)\"}\n") }
            #expect(try wire.head().status == 200)
        }
        #expect(try daemon.waits { try daemon.metric("gloss_queue_pieces") == 0 })
        #expect(try daemon.waits { try daemon.metric("gloss_requests_running") == 0 })
        #expect(try daemon.metric("gloss_batch_pieces_total") < 20_000, "most of the work was not done")
    }
}
