import CMalloc
import Dispatch
import Foundation
import GlossStore
import Logging
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The daemon: sockets, workers and live models, from the start to the last answer.
public struct Daemon: Sendable {
    private let configuration: ServerConfiguration
    private let paths: StorePaths
    private let version: String
    private let logger: Logger
    /// Reads the configuration anew.
    private let reread: @Sendable () throws -> ServerConfiguration

    /// A daemon that has not begun; `reread` is called when it is told to reload.
    public init(
        _ configuration: ServerConfiguration, paths: StorePaths, version: String, log: LogFormat, level: Logger.Level,
        reread: @escaping @Sendable () throws -> ServerConfiguration
    ) {
        self.configuration = configuration
        self.paths = paths
        self.version = version
        self.reread = reread
        logger = Logger(label: "gloss") { _ in LineLogHandler(log, level: level) }
    }

    /// Serves until SIGTERM or SIGINT, or until it is drained; running requests are finished within a bound.
    ///
    /// Throws `ServerError` when it cannot begin, and at its end where a socket was lost.
    public func run() async throws {
        OpenFiles.raiseLimit()
        keepLargeBlocksApart()
        let doors = try doors()
        let current = CurrentConfiguration(configuration)
        let notification = ServiceNotification()
        let metrics = Metrics(), stop = StopSignal()
        let workers = configuration.workers > 0 ? configuration.workers : ProcessInfo.processInfo.activeProcessorCount
        let queue = WorkQueue(workers: workers, budget: configuration.batchTokens) { tokens, pieces, seconds in
            metrics.count("gloss_batch_tokens_total", by: Double(tokens))
            metrics.count("gloss_batch_pieces_total", by: Double(pieces))
            metrics.time("gloss_batch_seconds", "", seconds)
        }
        let models = LiveModels(paths: paths, logger: logger)
        let connections = Connections(current, metrics, logger)
        let stores = [paths.user, paths.shipped].compactMap { $0 }
        let answering = Answering(
            current, models, queue, metrics, connections, stop, stores: stores, version: version, logger)
        answering.reload.withLock { $0 = { await reload(answering, models, notification) } }
        let signals = watchSignals(answering, stop)
        defer { signals.forEach { $0.cancel() } }
        for name in configuration.preload where !stop.isAsked {
            do { _ = try await models.model(name) } catch {
                logger.error("model not loaded", metadata: ["model": "\(name)", "reason": "\(error)"])
            }
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, workers / 2))
        let turns = WorkTurns(queue)
        let makeShort: @Sendable (ConnectionPace, any EventLoop) -> ShortRequestHandler = { pace, loop in
            ShortRequestHandler(answering, pace, turns.of(loop))
        }
        stop.whenAsked { notification.send("STOPPING=1") }
        await withTaskGroup(of: Void.self) { tasks in
            let services = doors.map { socket, door in
                SocketService(
                    socket: socket, configuration: current,
                    connections: door.isAdmin
                        ? Connections(current, metrics, logger, onlyUsers: [0, geteuid()]) : connections,
                    logger: logger, makeShort: door.isMain ? makeShort : nil
                ) { try await answering($0, $1, $2, door: door) }
            }
            let ready = ReadyCount(services.count) { notification.send("READY=1\nSTATUS=Serving") }
            for service in services {
                tasks.addTask {
                    do {
                        try await service.run(group: group, stop: stop) {
                            logger.info("listening", metadata: ["socket": "\(service.socket.name)"])
                            ready.add()
                        }
                    } catch {
                        stop.ask(becauseLost: service.socket, "\(error)", logger)
                    }
                }
            }
            let keeper = _Concurrency.Task {
                await keep(doors.map(\.0), models, answering, notification, group, stop)
            }
            let limit = configuration.limits.stopSeconds
            let bound = _Concurrency.Task {
                while !stop.isAsked { try? await _Concurrency.Task.sleep(for: .milliseconds(50)) }
                try? await _Concurrency.Task.sleep(for: .seconds(limit))
                if _Concurrency.Task.isCancelled { return }
                logger.warning("stopped with requests unfinished", metadata: ["requests": "\(answering.requests)"])
                queue.stop()
                for (socket, _) in doors { socket.remove() }
                logger.info("stopped")
                exit(stop.failure == nil ? 0 : Self.lostStatus)
            }
            await tasks.waitForAll()
            stop.ask()
            keeper.cancel()
            // A model that it reads is read to its end: what it needs is there until then.
            await keeper.value
            bound.cancel()
        }
        queue.stop()
        for (socket, _) in doors { socket.remove() }
        try? await group.shutdownGracefully()
        logger.info("stopped")
        if let failure = stop.failure { throw ServerError(.io, failure + "; start the daemon again") }
    }

    /// The status of the process whose socket was lost (EX_IOERR, sysexits(3)), where it ends before `run` can throw.
    private static let lostStatus: Int32 = 74

    /// Lets malloc(3) map what is as large as a batch's tensors, however often such blocks are freed. By itself it begins to
    /// cut them from the heaps of small blocks, which then grow for hours: no hole is ever the right one.
    private func keepLargeBlocksApart() { mallopt(M_MMAP_THRESHOLD, 1 << 15) }

    /// The sockets with what they are for: those of systemd, or our own. Where one cannot be made, none is left behind.
    private func doors() throws -> [(ListeningSocket, Door)] {
        var doors: [(ListeningSocket, Door)] = try ListeningSocket.inherited().map { ($0, .main) }
        do {
            try addOwn(to: &doors)
        } catch {
            for (socket, _) in doors { socket.remove() }
            throw error
        }
        return doors
    }

    private func addOwn(to doors: inout [(ListeningSocket, Door)]) throws(ServerError) {
        if doors.isEmpty {
            guard let mode = mode_t(configuration.socketMode, radix: 8) else {
                throw ServerError(.configuration, "socketMode = \(configuration.socketMode): no file mode")
            }
            doors.append((try ListeningSocket.bind(configuration.socket, mode: mode, key: "--socket"), .main))
        }
        if !configuration.adminSocket.isEmpty {
            let socket = try ListeningSocket.bind(configuration.adminSocket, mode: 0o600, key: "adminSocket")
            doors.append((socket, .admin))
        }
        if configuration.tcpPort > 0 {
            let token = try token()
            doors.append((try ListeningSocket.bind(port: configuration.tcpPort), .port(token: token)))
        }
    }

    private func token() throws(ServerError) -> String {
        let path = configuration.tcpTokenFile
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ServerError(
                .configuration,
                "tcpTokenFile \(path) cannot be read; name a file of this user whose first line is the token")
        }
        guard let token = text.split(whereSeparator: \.isNewline).first.map(String.init), token.utf8.count >= 16 else {
            throw ServerError(
                .configuration, "tcpTokenFile \(path): its first line must be a token of at least 16 characters")
        }
        return token
    }

    /// Turns SIGTERM and SIGINT into a stop, SIGHUP into a reload.
    private func watchSignals(_ answering: Answering, _ stop: StopSignal) -> [any DispatchSourceSignal] {
        [SIGTERM, SIGINT, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard number == SIGHUP else { return stop.ask() }
                let reload = answering.reload.withLock { $0 }
                _Concurrency.Task { await reload() }
            }
            source.resume()
            return source
        }
    }

    /// Limits and lists are taken over; what a socket is made of needs a restart.
    private func reload(_ answering: Answering, _ models: LiveModels, _ notification: ServiceNotification) async {
        notification.send("RELOADING=1")
        do {
            let new = try reread()
            answering.configuration.replace(new)
            logger.notice("configuration read")
        } catch {
            logger.error("configuration kept", metadata: ["reason": "\(error)"])
        }
        await models.refresh(force: true)
        notification.send("READY=1\nSTATUS=Serving")
    }

    /// Looks for new versions and for its sockets, unloads what is idle, and tells systemd that the daemon lives.
    private func keep(
        _ sockets: [ListeningSocket], _ models: LiveModels, _ answering: Answering, _ notification: ServiceNotification,
        _ group: any EventLoopGroup, _ stop: StopSignal
    ) async {
        var lastLook = ContinuousClock.now, looking: _Concurrency.Task<Void, Never>?
        var seen: UInt64 = 0, released: UInt64 = 0
        while !_Concurrency.Task.isCancelled, !stop.isAsked {
            let configuration = answering.configuration.value
            let pause = min(configuration.watchInterval, notification.watchdogInterval ?? .infinity)
            try? await _Concurrency.Task.sleep(for: .seconds(pause))
            // Alive is who accepts and who computes: an event loop takes a task, and no worker is caught in its work.
            if notification.watchdogInterval != nil,
                answering.queue.longest < .seconds(max(30, configuration.limits.requestSeconds))
            {
                try? await group.any().submit {}.get()
                notification.send("WATCHDOG=1")
            }
            guard ContinuousClock.now - lastLook >= .seconds(configuration.watchInterval) else { continue }
            lastLook = .now
            if let lost = sockets.first(where: \.isLost) {
                stop.ask(becauseLost: lost, "its file is gone, or another's", logger)
            }
            // It may read a model for longer than the watchdog waits.
            if await !models.isRefreshing { looking = _Concurrency.Task { await models.refresh() } }
            if configuration.keepAlive > 0 { await models.unload(idleFor: configuration.keepAlive) }
            // Nobody has asked for a while: what the work has left is given back.
            let begun = answering.begun
            if answering.requests == 0, begun == seen, begun != released {
                models.releaseMemory()
                released = begun
            }
            seen = begun
        }
        await looking?.value
    }
}

extension Door {
    fileprivate var isAdmin: Bool { if case .admin = self { true } else { false } }
    fileprivate var isMain: Bool { if case .main = self { true } else { false } }
}

/// Calls `body` once all services are there.
private final class ReadyCount: Sendable {
    private let missing: Mutex<Int>
    private let body: @Sendable () -> Void

    init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        missing = Mutex(count)
        self.body = body
    }

    func add() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { body() }
    }
}
