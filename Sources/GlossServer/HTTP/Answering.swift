import Foundation
import GlossPipeline
import GlossStore
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Answers requests: finds the route, reads the body within its limits, has the work done, writes the answer.
final class Answering: Sendable {
    /// A stream that is written as it is made.
    typealias Stream = @Sendable (inout any ResponseBodyWriter) async throws -> Void

    /// What is sent back.
    enum Outcome: Sendable {
        case reply(Reply)
        case stream(contentType: String, Stream)
    }

    let configuration: CurrentConfiguration
    let models: LiveModels
    let queue: WorkQueue
    let metrics: Metrics
    let logger: Logger
    let version: String
    let started = Date()
    let connections: Connections
    let stop: StopSignal
    let stores: [String]
    /// Reads the configuration and the models again.
    let reload: Mutex<@Sendable () async -> Void> = Mutex({})
    private let running = Atomic(0)
    private let lastNumber = Atomic<UInt64>(0)

    init(
        _ configuration: CurrentConfiguration, _ models: LiveModels, _ queue: WorkQueue, _ metrics: Metrics,
        _ connections: Connections, _ stop: StopSignal, stores: [String], version: String, _ logger: Logger
    ) {
        self.configuration = configuration
        self.models = models
        self.queue = queue
        self.metrics = metrics
        self.connections = connections
        self.stop = stop
        self.stores = stores
        self.version = version
        self.logger = logger
    }

    /// Requests that wait or run.
    var requests: Int { running.load(ordering: .relaxed) }
    var limits: Limits { configuration.value.limits }
    /// A number that no other request of this process has.
    var nextNumber: UInt64 { lastNumber.add(1, ordering: .relaxed).newValue }
    /// Another number than before if a request for work has begun since.
    var begun: UInt64 { lastNumber.load(ordering: .relaxed) }

    /// Answers one request of a connection.
    func callAsFunction(
        _ request: Request, _ writer: consuming ResponseWriter, _ pace: ConnectionPace, door: Door
    ) async throws {
        let began = ContinuousClock.now
        var label = "none", status = 200, isWork = false, isEndless = false
        defer {
            pace.end()
            if isWork { endWork() }
            account(label, status, since: began, isEndless: isEndless)
        }
        let outcome: Outcome
        let reading = BodyReading(request)
        do {
            try door.check(request)
            let route = try Route(request.method, String(request.uri.path), door)
            label = route.path
            if route.isWork {
                isWork = true
                try beginWork()
            }
            outcome = try await self.outcome(route, request, reading, pace)
        } catch {
            let refusal = pace.hasGone && !(error is Refusal) ? .gone : Refusal(error)
            if refusal.status.code >= 500, refusal.code == "internal" {
                logger.error("request failed", metadata: ["route": "\(label)", "reason": "\(error)"])
            }
            count(refusal)
            if refusal.code == Refusal.gone.code {
                status = Int(refusal.status.code)
                throw error
            }
            outcome = .reply(Reply(refusal))
        }
        switch outcome {
        case .reply(var reply):
            status = Int(reply.status.code)
            reply.omitsBody = request.method == .head
            try await reply.write(writer)
            // What is left of the body is not read.
            if reply.closes { throw ConnectionEnded() }
            if status >= 400 { try await reading.drain(4 * limits.bodyBytes) }
        case .stream(let type, let body):
            isEndless = request.holdsRecords
            var fields = HTTPFields()
            fields[.contentType] = type
            fields[.cacheControl] = "no-store"
            try await writer.write(
                response: HTTPResponse(status: .ok, headerFields: fields), body: ResponseBody(body))
        }
    }

    /// Counts a request for work in, until `endWork`. Throws `Refusal` where it may not wait.
    func beginWork() throws(Refusal) {
        lastNumber.add(1, ordering: .relaxed)
        guard running.add(1, ordering: .relaxed).newValue <= limits.requests else { throw .overloaded }
        if stop.isAsked { throw .stopping }
    }

