import Dispatch
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A connection on which a test says byte by byte what it likes.
final class Wire: @unchecked Sendable {
    struct Answer: Sendable {
        var status: Int
        var head: String
        var body: String
    }

    /// The peer has closed, or has said nothing for twenty seconds.
    struct Ended: Error {
        let received: String
    }

    private let descriptor: CInt
    private var received: [UInt8] = []

    /// Does what blocks where no task waits for a thread.
    static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard isConnected == 0 else { throw Ended(received: "no connection") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Ended(received: "") }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Sends a text again and again until the peer takes nothing for two seconds, or `most` bytes are taken: their number.
    func sendAsMuchAsIsTaken(_ text: String, most: Int) -> Int {
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < most {
            let start = sent % bytes.count
            let count = bytes[start...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// Says that nothing more comes.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next answer of known length, or what stands before the end of a head for one that has no body.
    func answer() throws -> Answer {
        while range(of: "\r\n\r\n") == nil { try more() }
        let end = range(of: "\r\n\r\n")!
        let head = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end + 4)
        let lines = head.lowercased().split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
        while received.count < length { try more() }
        let body = String(decoding: received.prefix(length), as: UTF8.self)
        received.removeFirst(length)
        return Answer(status: Int(head.dropFirst(9).prefix(3)) ?? 0, head: head, body: body)
    }

    /// Everything until the peer closes.
    func rest() -> String {
        while (try? more()) != nil {}
        return String(decoding: received, as: UTF8.self)
    }

    private func range(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        guard received.count >= wanted.count else { return nil }
        return (0...received.count - wanted.count).first { received[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    private func more() throws {
        var part = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &part, part.count, 0)
        guard count > 0 else { throw Ended(received: String(decoding: received, as: UTF8.self)) }
        received += part[..<count]
    }
}
