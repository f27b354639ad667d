import HTTPTypes
import HummingbirdCore

/// Through which socket a request came.
enum Door: Sendable {
    /// The daemon's own socket.
    case main
    /// The admin socket.
    case admin
    /// The loopback port, with its token.
    case port(token: String)

    /// Checks what this door asks for. Throws `Refusal`.
    func check(_ request: Request) throws(Refusal) {
        guard case .port(let token) = self else { return }
        // The scheme is written as one likes (RFC 9110, section 11.1).
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        let isBearer = parts.first?.lowercased() == "bearer" && parts.count == 2
        let given = Array((isBearer ? parts[1] : "").utf8), wanted = Array(token.utf8)
        // The time that this takes tells nothing of the token.
        var difference = UInt8(given.count == wanted.count ? 0 : 1)
        for (index, byte) in given.enumerated() { difference |= byte ^ wanted[index % wanted.count] }
        guard difference == 0 else {
            throw Refusal(
                status: .unauthorized, code: "unauthorized",
                message: "the port asks for the token of tcpTokenFile; send it as Authorization: Bearer …")
        }
    }
}

/// The table of routes.
enum Route: Sendable, CaseIterable {
    case classify, tag, tokenize, completions, models, model, health, ready, metrics, status, openapi
    case reload, unload, drain

    /// The path, with `{name}` where it goes on.
    var path: String {
        switch self {
        case .classify: "/v1/classify"
        case .tag: "/v1/tag"
        case .tokenize: "/v1/tokenize"
        case .completions: "/v1/completions"
        case .models: "/v1/models"
        case .model: "/v1/models/{name}"
        case .health: "/healthz"
        case .ready: "/readyz"
        case .metrics: "/metrics"
        case .status: "/v1/status"
        case .openapi: "/openapi.json"
        case .reload: "/admin/reload"
        case .unload: "/admin/unload"
        case .drain: "/admin/drain"
        }
    }

    /// The one method; GET answers HEAD as well.
    var method: HTTPRequest.Method {
        switch self {
        case .classify, .tag, .tokenize, .completions, .reload, .unload, .drain: .post
        default: .get
        }
    }

    /// What the description says of it.
    var summary: String {
        switch self {
        case .classify: "The class of each text, or its number."
        case .tag: "Sentences, tokens, tags and spans."
        case .tokenize: "Sentences and tokens."
        case .completions: "Continuations of prompts, whole or as server-sent events."
        case .models: "The models of the store."
        case .model: "One model."
        case .health: "Whether the daemon lives."
        case .ready: "Whether it answers."
        case .metrics: "Metrics in Prometheus's text format."
        case .status: "What the daemon does."
        case .openapi: "This description."
        case .reload: "Reads the configuration and looks for new versions."
        case .unload: "Unloads a model."
        case .drain: "Finishes what runs, and stops."
        }
    }

    /// Whether it belongs to the admin socket.
    var isAdmin: Bool { path.hasPrefix("/admin/") }

    /// Whether it does work, which is bounded.
    var isWork: Bool {
        switch self {
        case .classify, .tag, .tokenize, .completions: true
        default: false
        }
    }

    /// The route of texts at a path, which is asked for more often than all others.
    init?(shortPath path: String) {
        switch path {
        case "/v1/classify": self = .classify
        case "/v1/tag": self = .tag
        case "/v1/tokenize": self = .tokenize
        default: return nil
        }
    }

    /// The route of a request. Throws `Refusal`: 404 for a path that nobody has, 405 for another method.
    init(_ method: HTTPRequest.Method, _ path: String, _ door: Door) throws(Refusal) {
        let isAdmin = if case .admin = door { true } else { false }
        let found = Self.allCases.first { route in
            guard isAdmin || !route.isAdmin else { return false }
            return route == .model ? path.hasPrefix("/v1/models/") && path.count > 11 : route.path == path
        }
        guard let found else {
            throw Refusal(
                status: .notFound, code: "not_found", message: "there is nothing at this path; see /openapi.json")
        }
        guard method == found.method || (method == .head && found.method == .get) else {
            var refusal = Refusal(
                status: .methodNotAllowed, code: "method_not_allowed",
                message: "\(found.path) takes \(found.method.rawValue) alone")
            refusal.allow = found.method
            throw refusal
        }
        self = found
    }
}
