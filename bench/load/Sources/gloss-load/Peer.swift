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
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Failure("the daemon ended a connection") }
        received += buffer[..<count]
        guard let head = received.firstRange(of: [13, 10, 13, 10]) else { return nil }
        let fields = String(decoding: received[..<head.lowerBound], as: UTF8.self).lowercased().split(separator: "\r\n")
        let length = fields.first { $0.hasPrefix("content-length:") }.flatMap {
            Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces))
        }
        guard let length, let status = fields.first.flatMap({ Int($0.split(separator: " ")[1]) }) else {
            throw Failure("an answer without a length: \(fields.first ?? "")")
        }
        guard received.count >= head.upperBound + length else { return nil }
        defer { received.removeAll(keepingCapacity: true) }
        return Answer(status: status, body: received[head.upperBound..<(head.upperBound + length)])
    }

    /// The bytes of a request for the class of one text.
    static func request(_ text: String, model: String) -> [UInt8] {
        let body = "{\"model\":\"\(model)\",\"input\":\"\(text)\"}"
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
