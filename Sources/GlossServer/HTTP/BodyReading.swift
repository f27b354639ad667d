import GlossText
import HummingbirdCore
import NIOCore
import Synchronization

/// A request's body, which can be read once.
final class BodyReading: Sendable {
    private let body: RequestBody
    /// What the head announces, in bytes; nil for a body in chunks.
    private let announced: Int?
    /// Whether there is a body at all.
    private let isThere: Bool
    /// Whether its sender waits for leave to send it.
    private let isHeldBack: Bool
    private let hasBegun = Atomic(false)

    init(_ request: Request) {
        body = request.body
        announced = request.headers[.contentLength].flatMap { Int($0) }
        isThere = announced != nil || request.headers[.transferEncoding] != nil
        isHeldBack = request.head.expectsContinue
    }

    /// Whether reading it takes too long for an event loop: more than 64 KiB, or nobody knows how much.
    var isLong: Bool { announced.map { $0 > 64 << 10 } ?? true }

    /// The parts, for the one who reads them.
    func take() -> RequestBody {
        hasBegun.store(true, ordering: .relaxed)
        return body
    }

    /// The whole body as a JSON object. Throws `Refusal` for what is too large, no UTF-8 or no JSON.
    func json(_ limits: Limits) async throws -> JSONValue {
        guard isThere else {
            throw Refusal(
                status: .lengthRequired, code: "length_required",
                message: "there is no body; send a JSON object, with its Content-Length")
        }
        var tooLarge = Refusal.tooMuch(
            "the body is longer than the limit of \(limits.bodyBytes) bytes; send less at once, or NDJSON",
            limit: "bodyBytes")
        // A body that is a little too long is taken whole, so that its sender reads the refusal and may go on.
        // What has not been sent yet need not be sent at all.
        let patience = isHeldBack ? limits.bodyBytes : 4 * limits.bodyBytes, announced = announced ?? 0
        var bytes: [UInt8] = []
        var count = 0
        if announced <= patience {
            for try await buffer in take() {
                count += buffer.readableBytes
                if count > patience { break }
                if max(count, announced) <= limits.bodyBytes { bytes += buffer.readableBytesView } else { bytes = [] }
            }
        }
        tooLarge.closes = max(count, announced) > patience
        if max(count, announced) > limits.bodyBytes { throw tooLarge }
        return try JSONValue(body: bytes)
    }

    /// Takes at most `limit` bytes of a body that nobody has read, so that a client that is still sending sees its
    /// refusal. Throws `ConnectionEnded` when there is more.
    func drain(_ limit: Int) async throws {
        guard !hasBegun.load(ordering: .relaxed) else { return }
        guard announced ?? 0 <= limit else { throw ConnectionEnded() }
        var count = 0
        for try await buffer in take() {
            count += buffer.readableBytes
            guard count <= limit else { throw ConnectionEnded() }
        }
    }
}
