import GlossText
import HTTPTypes
import NIOCore

extension Answering {
    /// What becomes of a short request.
    enum Short {
        /// Its first pieces of work, not in the queue yet; the answer comes when they are done.
        case work([Work])
        /// It has its answer.
        case reply(Reply)
        /// Its model has to be loaded first; nothing has been done.
        case mustWait
    }

    /// Begins to answer a request for texts whose body is there. `done` is called once, on any thread, where there is work.
    func beginShort(
        _ route: Route, _ fields: HTTPFields, _ body: ByteBuffer, _ pace: ConnectionPace,
        done: @escaping @Sendable (Reply) -> Void
    ) -> Short {
        let began = ContinuousClock.now
        do {
            try beginWork()
            let wanted = try TextRequest(JSONValue(body: Array(body.readableBytesView)), limits)
            guard let model = models.liveModel(wanted.options.model ?? route.defaultModel) else {
                endWork()
                return .mustWait
            }
            model.use()
            let control = try control(fields, pace)
            return .work(
                try work(route, wanted, model, control) { [self] result in
                    done(endShort(route, began, pace, Result { Reply(try result.get()) }))
                })
        } catch {
            return .reply(endShort(route, began, pace, .failure(error)))
        }
    }

    private func work(
        _ route: Route, _ wanted: TextRequest, _ model: LiveModel, _ control: RequestControl,
        done: @escaping @Sendable (Result<String, any Error>) -> Void
    ) throws -> [Work] {
        switch route {
        case .classify: try work(ClassifyEndpoint.self, wanted, model, control, done: done)
        case .tag: try work(TagEndpoint.self, wanted, model, control, done: done)
        default: try work(TokenizeEndpoint.self, wanted, model, control, done: done)
        }
    }

    private func endShort(
        _ route: Route, _ began: ContinuousClock.Instant, _ pace: ConnectionPace, _ result: Result<Reply, any Error>
    ) -> Reply {
        pace.end()
        endWork()
        switch result {
        case .success(let reply):
            account(route.path, 200, since: began)
            return reply
        case .failure(let error):
            let refusal = pace.hasGone && !(error is Refusal) ? .gone : Refusal(error)
            if refusal.status.code >= 500, refusal.code == "internal" {
                logger.error("request failed", metadata: ["route": "\(route.path)", "reason": "\(error)"])
            }
            count(refusal)
            account(route.path, Int(refusal.status.code), since: began)
            return Reply(refusal)
        }
    }
}

extension Route {
    /// The model of a request for texts that names none.
    fileprivate var defaultModel: String {
        switch self {
        case .classify: ClassifyEndpoint.defaultModel
        case .tag: TagEndpoint.defaultModel
        default: TokenizeEndpoint.defaultModel
        }
    }
}
