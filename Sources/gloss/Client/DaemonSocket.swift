import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A connected socket that moves bytes both ways at once, so that neither side can wait for the other for ever.
///
/// It is a plain file descriptor: an event loop with its threads would take longer to start than the daemon to answer.
final class DaemonSocket {
    /// Where it is connected to.
    let address: DaemonAddress
    private let descriptor: Int32

    /// Seconds without a byte after which the daemon is given up.
    static let patience = 60

    /// Connects. Throws `DaemonError.absent` when nobody listens or the user may not.
    init(_ address: DaemonAddress) throws(DaemonError) {
        self.address = address
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .absent(address, code: errno) }
        // A daemon whose queue of connections is full must not hold the command up for ever.
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: address.path.utf8) }
        let status = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            let code = errno
            close(descriptor)
            throw code == EAGAIN ? .silent(address, seconds: 5) : .absent(address, code: code)
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Whether the daemon has ended the connection, which it does when nothing is asked for some time.
    var hasEnded: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count == 0 || count < 0 && errno != EAGAIN && errno != EINTR
    }

    /// Sends from `outgoing` and appends to `incoming` whatever goes at once; `waits` until either goes, if nothing does.
    ///
    /// Gives false when the daemon has ended the connection. Throws `DaemonError.silent` after `patience` seconds.
    func move(_ outgoing: inout ByteQueue, _ incoming: inout ByteQueue, waits: Bool) throws(DaemonError) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN | (outgoing.isEmpty ? 0 : POLLOUT)), revents: 0)
        let ready = poll(&entry, 1, waits ? Int32(Self.patience * 1000) : 0)
        if ready < 0, errno != EINTR { throw .ended(address) }
        if ready <= 0 {
            if ready == 0, waits { throw .silent(address, seconds: Self.patience) }
            return true
        }
        // What has come is read first: a daemon that refuses may answer and then take nothing more.
        if entry.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
            let count = incoming.fill { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return false }
            if count < 0, errno != EAGAIN, errno != EINTR { return false }
        }
        if entry.revents & Int16(POLLOUT) != 0 {
            outgoing.drain { max(send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)), 0) }
        }
        return true
    }
}
