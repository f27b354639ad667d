import Foundation
import Glibc

/// One connection that makes one request after another and reads each answer whole.
final class Peer {
    /// An answer of HTTP; its body is there until the next one is read, by whomever.
    struct Answer {
        let status: Int
        let body: UnsafeRawBufferPointer
    }

    let descriptor: Int32
    /// When the request that waits was sent, in seconds.
    private(set) var sent = 0.0
    /// Which text it holds.
    private(set) var text = 0
    /// What has come of an answer that was not whole.
    private var received: [UInt8] = []
    /// One thread reads for all.
    nonisolated(unsafe) private static let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 1 << 18, alignment: 64)

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
        let buffer = Self.buffer, before = received.count
        guard before < buffer.count else { throw Failure("an answer of more than \(buffer.count) bytes") }
        if before > 0 { received.withUnsafeBytes { buffer.copyMemory(from: $0) } }
        let count = recv(descriptor, buffer.baseAddress! + before, buffer.count - before, 0)
        guard count > 0 else { throw Failure("the daemon ended a connection") }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<(before + count)])
        guard let end = Self.place(of: "\r\n\r\n", in: bytes) else {
            received = Array(bytes)
            return nil
        }
        let head = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        guard let status = Self.number(head, after: " "),
            let length = Self.number(head, after: "ontent-length: ") ?? Self.number(head, after: "ontent-Length: ")
        else { throw Failure("an answer without a length") }
        guard bytes.count >= end + 4 + length else {
            received = Array(bytes)
            return nil
        }
        received.removeAll(keepingCapacity: true)
        return Answer(status: status, body: UnsafeRawBufferPointer(rebasing: bytes[(end + 4)..<(end + 4 + length)]))
    }

    /// Where a mark first stands.
    private static func place(of mark: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let first = Int32(mark.utf8Start[0]), length = mark.utf8CodeUnitCount
        var at = 0
        while at + length <= bytes.count, let found = memchr(base + at, first, bytes.count - at - length + 1) {
            at = UnsafeRawPointer(found) - base
            if memcmp(base + at, mark.utf8Start, length) == 0 { return at }
            at += 1
        }
        return nil
    }

    /// The number behind a mark.
    private static func number(_ head: UnsafeRawBufferPointer, after mark: StaticString) -> Int? {
        guard let start = place(of: mark, in: head) else { return nil }
        var number = 0
        for byte in head[(start + mark.utf8CodeUnitCount)...] {
            guard (48...57).contains(byte) else { break }
            number = number * 10 + Int(byte) - 48
        }
        return number
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
