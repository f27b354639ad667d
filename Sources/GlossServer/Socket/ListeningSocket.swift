#if canImport(Glibc)
    import Glibc
#endif
import Foundation

/// A descriptor that listens: bound here, or handed over by systemd (sd_listen_fds(3)).
struct ListeningSocket: Sendable {
    /// The descriptor.
    let descriptor: CInt
    /// The file that this process made and has to remove; nil for an inherited socket and for TCP.
    let path: String?
    /// Which file that was when it was made (lstat(2)).
    private var file: (device: dev_t, number: ino_t)?
    /// What the log calls it.
    let name: String
    /// Whether it is a Unix socket, not a port.
    let isUnix: Bool

    private init(descriptor: CInt, path: String?, name: String, isUnix: Bool = true) {
        self.descriptor = descriptor
        self.path = path
        self.name = name
        self.isUnix = isUnix
        file = path.flatMap(Self.file)
    }

    /// The sockets that systemd handed over, in their order; none where it did not start this process.
    ///
    /// Throws `ServerError` for one that is no listening Unix socket: nothing would ask the peers of another kind for a token.
    static func inherited() throws(ServerError) -> [ListeningSocket] {
        let environment = ProcessInfo.processInfo.environment
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == getpid(),
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...16).contains(count)
        else { return [] }
        var sockets: [ListeningSocket] = []
        for descriptor in CInt(3)..<CInt(3 + count) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            guard option(SO_DOMAIN, of: descriptor) == AF_UNIX,
                option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue),
                option(SO_ACCEPTCONN, of: descriptor) == 1
            else {
                throw ServerError(
                    .configuration,
                    "inherited descriptor \(descriptor) is no Unix socket that listens for streams; give the .socket unit "
                        + "ListenStream= with a path and Accept=no, and a port by tcpPort")
            }
            sockets.append(
                ListeningSocket(descriptor: descriptor, path: nil, name: "inherited descriptor \(descriptor)"))
        }
        return sockets
    }

    /// The value of a socket's option (socket(7)); nil for what is no socket.
    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }

    /// Binds a path with its mode, and takes over a file that no daemon listens on.
    ///
    /// The lock beside the path is held as long as this process lives. Throws `ServerError` where another daemon holds
    /// it or listens, the path is too long or is no socket, or the system refuses; `key` is where another path is named.
    static func bind(_ path: String, mode: mode_t, key: String) throws(ServerError) -> ListeningSocket {
        let remedy = "name another with \(key)"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        guard path.utf8.count <= room else {
            throw ServerError(
                .configuration,
                "socket \(path): the path has \(path.utf8.count) bytes, the limit is \(room); name a shorter one")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try lock(path, remedy)
        var existing = stat()
        if lstat(path, &existing) == 0 {
            guard existing.st_mode & S_IFMT == S_IFSOCK else {
                throw ServerError(
                    .configuration, "socket \(path): something else is there; remove it or name another path")
            }
            try removeForsaken(path, address, remedy)
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(path, "cannot be made", remedy) }
        // The mode of the descriptor becomes that of the file: no moment in which others may connect.
        guard fchmod(descriptor, mode) == 0 else { throw failure(path, "cannot be made", remedy) }
        let mask = umask(0)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        umask(mask)
        guard isBound == 0, listen(descriptor, 1024) == 0 else { throw failure(path, "cannot be bound", remedy) }
        return ListeningSocket(descriptor: descriptor, path: path, name: "unix://" + path)
    }

    /// Removes a socket's file if nobody listens there: who was handed the socket by systemd holds no lock.
    private static func removeForsaken(
        _ path: String, _ address: sockaddr_un, _ remedy: String
    ) throws(ServerError) {
        let flags = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_UNIX, Int32(flags), 0)
        guard descriptor >= 0 else { throw failure(path, "cannot be made", remedy) }
        defer { close(descriptor) }
        let isConnected = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // One whose queue of connections is full does not take this one now.
        if isConnected == 0 || errno == EAGAIN { throw taken(path) }
        guard errno == ECONNREFUSED else { throw failure(path, "cannot be taken over", remedy) }
        unlink(path)
    }

    /// Binds a port of the loopback interface.
    static func bind(port: Int) throws(ServerError) -> ListeningSocket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let remedy = "name another with tcpPort"
        guard descriptor >= 0 else { throw failure("127.0.0.1:\(port)", "cannot be made", remedy) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard isBound == 0, listen(descriptor, 1024) == 0 else {
            throw failure("127.0.0.1:\(port)", "cannot be bound", remedy)
        }
        return ListeningSocket(descriptor: descriptor, path: nil, name: "http://127.0.0.1:\(port)", isUnix: false)
    }

    /// Whether the file that this process made is gone, or another's: nobody finds this socket any more.
    var isLost: Bool {
        guard let path, let file else { return false }
        return Self.file(path).map { $0 != file } ?? true
    }

    /// Removes the file that this process made; the lock stays until the process ends.
    func remove() { if let path, !isLost { unlink(path) } }

    private static func file(_ path: String) -> (device: dev_t, number: ino_t)? {
        var status = stat()
        return lstat(path, &status) == 0 ? (status.st_dev, status.st_ino) : nil
    }

    private static func lock(_ path: String, _ remedy: String) throws(ServerError) {
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, "cannot be locked", remedy) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw taken(path)
        }
    }

    private static func taken(_ path: String) -> ServerError {
        ServerError(.taken, "socket \(path): another daemon listens there; stop it or name another path")
    }

    private static func failure(_ path: String, _ what: String, _ remedy: String) -> ServerError {
        let code = errno
        let kind: ServerError.Kind = code == EACCES || code == EPERM || code == EROFS ? .notPermitted : .io
        return ServerError(
            kind, "socket \(path) \(what) (\(String(cString: strerror(code)))); \(remedy)")
    }
}
