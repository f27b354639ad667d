import GlossStore
import GlossText
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Why a request is refused: a status and the object that OpenAI's clients know.
struct Refusal: Error, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var parameter: String?
    /// Seconds after which to try again.
    var retryAfter: Int?
    /// The key of the limit that was met.
    var limit: String?
    /// The only method of a path.
    var allow: HTTPRequest.Method?
    /// Whether the connection ends, because what is left of the request is not read.
    var closes = false

    static func invalid(_ message: String, parameter: String? = nil) -> Refusal {
        Refusal(status: .badRequest, code: "invalid_request", message: message, parameter: parameter)
    }

    static func tooMuch(_ message: String, parameter: String? = nil, limit: String) -> Refusal {
        Refusal(status: .contentTooLarge, code: "too_large", message: message, parameter: parameter, limit: limit)
    }

    static func unknownModel(_ name: String, _ reason: String) -> Refusal {
        Refusal(
            status: .notFound, code: "model_not_found", message: "no model “\(name)”: \(reason)", parameter: "model")
    }

    static let overloaded = Refusal(
        status: .tooManyRequests, code: "overloaded",
        message: "as many requests as may wait are waiting already; try again, or raise limits.requests", retryAfter: 1,
        limit: "requests")
    static let stopping = Refusal(
        status: .serviceUnavailable, code: "stopping", message: "the daemon is stopping; try again", retryAfter: 1)
    static let late = Refusal(
        status: .serviceUnavailable, code: "timeout",
        message: "the answer was not ready in time; ask for less at once, or raise limits.requestSeconds",
        retryAfter: 1,
        limit: "requestSeconds")

    /// A peer that neither list of the configuration has.
    static let unwelcome = Refusal(
        status: .forbidden, code: "peer",
        message: "you may not use this socket; ask for your user or group to be put into allowedUsers or allowedGroups")

    /// As many connections are open as a limit allows.
    static func crowded(_ limit: String) -> Refusal {
        Refusal(
            status: .serviceUnavailable, code: "overloaded",
            message: "as many connections as may be are open; try again, or raise limits.\(limit)", retryAfter: 1,
            limit: limit)
    }

    /// Nobody reads this: it stands in the metrics (the status is that of nginx).
    static let gone = Refusal(
        status: .init(code: 499, reasonPhrase: "Client Closed Request"), code: "client_gone",
        message: "the client has gone")

    /// The limit or reason under which the refusal is counted.
    var reason: String { limit ?? code }

    /// The error object.
    var json: String {
        let type =
            switch status.code {
            case 429: "rate_limit_error"
            case 500...: "server_error"
            default: "invalid_request_error"
            }
        return JSONText.object([
            (
                "error",
                JSONText.object([
                    ("message", JSONText.string(message)), ("type", JSONText.string(type)),
                    ("param", parameter.map { JSONText.string($0) } ?? "null"), ("code", JSONText.string(code)),
                ])
            )
        ])
    }

    init(
        status: HTTPResponse.Status, code: String, message: String, parameter: String? = nil, retryAfter: Int? = nil,
        limit: String? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.parameter = parameter
        self.retryAfter = retryAfter
        self.limit = limit
    }

    /// The refusal that an error amounts to.
    init(_ error: any Error) {
        switch error {
        case let error as Refusal: self = error
        case WorkError.late: self = .late
        case WorkError.stopping: self = .stopping
        case WorkError.cancelled, HTTPParserError.invalidEOFState, is CancellationError, is ChannelError, is IOError:
            self = .gone
        case HTTPParserError.headerOverflow:
            self = .invalid(
                "the head of the request is longer than 32 KiB or has more than 100 fields; send less in it")
        case let error as HTTPParserError: self = .invalid("the request is no HTTP/1.1: \(error)")
        case let error as AnswersNothing: self = .invalid(error.description, parameter: "model")
        case let error as StoreError:
            self.init(status: .serviceUnavailable, code: "store_refused", message: error.description)
        default:
            self.init(
                status: .internalServerError, code: "internal", message: "\(error)")
        }
    }
}

/// An answer that is whole.
struct Reply: Sendable {
    var status = HTTPResponse.Status.ok
    var contentType = "application/json"
    var body: String
    var retryAfter: Int?
    var allow: HTTPRequest.Method?
    /// Whether the body is left out, as the answer to HEAD; its length is told.
    var omitsBody = false
    /// Whether the connection ends with this answer.
    var closes = false

    init(_ body: String, contentType: String = "application/json") {
        self.body = body
        self.contentType = contentType
    }

    init(_ refusal: Refusal) {
        self.init(refusal.json)
        status = refusal.status
        retryAfter = refusal.retryAfter
        allow = refusal.allow
        closes = refusal.closes
    }

    /// The head of the answer.
    func head(length: Int?) -> HTTPResponse {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        if let length { fields[.contentLength] = String(length) }
        if let retryAfter { fields[.retryAfter] = String(retryAfter) }
        if status == .unauthorized { fields[.wwwAuthenticate] = "Bearer" }
        if let allow { fields[.allow] = allow == .get ? "GET, HEAD" : allow.rawValue }
        if closes { fields[.connection] = "close" }
        return HTTPResponse(status: status, headerFields: fields)
    }

    /// The whole answer as bytes, for a connection without a codec.
    var bytes: ByteBuffer {
        let head = head(length: body.utf8.count)
        let fields = head.headerFields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return ByteBuffer(string: "HTTP/1.1 \(head.status)\r\n\(fields)\r\n\(body)")
    }

    /// Writes the whole answer on the event loop, at the place of a handler.
    func write(_ context: ChannelHandlerContext, _ wrap: (HTTPResponsePart) -> NIOAny) {
        let buffer = context.channel.allocator.buffer(string: body)
        context.write(wrap(.head(head(length: buffer.readableBytes))), promise: nil)
        context.write(wrap(.body(buffer)), promise: nil)
        context.writeAndFlush(wrap(.end(nil)), promise: nil)
    }

    /// Writes the whole answer.
    func write(_ writer: consuming ResponseWriter) async throws {
        let buffer = ByteBuffer(string: body)
        try await writer.write(
            response: head(length: buffer.readableBytes),
            body: omitsBody ? ResponseBody() : ResponseBody(byteBuffer: buffer))
    }
}
