import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A connection on which a test says every byte itself.
final class Wire {
    /// An answer of HTTP.
    struct Answer {
        let status: Int
        /// The fields by their names in lower case.
        let fields: [String: String]
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        /// The body as an object; empty for anything else.
        var object: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
        /// The object of an error.
        var error: [String: Any] { object["error"] as? [String: Any] ?? [:] }
        /// The first of the results.
        var result: [String: Any] { (object["results"] as? [[String: Any]])?.first ?? [:] }
        /// The lines of the body.
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    /// The connection ended, or nothing came for ten seconds.
    struct Ended: Error {}

    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects to a socket.
    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try setUp(status)
    }

    /// Connects to a port of the loopback interface.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try setUp(status)
    }

    deinit { close(descriptor) }

    private func setUp(_ status: Int32) throws {
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if status != 0 { throw Ended() }
    }

    /// Sends bytes; gives whether all of them went.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        let all = Array(bytes)
        var sent = 0
        while sent < all.count {
            let count = all[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(text.utf8) }

    /// Sends one chunk of a body.
    func sendChunk(_ text: String) { send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n") }

    /// Makes a request and reads its answer.
    func request(
        _ method: String, _ target: String, _ body: String? = nil, type: String? = "application/json",
        fields: [String] = []
    ) throws -> Answer {
        var head = ["\(method) \(target) HTTP/1.1", "Host: gloss"] + fields
        if let body {
            if let type { head.append("Content-Type: \(type)") }
            head.append("Content-Length: \(body.utf8.count)")
        }
        send(head.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
        return try answer(hasBody: method != "HEAD")
    }

    /// Reads one answer. Throws `Ended` when it does not become whole.
    func answer(hasBody: Bool = true) throws -> Answer {
        let (status, fields) = try head()
        var body = Data()
        if !hasBody {
        } else if let length = fields["content-length"].flatMap({ Int($0) }) {
            body = Data(try take(length))
        } else if fields["transfer-encoding"] == "chunked" {
            while let chunk = try chunk() { body += chunk.utf8 }
        }
        return Answer(status: status, fields: fields, body: body)
    }

    /// Reads the head of an answer.
    func head() throws -> (status: Int, fields: [String: String]) {
        let words = try line().split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw Ended() }
        var fields: [String: String] = [:]
        while true {
            let field = try line()
            guard let colon = field.firstIndex(of: ":") else { return (status, fields) }
            fields[field[..<colon].lowercased()] =
                field[field.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
    }

    /// Reads the next chunk of a body; nil after the last.
    func chunk() throws -> String? {
        guard let size = Int(try line(), radix: 16) else { throw Ended() }
        let text = String(decoding: try take(size), as: UTF8.self)
        _ = try line()
        return size == 0 ? nil : text
    }

    /// Whether the other side ends the connection, whatever it says before.
    var ends: Bool {
        while (try? fill()) != nil { received.removeAll() }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) == 0 || errno == ECONNRESET
    }

    /// Ends the sending half.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: 0x0A) {
                defer { received.removeFirst(end + 1) }
                return String(decoding: received[..<end].filter { $0 != 0x0D }, as: UTF8.self)
            }
            try fill()
        }
    }

    private func take(_ count: Int) throws -> ArraySlice<UInt8> {
        while received.count < count { try fill() }
        defer { received.removeFirst(count) }
        return received[..<count]
    }

    private func fill() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Ended() }
        received += buffer[..<count]
    }
}
