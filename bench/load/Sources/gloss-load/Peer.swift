import Foundation
import Glibc

/// One connection that makes one request after another and reads each answer whole.
final class Peer {
    /// An answer of HTTP.
    struct Answer {
        let status: Int
        let body: ArraySlice<UInt8>
    }

    let descriptor: Int32
    /// When the request that waits was sent, in seconds.
    private(set) var sent = 0.0
    /// Which text it holds.
    private(set) var text = 0
    private var received: [UInt8] = []
    /// One thread reads for all.
    nonisolated(unsafe) private static var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Connects; nil when the daemon refuses.
    init?(_ path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends a request; false when the daemon has gone. A request is short: it fits the socket's buffer.
    func send(_ request: [UInt8], text: Int) -> Bool {
        (sent, self.text) = (Clock.now, text)
        return request.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) == $0.count
        }
    }

    /// Reads what has come: an answer if it is whole, nil if it is not; throws when the connection has ended.
    func receive() throws -> Answer? {
        let count = Self.buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Failure("the daemon ended a connection") }
        received += Self.buffer[..<count]
        guard let head = received.firstRange(of: [13, 10, 13, 10]) else { return nil }
        guard let status = Self.number(received[..<head.lowerBound], after: " "),
            let length = Self.number(received[..<head.lowerBound], after: "\r\ncontent-length: ")
        else { throw Failure("an answer without a length") }
        guard received.count >= head.upperBound + length else { return nil }
        defer { received.removeAll(keepingCapacity: true) }
        return Answer(status: status, body: received[head.upperBound..<(head.upperBound + length)])
    }

    /// The digits behind a mark, whose letters may be large or small in the text.
    private static func number(_ head: ArraySlice<UInt8>, after mark: StaticString) -> Int? {
        let mark = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        let isThere = { (start: Int) in
            mark.indices.allSatisfy { head[start + $0] == mark[$0] || head[start + $0] | 0x20 == mark[$0] }
        }
        guard let start = (head.startIndex..<max(head.startIndex, head.endIndex - mark.count)).first(where: isThere)
        else { return nil }
        return head[(start + mark.count)...].prefix { (48...57).contains($0) }.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    /// The bytes of a request for the classes of texts, which have nothing that JSON escapes.
    static func request(_ texts: [String], model: String) -> [UInt8] {
        let list = texts.map { "\"\($0)\"" }.joined(separator: ",")
        let body = "{\"model\":\"\(model)\",\"input\":\(texts.count == 1 ? list : "[\(list)]")}"
        return Array(
            "POST /v1/classify HTTP/1.1\r\nHost: gloss\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                .utf8)
    }
}

/// Why a measurement cannot go on.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Seconds on a clock that is never set.
enum Clock {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
