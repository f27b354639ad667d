/// Reads answers of HTTP/1.1 (RFC 9112) from bytes as they come.
struct ResponseParser {
    /// Why bytes are no answer.
    struct Fault: Error {
        let found: String
    }

    private enum State {
        case statusLine, fields, counted(Int), chunkSize, chunk(Int), chunkEnd, trailer, untilEnd, complete
    }

    private var state = State.statusLine
    private var length: Int?
    private var isChunked = false

    /// The status, once it is known.
    private(set) var status: Int?

    /// The part of the body that has come and was not taken yet.
    var body = ByteQueue()

    /// Whether head and body are complete.
    var isComplete: Bool {
        if case .complete = state { true } else { false }
    }

    /// Whether the head is complete, so that status and body count.
    var hasHead: Bool {
        switch state {
        case .statusLine, .fields: false
        default: true
        }
    }

    /// The longest line of a head, in bytes.
    private static let maximumLine = 1 << 16

    /// Takes what it can from `incoming`. Throws `Fault` for what is no HTTP.
    mutating func read(_ incoming: inout ByteQueue) throws(Fault) {
        while !isComplete {
            switch state {
            case .statusLine, .fields, .chunkSize, .chunkEnd, .trailer:
                guard let line = incoming.takeLine() else {
                    if incoming.count > Self.maximumLine { throw Fault(found: "a line without an end") }
                    return
                }
                try take(String(decoding: line, as: UTF8.self))
            case .counted(let rest), .chunk(let rest):
                guard !incoming.isEmpty else { return }
                let part = incoming.take(rest)
                body.append(part)
                let left = rest - part.count
                if case .chunk = state {
                    state = left == 0 ? .chunkEnd : .chunk(left)
                } else {
                    state = left == 0 ? .complete : .counted(left)
                }
            case .untilEnd:
                body.append(incoming.take(incoming.count))
                return
            case .complete: return
            }
        }
    }

    /// The connection has ended; gives whether the answer is complete by that.
    mutating func end() -> Bool {
        if case .untilEnd = state { state = .complete }
        return isComplete
    }

    private mutating func take(_ line: String) throws(Fault) {
        switch state {
        case .statusLine:
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
                throw Fault(found: String(line.prefix(40)))
            }
            (self.status, length, isChunked, state) = (status, nil, false, .fields)
        case .fields where line.isEmpty: beginBody()
        case .fields:
            guard let colon = line.firstIndex(of: ":") else { throw Fault(found: String(line.prefix(40))) }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            switch line[..<colon].lowercased() {
            case "content-length":
                guard let count = Int(value), count >= 0 else { throw Fault(found: String(line.prefix(40))) }
                length = count
            case "transfer-encoding": isChunked = value.lowercased().hasSuffix("chunked")
            default: break
            }
        case .chunkSize:
            let digits = line.prefix { $0.isHexDigit }
            guard let size = Int(digits, radix: 16) else { throw Fault(found: String(line.prefix(40))) }
            state = size == 0 ? .trailer : .chunk(size)
        case .chunkEnd: state = .chunkSize
        case .trailer: if line.isEmpty { state = .complete }
        default: break
        }
    }

    private mutating func beginBody() {
        if let status, (100..<200).contains(status) {
            state = .statusLine
        } else if isChunked {
            state = .chunkSize
        } else if let length {
            state = length == 0 ? .complete : .counted(length)
        } else {
            state = status == 204 || status == 304 ? .complete : .untilEnd
        }
    }
}
