import Foundation
import GlossStore
import GlossText
import HummingbirdCore

#if canImport(Glibc)
    import Glibc
#endif

extension Answering {
    /// Everything that does no work on texts.
    func page(_ route: Route, _ request: Request) async throws -> Reply {
        switch route {
        case .health: return Reply("{\"status\":\"ok\"}")
        case .ready: return await ready()
        case .metrics: return Reply(await metricsText(), contentType: "text/plain; version=0.0.4")
        case .status: return Reply(await status())
        case .openapi: return Reply(OpenAPI.document(version: version))
        case .models:
            let objects = try await models.summaries().map { modelObject($0) }
            return Reply(JSONText.object([("object", "\"list\""), ("data", JSONText.array(objects))]))
        case .model: return try await modelPage(String(request.uri.path.dropFirst("/v1/models/".count)))
        case .reload:
            let reload = reload.withLock { $0 }
            await reload()
            return Reply("{\"status\":\"reloaded\"}")
        case .unload:
            guard let name = request.uri.queryParameters["model"].map(String.init),
                (try? ModelReference(parsing: name)) != nil
            else {
                throw Refusal.invalid("say which model: /admin/unload?model=NAME, or NAME:VERSION", parameter: "model")
            }
            return Reply("{\"unloaded\":\(try await models.unload(name))}")
        case .drain:
            stop.ask()
            return Reply("{\"status\":\"draining\"}")
        case .classify, .tag, .tokenize, .completions: preconditionFailure("\(route) does work")
        }
    }

    private func ready() async -> Reply {
        let refused = await models.standings.filter { $0.state == "refused" }
        var reply = Reply(
            JSONText.object([
                ("status", stop.isAsked ? "\"stopping\"" : "\"ready\""),
                (
                    "refused",
                    JSONText.array(
                        refused.map {
                            JSONText.object([
                                ("id", JSONText.string($0.reference)), ("error", JSONText.string($0.error ?? "")),
                            ])
                        })
                ),
            ]))
        if stop.isAsked { reply.status = .serviceUnavailable }
        return reply
    }

    /// The shape of OpenAI's list, with Gloss's own fields.
    private func modelObject(_ summary: ModelSummary, _ more: [(key: String, value: String)] = []) -> String {
        JSONText.object(
            [
                ("id", JSONText.string(summary.reference.description)), ("object", "\"model\""),
                ("created", String(Int(summary.created.timeIntervalSince1970))), ("owned_by", "\"gloss\""),
                ("task", JSONText.string(summary.task)), ("parameters", String(summary.parameters)),
                ("bytes", String(summary.bytes)), ("checksum", JSONText.string(summary.checksum)),
                (
                    "metrics",
                    JSONText.object(
                        summary.metrics.sorted { $0.key < $1.key }.map {
                            ($0.key, $0.value.isFinite ? "\($0.value)" : "null")
                        })
                ),
            ] + more)
    }

    /// The model as it serves under this name: the version that answers, which may be older than the store's newest.
    private func modelPage(_ name: String) async throws -> Reply {
        let live: LiveModel
        do {
            live = try await model(name.removingPercentEncoding ?? name)
        } catch let error as AnswersNothing {
            return Reply(modelObject(error.summary))
        }
        let summary = live.summary
        guard case .tag(let tagger) = live.model else { return Reply(modelObject(summary)) }
        let inputs = tagger.configuration.encoder.columns.map { JSONText.string($0) }
        return Reply(
            modelObject(
                summary,
                [
                    ("columns", TagEndpoint.columns(tagger)), ("inputs", JSONText.array(inputs)),
                    ("reach", String(tagger.reach)),
                ]))
    }

    private func metricsText() async -> String {
        let standings = await models.standings
        return metrics.text(gauges: [
            ("gloss_queue_pieces", "Pieces of work that wait.", [("", Double(queue.count))]),
            ("gloss_requests_running", "Requests that wait or run.", [("", Double(requests))]),
            ("gloss_connections", "Open connections.", [("", Double(connections.count))]),
            (
                "gloss_model_bytes", "Memory of a loaded model, about.",
                standings.filter { $0.state == "loaded" }.map { ("model=\"\($0.reference)\"", Double($0.bytes)) }
            ),
            (
                "gloss_model_refused", "A version that does not serve.",
                standings.filter { $0.state == "refused" }.map { ("model=\"\($0.reference)\"", 1) }
            ),
            ("process_resident_memory_bytes", "Resident memory.", [("", Double(Metrics.residentBytes))]),
            ("process_start_time_seconds", "Start of the process.", [("", started.timeIntervalSince1970)]),
        ])
    }

    private func status() async -> String {
        let configuration = configuration.value
        let all = metrics.counts("gloss_requests_total")
        let failed = all.filter { $0.key.contains("status=\"5") }.values.reduce(0, +)
        let rejected = metrics.counts("gloss_rejections_total").sorted { $0.key < $1.key }.map { label, count in
            (key: String(label.dropFirst("reason=\"".count).dropLast()), value: String(Int(count)))
        }
        let models = await models.standings.map { model in
            JSONText.object([
                ("id", JSONText.string(model.reference)), ("task", JSONText.string(model.task)),
                ("state", JSONText.string(model.state)), ("bytes", String(model.bytes)),
                ("requests", String(model.requests)), ("error", model.error.map { JSONText.string($0) } ?? "null"),
            ])
        }
        return JSONText.object([
            ("version", JSONText.string(version)), ("pid", String(getpid())),
            ("uptime_seconds", "\(Date().timeIntervalSince(started))"),
            ("state", stop.isAsked ? "\"draining\"" : "\"ready\""),
            ("socket", JSONText.string(configuration.socket)),
            ("stores", JSONText.array(stores.map { JSONText.string($0) })),
            ("resident_bytes", String(Metrics.residentBytes)), ("connections", String(connections.count)),
            (
                "queue",
                JSONText.object([("waiting", String(requests)), ("limit", String(configuration.limits.requests))])
            ),
            (
                "requests",
                JSONText.object([
                    ("total", String(Int(all.values.reduce(0, +)))), ("failed", String(Int(failed))),
                    ("rejected", JSONText.object(rejected)),
                ])
            ), ("models", JSONText.array(models)),
        ])
    }
}
