import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import Synchronization

/// Accepts connections on a descriptor and answers them until it is told to stop.
struct SocketService: Sendable {
    /// Answers one request of a connection.
    typealias Answer = @Sendable (Request, consuming ResponseWriter, ConnectionPace) async throws -> Void

    let socket: ListeningSocket
    let configuration: CurrentConfiguration
    let connections: Connections
    let logger: Logger
    /// Makes what answers short requests on the event loop of a connection; nil where tasks answer all.
    let makeShort: (@Sendable (ConnectionPace, any EventLoop) -> ShortRequestHandler)?
    let answer: Answer

    /// Serves until `stop` is called; open connections then finish what they are answering.
    func run(group: any EventLoopGroup, stop: StopSignal, isListening: @Sendable () -> Void) async throws {
        let quiescing = ServerQuiescingHelper(group: group)
        let connections = connections, configuration = configuration, logger = logger, answer = answer
        let makeShort = makeShort
        let server = try await ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            // A client that has said all it wants may still listen. On a Unix socket it is told apart from one that has gone.
            .childChannelOption(.allowRemoteHalfClosure, value: socket.isUnix)
            .bind(socket.descriptor) { channel in
                Self.setUp(channel, connections: connections, configuration, logger: logger, answer, makeShort)
            }
        isListening()
        let channel = server.channel
        stop.whenAsked { quiescing.initiateShutdown(promise: channel.eventLoop.makePromise(of: Void.self)) }
        await withDiscardingTaskGroup { tasks in
            do {
                try await server.executeThenClose { inbound in
                    for try await (child, value) in inbound {
                        guard let child, let value else { continue }
                        let executor = LoopExecutor(value.channel.eventLoop)
                        tasks.addTask(executorPreference: executor) { await child.handle(value: value, logger: logger) }
                    }
                }
            } catch {
                logger.error("accepting ended", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Checks the peer, then prepares the connection for HTTP; a connection that is refused is closed at once.
    private static func setUp(
        _ channel: any Channel, connections: Connections, _ configuration: CurrentConfiguration, logger: Logger,
        _ answer: @escaping Answer,
        _ makeShort: (@Sendable (ConnectionPace, any EventLoop) -> ShortRequestHandler)?
    ) -> EventLoopFuture<(HTTP1Channel?, HTTP1Channel.Value?)> {
        PeerCredentials.ofPeer(channel).flatMap { peer in
            guard let pace = connections.admit(channel, peer) else {
                return channel.close().map { (nil, nil) }.flatMapErrorThrowing { _ in (nil, nil) }
            }
            var http = HTTP1Channel.Configuration(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
            do {
                let handler = PaceHandler(pace, configuration.value.limits) { connections.refuse($0) }
                try channel.pipeline.syncOperations.addHandler(FirstByteHandler(handler))
                var handlers: [any RemovableChannelHandler] = [handler]
                if let makeShort { handlers.append(makeShort(pace, channel.eventLoop)) }
                let bound = NIOLoopBound(handlers, eventLoop: channel.eventLoop)
                http.additionalChannelHandlers = { bound.value }
                let child = HTTP1Channel(
                    responder: { request, writer, _ in try await answer(request, writer, pace) }, configuration: http)
                let ready = child.setup(channel: channel, logger: logger)
                let pipeline = channel.pipeline.syncOperations
                let decoder = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
                try pipeline.addHandler(OldVersionHandler(), position: .after(decoder.handler))
                return ready.map { (child, $0) }
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }
    }
}

/// Asks several services to stop, once.
final class StopSignal: Sendable {
    private let state = Mutex<(isAsked: Bool, failure: String?, bodies: [@Sendable () -> Void])>((false, nil, []))

    /// Whether the daemon is stopping.
    var isAsked: Bool { state.withLock { $0.isAsked } }

    /// What made the daemon stop, where nobody asked it to.
    var failure: String? { state.withLock { $0.failure } }

    /// Calls `body` when somebody asks, or at once where somebody has.
    func whenAsked(_ body: @escaping @Sendable () -> Void) {
        let isAsked = state.withLock { state in
            if !state.isAsked { state.bodies.append(body) }
            return state.isAsked
        }
        if isAsked { body() }
    }

    /// Asks, or says what failed.
    func ask(because failure: String? = nil) {
        let bodies = state.withLock { state in
            defer { state = (true, state.failure ?? failure, []) }
            return state.bodies
        }
        bodies.forEach { $0() }
    }
}

/// Which connections may be there: counted in all and by user, and checked against the lists of the configuration.
final class Connections: Sendable {
    private struct State {
        var next: UInt64 = 0
        var count = 0
        var byUser: [UInt32: Int] = [:]
    }

    private let state = Mutex(State())
    private let configuration: CurrentConfiguration
    private let metrics: Metrics
    private let logger: Logger
    /// The only users that the admin socket admits.
    private let onlyUsers: [UInt32]?

    init(
        _ configuration: CurrentConfiguration, _ metrics: Metrics, _ logger: Logger, onlyUsers: [UInt32]? = nil
    ) {
        self.configuration = configuration
        self.metrics = metrics
        self.logger = logger
        self.onlyUsers = onlyUsers
    }

    /// Open connections.
    var count: Int { state.withLock { $0.count } }

    /// Counts a refusal.
    func refuse(_ limit: String) { metrics.count("gloss_rejections_total", "reason=\"\(limit)\"") }

    /// Counts a connection in until it closes; nil where it may not be.
    func admit(_ channel: any Channel, _ peer: PeerCredentials?) -> ConnectionPace? {
        if let peer, !isAllowed(peer) {
            refuse("peer")
            logger.warning("peer refused", metadata: ["user": "\(peer.user)", "group": "\(peer.group)"])
            return nil
        }
        let user = peer?.user ?? .max, limits = configuration.value.limits
        let (number, limit): (UInt64?, String) = state.withLock { state in
            guard state.count < limits.connections else { return (nil, "connections") }
            guard state.byUser[user, default: 0] < limits.connectionsPerUser else {
                return (nil, "connectionsPerUser")
            }
            state.count += 1
            state.byUser[user, default: 0] += 1
            state.next += 1
            return (state.next, "")
        }
        guard let number else {
            refuse(limit)
            return nil
        }
        metrics.count("gloss_connections_total")
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { state in
                state.count -= 1
                state.byUser[user, default: 1] -= 1
                if state.byUser[user] == 0 { state.byUser[user] = nil }
            }
        }
        return ConnectionPace(peer: peer, number: number)
    }

    private func isAllowed(_ peer: PeerCredentials) -> Bool {
        if let onlyUsers { return onlyUsers.contains(peer.user) }
        let configuration = configuration.value
        let users = configuration.allowedUsers, groups = configuration.allowedGroups
        return users.isEmpty && groups.isEmpty || users.contains(peer.user) || groups.contains(peer.group)
    }
}
