import HTTPTypes
import HummingbirdCore
import NIOCore

extension Request {
    /// What the type of the body promises: curl's own default counts as JSON.
    func checkType(_ allowed: [String]) throws(Refusal) {
        guard let type = headers[.contentType]?.split(separator: ";").first?.lowercased() else { return }
        guard allowed.contains(type.trimmingSpaces) else {
            throw Refusal(
                status: .unsupportedMediaType, code: "unsupported_media_type",
                message: "a body of the type \(type.prefix(80)) is not read here; send \(allowed.first ?? "JSON")")
        }
    }

    /// Whether the body is a stream of records.
    var holdsRecords: Bool { headers[.contentType]?.lowercased().hasPrefix("application/x-ndjson") ?? false }

    /// The body as JSON. Throws `Refusal` for what is too large, no UTF-8 or no JSON.
    func json(_ limits: Limits) async throws -> JSONValue {
        var tooLarge = Refusal.tooMuch(
            "the body is longer than the limit of \(limits.bodyBytes) bytes; send less at once, or NDJSON")
        // A body that is a little too long is taken whole, so that its sender reads the refusal and may go on.
        let patience = 4 * limits.bodyBytes
        let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
        var bytes: [UInt8] = []
        var count = 0
        if announced <= patience {
            for try await buffer in body {
                count += buffer.readableBytes
                if count > patience { break }
                if max(count, announced) <= limits.bodyBytes { bytes += buffer.readableBytesView }
            }
        }
        tooLarge.closes = max(count, announced) > patience
        if max(count, announced) > limits.bodyBytes { throw tooLarge }
        return try JSONValue(body: bytes)
    }
}

extension JSONValue {
    /// The object in a body. Throws `Refusal`.
    init(body bytes: some Collection<UInt8>) throws(Refusal) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .invalid("the body is not valid UTF-8") }
        do {
            self = try JSONValue(parsing: bytes)
        } catch {
            throw .invalid("the body is no JSON: something is wrong at byte \(error.place)")
        }
        guard fields != nil else { throw .invalid("the body is no JSON object") }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
