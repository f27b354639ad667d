import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A socket that answers as a daemon with one model would, or as one with a fault. A text's label is its length.
final class FakeDaemon: Sendable {
    /// What goes wrong.
    enum Fault: Sendable, Hashable {
        case none
        /// Every byte is a packet of its own.
        case slices
        /// Each connection ends after so many answers.
        case ends(after: Int)
        /// The first connection that is asked to continue a text ends after so many events, later ones continue it in these pieces.
        case endsOnce(after: Int, again: [String] = Fault.otherPieces)
        /// The daemon goes away after so many answers.
        case dies(after: Int)
        /// The daemon stops after so many answers; another one takes over.
        case stops(after: Int)
        /// The answer to the record of this number is an error with this code.
        case record(Int, code: String = "too_large")
        /// Every request but the first has this status.
        case refuses(Int)
        /// The model is not known.
        case unknownModel
        /// It is not ready, and the new version of its model is refused.
        case unready
        /// What comes is no HTTP.
        case nonsense

        /// The continuation, cut elsewhere than at first.
        static let otherPieces = [#" grün\n\""#, "!"]
    }

    private let folder: TemporaryFolder
    private let listener: Int32
    private let fault: Fault
    private let seen = Mutex<[String]>([])

    /// What `GLOSS_HOST` has to be.
    var host: String { "unix://" + folder.file("s") }
    /// The path of the socket.
    var path: String { folder.file("s") }
    /// The first lines of the requests until now.
    var requests: [String] { seen.withLock { $0 } }

    init(_ fault: Fault = .none) throws {
        folder = try TemporaryFolder()
        self.fault = fault
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: folder.file("s").utf8) }
        let isBound = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard isBound == 0, chmod(folder.file("s"), 0o666) == 0, listen(listener, 16) == 0 else {
            throw POSIXError(.EADDRNOTAVAIL)
        }
        let thread = Thread { [weak self, listener] in
            while true {
                let peer = accept(listener, nil, nil)
                guard peer >= 0, let self else { return }
                Thread.detachNewThread { FakeConnection(peer, self.fault, self.note, self.end).serve() }
            }
        }
        thread.start()
    }

    deinit {
        end()
        close(listener)
    }

    /// Nobody listens any more.
    @Sendable private func end() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Keeps a line; gives how many requests for work it knows.
    @Sendable private func note(_ line: String) -> Int {
        seen.withLock { seen in
            seen.append(line)
            return seen.count { $0.hasPrefix("POST") }
        }
    }
}

/// One connection to the fake daemon, served to its end.
private struct FakeConnection {
    private let peer: Int32
    private let fault: FakeDaemon.Fault
    private let note: @Sendable (String) -> Int
    private let end: @Sendable () -> Void

    init(
        _ peer: Int32, _ fault: FakeDaemon.Fault, _ note: @escaping @Sendable (String) -> Int,
        _ end: @escaping @Sendable () -> Void
    ) {
        self.peer = peer
        self.fault = fault
        self.note = note
        self.end = end
    }

