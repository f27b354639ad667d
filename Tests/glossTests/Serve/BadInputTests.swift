import Foundation
import Testing

/// What no honest client sends: the right status or the end of the connection, and the daemon serves on.
@Suite struct BadInputTests {
    let daemon: RunningDaemon

    init() throws { daemon = try RunningDaemon(["limits.headSeconds=2", "limits.bodySeconds=2"]) }

    private func post(_ body: some Collection<UInt8>) throws -> Wire.Answer {
        let wire = try daemon.connect()
        wire.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        )
        wire.send(body)
        return try wire.answer()
    }

    private func servesOn() throws {
        #expect(try daemon.request("POST", "/v1/classify", #"{"input":"fine"}"#).status == 200)
        #expect(daemon.process.isRunning)
    }

    @Test func jsonThatIsNone() throws {
        #expect(try post(Array(String(repeating: "[", count: 200_000).utf8)).status == 400)
        #expect(try post(Array((#"{"input":"# + String(repeating: #"{"a":"#, count: 100_000)).utf8)).status == 400)
        #expect(try post(Array("{\"input\":\"".utf8) + [0xFF, 0xC0, 0x22, 0x7D]).status == 400)
        #expect(try post(Array("{\"input\":\"a".utf8) + [0] + Array("b\"}".utf8)).status != 500)
        #expect(try post(Array(#"{"input":"\ud800 \u0000 \uffff"}"#.utf8)).status == 200)
        #expect(try post(Array(#"{"input":"x","input":1e999999,"model":null}"#.utf8)).status != 500)
        #expect(try post([]).status == 400)
        #expect(try post([UInt8](repeating: 0, count: 1000)).status == 400)
        try servesOn()
    }

    @Test func headsThatAreNone() throws {
        let heads = [
            "GET\r\n\r\n", "NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\n" + (0..<500).map { "X\($0): y\r\n" }.joined() + "\r\n",
            "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /v1/tag HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "POST /v1/tag HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", "GET / HTTP/1.1\r\nHost: x\r\nA\0B: c\r\n\r\n",
        ]
        for head in heads {
            let wire = try daemon.connect()
            wire.send(head)
            let answer = try wire.answer()
            #expect(answer.status == 400, "\(answer.status) for \(head.prefix(60).debugDescription)")
            #expect(answer.error["code"] as? String == "invalid_request")
            #expect((answer.error["message"] as? String)?.contains("request") == true)
            #expect(wire.ends)
        }
        let empty = try daemon.connect()
        empty.send("\r\n\r\n\r\n")
        empty.finish()
        #expect(empty.ends, "empty lines ask for nothing")
        #expect(try daemon.metric(#"gloss_rejections_total{reason="invalid_request"}"#) >= Double(heads.count))
        try servesOn()
    }

    @Test func aHeadThatIsNoneBehindARequest() throws {
        let wire = try daemon.connect()
        wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nNONSENSE / HTTP/1.1\r\n\r\n")
        #expect(try wire.answer().status == 200)
        #expect(try wire.answer().status == 400)
        #expect(wire.ends)
        try servesOn()
    }

    @Test func aClientOfTheVersionBefore() throws {
        let body = #"{"input":"fine"}"#
        let wire = try daemon.connect()
        wire.send("POST /v1/classify HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let answer = try wire.answer()
        #expect(answer.status == 200)
        #expect(answer.result["label"] != nil)
        #expect(wire.ends, "the end of the connection is the end of the answer in HTTP/1.0")
    }

    @Test func aBodyThatIsAnnouncedTooLarge() throws {
        let wire = try daemon.connect()
        wire.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{\"in"
        )
        #expect(try wire.answer().status == 413)
        let endless = try daemon.connect()
        endless.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        let chunk = String(repeating: "a", count: 1 << 20)
        for _ in 0..<100 { endless.sendChunk(chunk) }
        #expect((try? endless.answer().status) ?? 413 == 413)
        try servesOn()
        #expect(try daemon.metric("process_resident_memory_bytes") < 1e9)
    }

    @Test func requestsThatBreakOff() throws {
        for length in [1, 10, 60, 100, 118] {
            let wire = try daemon.connect()
            let whole =
                "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"input\":\"A fine\"}  "
            wire.send(whole.utf8.prefix(length))
        }
        let half = try daemon.connect()
        half.send(
            "POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"input\":\"fine\"}"
        )
        half.finish()
        #expect(try half.answer().status == 200, "a client may end its half and read on")
        try servesOn()
        #expect(try daemon.waits { try daemon.metric("gloss_connections") <= 1 })
    }

    @Test func manyConnections() throws {
        let few = try RunningDaemon(["limits.connections=100", "limits.connectionsPerUser=50"])
        do {
            let wires = (0..<500).compactMap { _ in try? Wire(few.path) }
            #expect(wires.count == 500, "the queue of the socket takes them; the daemon ends those over the limit")
            #expect(wires.last?.ends == true)
            #expect(try wires[0].request("GET", "/healthz").status == 200)
        }
        #expect(few.waits { (try? few.metric("gloss_connections")) == 1 })
        #expect(try few.metric(#"gloss_rejections_total{reason="connectionsPerUser"}"#) >= 450)
    }
}