    /// Counts a request for work out.
    func endWork() { running.subtract(1, ordering: .relaxed) }

    /// Counts a refusal.
    func count(_ refusal: Refusal) { metrics.count("gloss_rejections_total", "reason=\"\(refusal.reason)\"") }

    /// Counts an answer and its time.
    func account(_ label: String, _ status: Int, since began: ContinuousClock.Instant, isEndless: Bool = false) {
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        metrics.answered(route: label, status: status, seconds: seconds)
        if !isEndless, seconds > configuration.value.slowRequest {
            logger.warning(
                "slow request", metadata: ["route": "\(label)", "seconds": "\(seconds)", "status": "\(status)"])
        }
    }

    /// What all work of a request shares; it is cancelled when the client goes.
    func control(_ fields: HTTPFields, _ pace: ConnectionPace, isStream: Bool = false) throws(Refusal) -> RequestControl
    {
        var seconds = limits.requestSeconds
        if let text = fields[.requestTimeout] {
            guard let wanted = Double(text), wanted > 0, wanted.isFinite else {
                throw .invalid("X-Request-Timeout: “\(text.prefix(40))” is no number of seconds")
            }
            seconds = min(seconds, wanted)
        }
        let control = RequestControl(peer: pace.number, deadline: isStream ? nil : .now + .seconds(seconds))
        pace.begin(control)
        return control
    }

    /// Loads a model on another thread: it takes too long for an event loop.
    private func loaded(_ name: String, _ control: RequestControl?) async throws -> LiveModel {
        let models = models
        return try await withCheckedThrowingContinuation { continuation in
            let found = Gathered<LiveModel>(count: 1) { continuation.resume(with: $0.map { $0[0] }) }
            let alarm = control?.deadline.map { Deadlines.shared.add($0) { found.fail(WorkError.late) } }
            _Concurrency.Task.detached {
                let result: Result<LiveModel, any Error>
                do { result = .success(try await models.model(name)) } catch { result = .failure(error) }
                if let alarm { Deadlines.shared.remove(alarm) }
                found.set(0, result)
            }
        }
    }

    private func outcome(
        _ route: Route, _ request: Request, _ reading: BodyReading, _ pace: ConnectionPace
    ) async throws -> Outcome {
        // Short work stays on the connection's event loop, which only hands it to the workers.
        let executor: (any TaskExecutor)? = route.isWork && !reading.isLong ? nil : globalConcurrentExecutor
        return try await withTaskExecutorPreference(executor) {
            switch route {
            case .classify: try await texts(ClassifyEndpoint.self, request, reading, pace)
            case .tag: try await texts(TagEndpoint.self, request, reading, pace)
            case .tokenize: try await texts(TokenizeEndpoint.self, request, reading, pace)
            case .completions: try await completions(request, reading, pace)
            default: .reply(try await page(route, request))
            }
        }
    }

    /// The model of a request, which is loaded where it is not yet, but not waited for beyond the request's deadline. Throws
    /// `Refusal`, `WorkError.late`.
    func model(_ name: String, for control: RequestControl? = nil) async throws -> LiveModel {
        do {
            let model = if let live = models.liveModel(name) { live } else { try await loaded(name, control) }
            model.use()
            return model
        } catch let error as StoreError {
            guard error.kind == .notFound || error.kind == .invalid else {
                throw Refusal(status: .serviceUnavailable, code: "model_refused", message: error.description)
            }
            throw Refusal.unknownModel(name, "see /v1/models")
        } catch let error as ModelRefused {
            throw Refusal(status: .serviceUnavailable, code: "model_refused", message: error.description)
        }
    }
}

/// Ends a connection whose answer has been given.
struct ConnectionEnded: Error {}

extension HTTPField.Name {
    static let requestTimeout = HTTPField.Name("X-Request-Timeout")!
}