    func serve() {
        defer { close(peer) }
        while let request = line() {
            let works = note(request)
            var isStream = false
            var length = 0
            while let field = line(), !field.isEmpty {
                isStream = isStream || field.contains("x-ndjson")
                if field.hasPrefix("Content-Length: ") { length = Int(field.dropFirst(16)) ?? 0 }
            }
            if fault == .nonsense { return send("SSH-2.0-OpenSSH_9.2p1\r\n") }
            guard isStream else {
                if request.contains("/readyz") {
                    whole(fault == .unready ? 503 : 200, fault == .unready ? "sentiment:8 is damaged\n" : "{}")
                } else if request.contains("/v1/status") {
                    whole(200, status)
                } else if fault == .unknownModel {
                    whole(404, #"{"error":{"message":"no model","type":"not_found","param":"model","code":"x"}}"#)
                } else if request.hasPrefix("POST /v1/completions") {
                    _ = note(String(decoding: bytes(length), as: UTF8.self))
                    if !complete(isAgain: works > 1) { return }
                } else if request.contains("/v1/models/tagger") {
                    whole(
                        200,
                        #"{"id":"tagger:1","task":"tag","columns":[{"name":"upos"},{"name":"tag","spans":true}],"inputs":[]}"#
                    )
                } else if request.contains("/v1/models/generator") {
                    whole(200, #"{"id":"generator:3","task":"generate"}"#)
                } else {
                    whole(200, #"{"id":"sentiment:7","object":"model","task":"classify"}"#)
                }
                continue
            }
            if case .refuses(let status) = fault {
                return whole(status, #"{"error":{"message":"too\nmuch","type":"t","param":null,"code":"c"}}"#)
            }
            if !answerRecords(areDocuments: !request.contains("classify")) { return }
        }
    }

    private var status: String {
        let error = fault == .unready ? "\"version 8:\\nchecksum\"" : "null"
        return #"{"version":"0.1.0","pid":42,"uptime_seconds":125.5,"state":"ready","stores":["/a","/b"],"#
            + #""resident_bytes":61500000,"connections":3,"queue":{"waiting":2,"limit":1024},"#
            + #""requests":{"total":77,"failed":1,"rejected":{"queue":4,"body":0}},"#
            + #""models":[{"id":"sentiment:7","task":"classify","state":"loaded","bytes":5200000,"requests":70,"#
            + "\"error\":\(error)}]}\n"
    }

    /// Answers a stream of records; false when the connection has to end.
    private func answerRecords(areDocuments: Bool) -> Bool {
        send("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
        var count = 0
        while let size = line().flatMap({ Int($0, radix: 16) }), size > 0 {
            let records = String(decoding: bytes(size), as: UTF8.self)
            _ = line()
            for record in records.split(separator: "\n") {
                if fault == .dies(after: count) { end() }
                if [.ends(after: count), .dies(after: count)].contains(fault) { return false }
                let object = try? JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
                let text = object?["input"] as? String ?? "", id = object?["id"] as? Int ?? -1
                let code: String? =
                    switch fault {
                    case .record(count, let code): code
                    case .stops(count): "stopping"
                    default: nil
                    }
                let answer =
                    if let code {
                        #"{"id":\#(id),"error":{"message":"too long","type":"t","param":null,"code":"\#(code)"}}"#
                    } else if areDocuments {
                        document(id, object?["input"])
                    } else {
                        #"{"id":\#(id),"label":"\#(text.utf8.count)\u00e9\ud83d\ude00","probability":0.75,"#
                            + #""probabilities":{"z":0.75,"a":0.25},"# + "\"other\":[1,{\"x\":null}, true ]}"
                    }
                send(String(answer.utf8.count + 1, radix: 16) + "\r\n" + answer + "\n\r\n")
                count += 1
            }
        }
        _ = line()
        send("0\r\n\r\n")
        return true
    }

    /// A document whose every line is a sentence and whose words stand between single spaces; or tokens that are known.
    private func document(_ id: Int, _ input: Any?) -> String {
        let text = input as? String ?? ""
        let lines =
            (input as? [String]).map { [$0] }
            ?? text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        var place = 0
        let sentences = lines.map { words in
            let start = place
            let tokens = words.map { word in
                let json = JSONSerialization.isValidJSONObject([word]) ? "\"\(word)\"" : ""
                defer { place += word.utf8.count + 1 }
                let tag = fault == .slices ? "null" : #""N\#(word.count)""#
                return
                    #"{"text":\#(json),"start":\#(place),"end":\#(place + word.utf8.count),"upos":\#(tag),"tag":"B-X","#
                    + #""probabilities":{"upos":0.9,"tag":0.87654}}"#
            }
            return #"{"start":\#(start),"end":\#(place - 1),"tokens":[\#(tokens.joined(separator: ","))]}"#
        }
        let spans = lines.joined().map { _ in #"{"probability":0.80012}"# }
        return
            #"{"id":\#(id),"sentences":[\#(sentences.joined(separator: ","))],"spans":[\#(spans.joined(separator: ","))]}"#
    }

    /// Streams a continuation, once more (`isAgain`) in pieces of its own; false when the connection has to end.
    private func complete(isAgain: Bool) -> Bool {
        send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        var pieces = isAgain ? FakeDaemon.Fault.otherPieces : [" grün", #"\n\"!"#]
        if isAgain, case .endsOnce(_, let again) = fault { pieces = again }
        let events = [
            #"{"choices":[{"text":"\#(pieces[0])","index":0,"finish_reason":null}]}"#,
            #"{"choices":[{"text":"\#(pieces[1])","index":0}]}"#,
            #"{"choices":[{"text":"","index":0,"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":2,"completion_tokens":17}}"#, "[DONE]",
        ]
        for (number, event) in events.enumerated() {
            if fault == .ends(after: number) { return false }
            if !isAgain, case .endsOnce(number, _) = fault { return false }
            let text = "data: \(event)\n\n"
            send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
        }
        send("0\r\n\r\n")
        return true
    }

    private func whole(_ status: Int, _ body: String) {
        send("HTTP/1.1 \(status) S\r\ncontent-length:  \(body.utf8.count)\r\n\r\n\(body)")
    }

    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        let size = fault == .slices ? 1 : bytes.count
        for start in stride(from: 0, to: bytes.count, by: size) {
            _ = Array(bytes[start..<start + size]).withUnsafeBytes {
                Glibc.send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    private func line() -> String? {
        var line: [UInt8] = []
        while true {
            let next = bytes(1)
            guard let byte = next.first else { return nil }
            if byte == 0x0A { return String(decoding: line.filter { $0 != 0x0D }, as: UTF8.self) }
            line.append(byte)
        }
    }

    private func bytes(_ count: Int) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = buffer.withUnsafeMutableBytes { read(peer, $0.baseAddress?.advanced(by: filled), count - filled) }
            if got <= 0 { return [] }
            filled += got
        }
        return buffer
    }
}
