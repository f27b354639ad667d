/// How the daemon runs: `/etc/gloss/gloss.toml`, every key with its default.
public struct ServerConfiguration: Codable, Sendable, Equatable {
    /// The socket that answers; not used where a socket is inherited from systemd.
    public var socket = "/run/gloss/gloss.sock"
    /// The socket's permissions, octal.
    public var socketMode = "0660"
    /// A second socket for reload, unload and drain, for root and the daemon's own user alone; empty: none.
    public var adminSocket = ""
    /// Users, by number, that may connect; where both lists are empty, everybody whom the socket's permissions let in.
    public var allowedUsers: [UInt32] = []
    /// Groups, by number, that may connect.
    public var allowedGroups: [UInt32] = []
    /// A port on the loopback interface that answers as well, with a bearer token; 0: none.
    public var tcpPort = 0
    /// The file whose first line is the bearer token of the port.
    public var tcpTokenFile = ""
    /// Models that are loaded at the start; the others are loaded when they are first asked for.
    public var preload: [String] = []
    /// Seconds without a request after which a model is unloaded; 0: never.
    public var keepAlive = 0.0
    /// Seconds between two looks at the store for new versions.
    public var watchInterval = 1.0
    /// Threads that compute; 0: one a core.
    public var workers = 0
    /// Tokens, about, that are computed together.
    public var batchTokens = 2048
    /// Seconds after which a request is logged as slow.
    public var slowRequest = 2.0
    /// What is too much.
    public var limits = Limits()

    /// The defaults.
    public init() {}
}

/// Limits of the daemon; each refusal is counted in `gloss_rejections_total` under the key's name.
public struct Limits: Codable, Sendable, Equatable {
    /// Bytes of a request's body, or of one record of NDJSON.
    public var bodyBytes = 8 << 20
    /// Texts of a request.
    public var texts = 4096
    /// Tokens of a text; where only its bytes are known, five of them count as one.
    public var textTokens = 200_000
    /// Symbols of a continuation.
    public var generatedTokens = 4096
    /// Continuations of a prompt.
    public var continuations = 16
    /// Requests that wait or run at the same time; more are refused with 429.
    public var requests = 256
    /// Connections.
    public var connections = 1024
    /// Connections of one user.
    public var connectionsPerUser = 512
    /// Seconds for a request's head.
    public var headSeconds = 10.0
    /// Seconds between two parts of a request's body.
    public var bodySeconds = 30.0
    /// Seconds between two requests of a connection.
    public var idleSeconds = 300.0
    /// Seconds for a request, NDJSON streams apart; `X-Request-Timeout` may ask for less.
    public var requestSeconds = 60.0
    /// Seconds that a reader may leave its answer untaken.
    public var writeSeconds = 30.0
    /// Seconds for running requests to finish when the daemon stops.
    public var stopSeconds = 20.0

    /// The defaults.
    public init() {}
}

extension ServerConfiguration {
    /// What is wrong with the values, as key and remedy; nil if nothing is.
    public var fault: (key: String, message: String)? {
        // Beyond these a number of seconds, bytes or tokens would be a slip, and leave the range of what is counted with it.
        let mostSeconds = 1e7, mostBytes = 1 << 32, mostTokens = 1 << 30, most = 1_000_000_000
        func positive(_ key: String, _ value: Double) -> (String, String)? {
            value > 0 && value <= mostSeconds
                ? nil : (key, "\(value) is not possible; give seconds above 0, at most \(Int(mostSeconds))")
        }
        if socket.isEmpty { return ("socket", "“” is no path; name one") }
        if socket == adminSocket { return ("adminSocket", "“\(adminSocket)” is the socket itself; name another path") }
        if UInt16(socketMode, radix: 8).map({ $0 <= 0o777 }) != true {
            return ("socketMode", "“\(socketMode)” is no file mode; write it as 0660")
        }
        if !(0...65_535).contains(tcpPort) { return ("tcpPort", "\(tcpPort) is no port; give 0 to 65535") }
        if tcpPort > 0, tcpTokenFile.isEmpty {
            return ("tcpTokenFile", "a port needs a token; name a file whose first line is one")
        }
        if workers < 0 || workers > 256 { return ("workers", "\(workers) is not possible; give 0 to 256") }
        if !(0...mostSeconds).contains(keepAlive) {
            return ("keepAlive", "\(keepAlive) is not possible; give seconds from 0 to \(Int(mostSeconds))")
        }
        let whole: [(String, Int, Int)] = [
            ("batchTokens", batchTokens, mostTokens), ("limits.bodyBytes", limits.bodyBytes, mostBytes),
            ("limits.texts", limits.texts, most), ("limits.textTokens", limits.textTokens, mostTokens),
            ("limits.generatedTokens", limits.generatedTokens, most),
            ("limits.continuations", limits.continuations, most), ("limits.requests", limits.requests, most),
            ("limits.connections", limits.connections, most),
            ("limits.connectionsPerUser", limits.connectionsPerUser, most),
        ]
        for (key, value, highest) in whole where !(1...highest).contains(value) {
            return (key, "\(value) is not possible; give a number from 1 to \(highest)")
        }
        return positive("watchInterval", watchInterval) ?? positive("slowRequest", slowRequest)
            ?? positive("limits.headSeconds", limits.headSeconds) ?? positive("limits.bodySeconds", limits.bodySeconds)
            ?? positive("limits.idleSeconds", limits.idleSeconds)
            ?? positive("limits.requestSeconds", limits.requestSeconds)
            ?? positive("limits.writeSeconds", limits.writeSeconds)
            ?? positive("limits.stopSeconds", limits.stopSeconds)
    }
}
