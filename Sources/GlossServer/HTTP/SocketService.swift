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
            var reason = "it was closed"
            do {
                try await server.executeThenClose { inbound in
                    for try await (child, value) in inbound {
                        guard let child, let value else { continue }
                        let executor = LoopExecutor(value.channel.eventLoop)
                        tasks.addTask(executorPreference: executor) { await child.handle(value: value, logger: logger) }
                    }
                }
            } catch {
                reason = "\(error)"
            }
            stop.ask(becauseLost: socket, reason, logger)
        }
    }

    /// Checks the peer, then prepares the connection for HTTP; a connection that is refused is told why.
    private static func setUp(
        _ channel: any Channel, connections: Connections, _ configuration: CurrentConfiguration, logger: Logger,
        _ answer: @escaping Answer,
        _ makeShort: (@Sendable (ConnectionPace, any EventLoop) -> ShortRequestHandler)?
    ) -> EventLoopFuture<(HTTP1Channel?, HTTP1Channel.Value?)> {
        do {
            let pace = try connections.admit(channel, PeerCredentials.ofPeer(channel))
            var http = HTTP1Channel.Configuration(
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
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
        } catch let refusal as Refusal {
            let farewell = FarewellHandler(refusal, waits: connections.mayLinger(channel))
            return channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(farewell)
                return (nil, nil)
            }
        } catch {
            logger.error("connection not served", metadata: ["reason": "\(error)"])
            channel.close(promise: nil)
            return channel.eventLoop.makeSucceededFuture((nil, nil))
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

    /// Says that a socket cannot be reached any more, so that the daemon ends and is started again; nothing where it stops anyway.
    func ask(becauseLost socket: ListeningSocket, _ reason: String, _ logger: Logger) {
        if isAsked { return }
        logger.critical("socket lost", metadata: ["socket": "\(socket.name)", "reason": "\(reason)"])
        ask(because: "\(socket.name) cannot be served any more (\(reason))")
    }

    /// Asks, or says what failed.
    func ask(because failure: String? = nil) {
        let bodies = state.withLock { state in
            defer { state = (true, state.isAsked ? state.failure : failure, []) }
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
        /// Refused ones that read why.
        var leaving = 0
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

    /// Counts a connection in until it closes. Throws `Refusal`, which is counted, where it may not be.
    func admit(_ channel: any Channel, _ peer: PeerCredentials?) throws(Refusal) -> ConnectionPace {
        if let peer, !isAllowed(peer) {
            logger.warning("peer refused", metadata: ["user": "\(peer.user)", "group": "\(peer.group)"])
            refuse(Refusal.unwelcome.reason)
            throw .unwelcome
        }
        let user = peer?.user ?? .max, limits = configuration.value.limits
        let (number, limit): (UInt64, String?) = state.withLock { state in
            guard state.count < limits.connections else { return (0, "connections") }
            guard state.byUser[user, default: 0] < limits.connectionsPerUser else { return (0, "connectionsPerUser") }
            state.count += 1
            state.byUser[user, default: 0] += 1
            state.next += 1
            return (state.next, nil)
        }
        if let limit {
            refuse(limit)
            throw .crowded(limit)
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

    /// Whether a refused connection may stay until its client has read why: few at a time, since they count for no limit.
    func mayLinger(_ channel: any Channel) -> Bool {
        let isAllowed = state.withLock { state in
            guard state.leaving < Self.mostLeaving else { return false }
            state.leaving += 1
            return true
        }
        if isAllowed { channel.closeFuture.whenComplete { [self] _ in state.withLock { $0.leaving -= 1 } } }
        return isAllowed
    }

    private static let mostLeaving = 64

    private func isAllowed(_ peer: PeerCredentials) -> Bool {
        if let onlyUsers { return onlyUsers.contains(peer.user) }
        let configuration = configuration.value
        let users = configuration.allowedUsers, groups = configuration.allowedGroups
        return users.isEmpty && groups.isEmpty || users.contains(peer.user)
            || groups.contains(peer.group) || !peer.groups.isDisjoint(with: groups)
    }
}
