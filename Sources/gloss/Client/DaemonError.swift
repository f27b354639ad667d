import GlossText

#if canImport(Glibc)
    import Glibc
#endif

/// Why the daemon did not answer.
enum DaemonError: ExitMapped {
    /// Nobody listens at the place, or the user may not ask there; `code` is the system's number.
    case absent(DaemonAddress, code: Int32)
    /// The connection ended before the answer was complete.
    case ended(DaemonAddress)
    /// Nothing came for so many seconds.
    case silent(DaemonAddress, seconds: Int)
    /// What came is no answer of Gloss.
    case unintelligible(DaemonAddress, found: String)
    /// The daemon said no: the status of HTTP, its message, and its name for the reason.
    case refused(status: Int, message: String, code: String?)

    /// What the daemon says in a stream that has begun, by its name for the reason: what may pass is told apart from what is wrong.
    static func refused(_ error: JSONValue) -> DaemonError {
        let code = error["code"]?.string
        let status =
            switch code {
            case "timeout", "stopping", "overloaded", "model_refused", "store_refused": 503
            case "internal": 500
            default: 400
            }
        return .refused(status: status, message: error["message"]?.string ?? "no reason", code: code)
    }

    /// Whether it is the end of a connection, and nothing that was asked is wrong.
    var isOfConnection: Bool {
        switch self {
        case .ended, .refused(_, _, "stopping"): true
        default: false
        }
    }

    var exitStatus: Int32 {
        switch self {
        case .absent(_, let code): Self.isForbidden(code) ? ExitStatus.notPermitted : ExitStatus.unavailable
        case .ended: ExitStatus.unavailable
        case .silent: ExitStatus.tryAgain
        case .unintelligible: ExitStatus.unavailable
        case .refused(_, _, "model_refused"), .refused(_, _, "store_refused"): ExitStatus.data
        case .refused(let status, _, _):
            switch status {
            case 401, 403: ExitStatus.notPermitted
            case 404: ExitStatus.unavailable
            case 408, 429, 503, 504: ExitStatus.tryAgain
            case 500...: ExitStatus.software
            default: ExitStatus.data
            }
        }
    }

    var description: String {
        switch self {
        case .absent(let address, let code) where Self.isForbidden(code):
            "the daemon's socket \(address.path) is not yours to use; ask to be put into its group (see ls -l)"
        case .absent(let address, let code):
            "no daemon answers at \(address.path) (\(String(cString: strerror(code)))); start it with gloss serve or systemctl start gloss.socket"
        case .ended(let address):
            "the daemon at \(address.path) went away in the middle of its answer; what is printed is complete up to there: "
                + "start it again, or pass --local"
        case .silent(let address, let seconds):
            "the daemon at \(address.path) has said nothing for \(seconds) s; try again, or pass --local"
        case .unintelligible(let address, let found):
            "what answers at \(address.path) is no Gloss of this version (\(found)); start the daemon again, or pass --local"
        case .refused(_, let message, "model_refused"), .refused(_, let message, "store_refused"):
            "the daemon cannot serve it: \(Diagnostics.onOneLine(message)); --local does without it"
        case .refused(429, let message, _), .refused(503, let message, _):
            "the daemon is busy (\(Diagnostics.onOneLine(message))); try again, or pass --local"
        case .refused(_, let message, _):
            "the daemon refused: \(Diagnostics.onOneLine(message)); --local does without it"
        }
    }

    private static func isForbidden(_ code: Int32) -> Bool { code == EACCES || code == EPERM }
}
