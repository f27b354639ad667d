import GlossText
import HTTPTypes
import HummingbirdCore

extension Request {
    /// What the type of the body promises: curl's own default counts as JSON.
    func checkType(_ allowed: [String]) throws(Refusal) {
        if let coding = headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Refusal(
                status: .unsupportedMediaType, code: "unsupported_media_type",
                message: "a body with the encoding \(coding.prefix(80)) is not read here; send it as it is")
        }
        guard let type = headers[.contentType]?.split(separator: ";").first?.lowercased() else { return }
        guard allowed.contains(type.trimmingSpaces) else {
            throw Refusal(
                status: .unsupportedMediaType, code: "unsupported_media_type",
                message: "a body of the type \(type.prefix(80)) is not read here; send \(allowed.first ?? "JSON")")
        }
    }

    /// Whether the body is a stream of records.
    var holdsRecords: Bool { headers[.contentType]?.lowercased().hasPrefix("application/x-ndjson") ?? false }
}

extension JSONValue {
    /// The object in a body. Throws `Refusal`.
    init(body bytes: some Collection<UInt8>) throws(Refusal) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .invalid("the body is not valid UTF-8") }
        do {
            self = try JSONValue(parsing: bytes)
        } catch {
            throw .invalid("the body cannot be read as JSON: \(error.message), at byte \(error.place?.byte ?? 0)")
        }
        guard fields != nil else { throw .invalid("the body is no JSON object") }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
