import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// Who is at the other end of a Unix socket.
struct PeerCredentials: Sendable, Equatable {
    var user: UInt32
    var group: UInt32
    /// Its further groups.
    var groups: Set<UInt32>

    /// The peer of a connection (unix(7), SO_PEERCRED and SO_PEERGROUPS); nil for TCP, which has none. On the event loop alone.
    ///
    /// Throws `IOError` where the system does not say.
    static func ofPeer(_ channel: any Channel) throws -> PeerCredentials? {
        guard channel.localAddress?.protocol == .unix else { return nil }
        let operations = channel.pipeline.syncOperations
        let peer = try operations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { descriptor in
            // Laid out as `struct ucred`.
            var credentials = (process: Int32(0), user: UInt32(0), group: UInt32(0))
            var length = socklen_t(MemoryLayout.size(ofValue: credentials))
            guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else {
                throw IOError(errnoCode: errno, reason: "getsockopt")
            }
            return PeerCredentials(user: credentials.user, group: credentials.group, groups: groups(descriptor))
        }
        guard let peer else { throw ChannelError.operationUnsupported }
        return peer
    }

    /// SO_PEERGROUPS, which Glibc's module does not name.
    private static let peerGroups: CInt = 59

    /// The groups of a peer; none where the system (before Linux 4.13) does not say.
    private static func groups(_ descriptor: CInt) -> Set<UInt32> {
        var groups = [UInt32](repeating: 0, count: 32)
        while true {
            let room = groups.count * MemoryLayout<UInt32>.stride
            var length = socklen_t(room)
            let isThere = getsockopt(descriptor, SOL_SOCKET, peerGroups, &groups, &length) == 0
            if isThere { return Set(groups.prefix(Int(length) / MemoryLayout<UInt32>.stride)) }
            // There are more: the system says how many.
            guard errno == ERANGE, Int(length) > room else { return [] }
            groups = Array(repeating: 0, count: Int(length) / MemoryLayout<UInt32>.stride)
        }
    }
}
