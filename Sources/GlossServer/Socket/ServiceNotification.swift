#if canImport(Glibc)
    import Glibc
#endif
import Foundation

/// What systemd is told: one datagram to `NOTIFY_SOCKET` (sd_notify(3)).
struct ServiceNotification: Sendable {
    private let path: [UInt8]
    /// Half of the time after which systemd takes a silent service for dead; nil without a watchdog.
    let watchdogInterval: Double?

    /// Reads the environment; notifications go nowhere where it names no socket.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        var path = Array((environment["NOTIFY_SOCKET"] ?? "").utf8)
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        self.path = path
        let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
        watchdogInterval =
            isOurs ? environment["WATCHDOG_USEC"].flatMap(Double.init).map { max($0 / 2_000_000, 0.05) } : nil
    }

    /// Sends assignments such as `READY=1`, a line each.
    func send(_ state: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard !path.isEmpty, path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                state.withCString { sendto(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL), address, length) }
            }
        }
    }
}
