import Foundation

/// Where a daemon may answer: the path of its socket.
struct DaemonAddress: Equatable {
    /// The absolute path of the socket.
    let path: String

    /// Whether the system's daemon listens there, whose models are not the user's own.
    let isSystems: Bool

    /// The system's daemon.
    static let system = DaemonAddress(path: "/run/gloss/gloss.sock", isSystems: true)

    /// As `GLOSS_HOST` names it.
    var description: String { "unix://" + path }

    /// The longest path of a socket, in bytes (sockaddr_un, unix(7)).
    static let maximumPathBytes = 107

    /// The places to try in order: `GLOSS_HOST` alone where it is set, else the system's socket and the user's own.
    ///
    /// `GLOSS_HOST=local` names none. An empty variable counts as unset. Throws for what is no address.
    static func candidates(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws
        -> [DaemonAddress]
    {
        let environment = environment.filter { !$0.value.isEmpty }
        if let host = environment["GLOSS_HOST"] {
            guard host != "local" else { return [] }
            let path = String(host.dropFirst("unix://".count))
            guard host.hasPrefix("unix:///"), path.utf8.count <= maximumPathBytes else {
                throw CommandError(
                    ExitStatus.configuration,
                    "GLOSS_HOST is \"\(host)\"; give unix:// and an absolute path of at most \(maximumPathBytes) bytes, "
                        + "or local")
            }
            return [DaemonAddress(path: path, isSystems: false)]
        }
        guard let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/"),
            folder.utf8.count + 16 <= maximumPathBytes
        else { return [system] }
        return [system, DaemonAddress(path: folder + "/gloss/gloss.sock", isSystems: false)]
    }
}
