import HummingbirdCore
import NIOCore
import Synchronization

/// A request's body, which can be read once.
final class BodyReading: Sendable {
    private let body: RequestBody
    /// What the head announces, in bytes; nil for a body in chunks.
    private let announced: Int?
    private let hasBegun = Atomic(false)

    init(_ request: Request) {
        body = request.body
        announced = request.headers[.contentLength].flatMap { Int($0) }
    }

    /// The parts, for the one who reads them.
    func take() -> RequestBody {
        hasBegun.store(true, ordering: .relaxed)
        return body
    }

    /// The whole body as a JSON object. Throws `Refusal` for what is too large, no UTF-8 or no JSON.
    func json(_ limits: Limits) async throws -> JSONValue {
        let tooLarge = Refusal.tooMuch(
            "the body is longer than the limit of \(limits.bodyBytes) bytes; send less at once, or NDJSON",
            limit: "bodyBytes")
        if let announced, announced > limits.bodyBytes { throw tooLarge }
        var bytes: [UInt8] = [], count = 0
        for try await buffer in take() {
            count += buffer.readableBytes
            // A client that is still sending would not see its refusal: some more is read, and forgotten.
            guard count <= 4 * limits.bodyBytes else { throw tooLarge }
            if count <= limits.bodyBytes { bytes += buffer.readableBytesView } else { bytes = [] }
        }
        guard count <= limits.bodyBytes else { throw tooLarge }
        return try JSONValue(body: bytes)
    }

    /// Takes at most `limit` bytes of a body that nobody has read, so that a client that is still sending sees its
    /// refusal. Throws `Refusal` when there is more: the connection then ends.
    func drain(_ limit: Int) async throws {
        guard !hasBegun.load(ordering: .relaxed) else { return }
        var count = 0
        for try await buffer in take() {
            count += buffer.readableBytes
            guard count <= limit else { throw Refusal.tooMuch("the body goes on", limit: "bodyBytes") }
        }
    }
}
