import GlossText

/// One connection to the daemon, on which requests are made one after another.
final class DaemonConnection {
    /// Where it is connected to.
    var address: DaemonAddress { socket.address }

    private var socket: DaemonSocket
    /// Whether the request that has begun is not on its way yet: what comes before it may take its time.
    private var isHeld = false
    private var outgoing = ByteQueue()
    private var incoming = ByteQueue()
    private(set) var response = ResponseParser()

    /// Connects. Throws `DaemonError.absent` when nobody listens or the user may not.
    init(_ address: DaemonAddress) throws(DaemonError) { socket = try DaemonSocket(address) }

    /// Begins a request with a whole body, nil being none.
    func begin(_ method: String, _ target: String, json body: String? = nil) {
        var head = Self.head(method, target)
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        response = ResponseParser()
        isHeld = true
        outgoing.append((head + "\r\n").utf8)
        outgoing.append((body ?? "").utf8)
    }

    /// Begins a request whose body is a stream of records of JSON, a line each.
    func beginRecords(_ target: String) {
        let head =
            Self.head("POST", target) + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        response = ResponseParser()
        isHeld = true
        outgoing.append(head.utf8)
    }

    /// Leaves the connection and what was under way on it for another one. Throws `DaemonError.ended` when nobody listens.
    func connectAgain() throws(DaemonError) {
        do { socket = try DaemonSocket(address) } catch { throw .ended(address) }
        (outgoing, incoming) = (ByteQueue(), ByteQueue())
    }

    /// Adds records to the stream, which must not be empty.
    func add(records: String) {
        outgoing.append((String(records.utf8.count, radix: 16) + "\r\n").utf8)
        outgoing.append(records.utf8)
        outgoing.append("\r\n".utf8)
    }

    /// Sends and receives once; `waits` until something moves, if nothing does at once.
    ///
    /// A request that finds its connection ended goes out on another one. Throws `DaemonError`: `ended`, `silent` or
    /// `unintelligible`.
    func move(waits: Bool = true) throws(DaemonError) {
        if isHeld, socket.hasEnded { socket = try DaemonSocket(address) }
        isHeld = false
        let goesOn = try socket.move(&outgoing, &incoming, waits: waits)
        do throws(ResponseParser.Fault) {
            try response.read(&incoming)
        } catch {
            throw .unintelligible(address, found: error.found)
        }
        if !goesOn, !response.end() { throw .ended(address) }
    }

    /// Sends and receives until the head of the answer is there; throws `DaemonError.refused` when it is no success.
    func awaitHead() throws(DaemonError) {
        while !response.hasHead { try move() }
        try requireSuccess()
    }

    /// The next line of the answer's body; nil when there is none yet.
    func takeLine() -> ArraySlice<UInt8>? { response.body.takeLine() }

    /// Throws `DaemonError.refused` when the head of the answer, once there, is no success.
    func requireSuccess() throws(DaemonError) {
        guard response.hasHead, let status = response.status, !(200..<300).contains(status) else { return }
        let body = try wholeBody()
        let error = (try? JSONValue(parsing: body))?["error"]
        throw .refused(
            status: status, message: error?["message"]?.string ?? "status \(status)", code: error?["code"]?.string)
    }

    /// Makes a request and gives its answer. Throws `DaemonError`, `refused` for what is no success.
    func answer(_ method: String, _ target: String, json body: String? = nil) throws(DaemonError) -> JSONValue {
        begin(method, target, json: body)
        try awaitHead()
        let bytes = try wholeBody()
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw .unintelligible(address, found: "no JSON at \(target)")
        }
    }

    /// Asks for a page and gives its status and text, whatever the status is. Throws `DaemonError`.
    func page(_ target: String) throws(DaemonError) -> (status: Int, text: String) {
        begin("GET", target)
        while !response.hasHead { try move() }
        let text = String(decoding: try wholeBody(), as: UTF8.self)
        return (response.status ?? 0, text)
    }

    private func wholeBody() throws(DaemonError) -> ArraySlice<UInt8> {
        while !response.isComplete { try move() }
        return response.body.take(response.body.count)
    }

    private static func head(_ method: String, _ target: String) -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: gloss\r\nUser-Agent: gloss/\(GlossVersion.current)\r\n"
    }
}
