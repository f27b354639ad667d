import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// Who is at the other end of a Unix socket: laid out as `struct ucred` (unix(7)).
struct PeerCredentials: Sendable, Equatable {
    var process: Int32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0

    /// The peer of a connection (unix(7), SO_PEERCRED); nil for TCP, which has none.
    static func ofPeer(_ channel: any Channel) -> EventLoopFuture<PeerCredentials?> {
        guard let provider = channel as? any SocketOptionProvider, channel.localAddress?.protocol == .unix else {
            return channel.eventLoop.makeSucceededFuture(nil)
        }
        let credentials: EventLoopFuture<PeerCredentials> = provider.unsafeGetSocketOption(
            level: NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET), name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
        return credentials.map { $0 }
    }
}
