import CMalloc
import Foundation
import GlossNN
import GlossPipeline
import GlossStore
import Logging
import Synchronization

/// The models that serve. New versions in the store are loaded beside the old ones and take over by the name; what runs
/// finishes with the model it began with.
actor LiveModels {
    /// What is known of a version that was asked for.
    struct Standing: Sendable {
        var reference: String
        var task: String
        var state: String
        var bytes = 0
        var requests = 0
        var error: String?
    }

    private let paths: StorePaths
    private let logger: Logger
    /// Live models by exact reference.
    private var live: [ModelReference: LiveModel] = [:] {
        didSet { publish() }
    }
    /// The exact version that a bare name means while the daemon serves it.
    private var current: [String: ModelReference] = [:] {
        didSet { publish() }
    }
    /// The live models by all that they are called, for requests that need not wait for this actor.
    private let serving = Mutex<[String: LiveModel]>([:])
    /// Whether the store is being looked at, and what is new is read.
    private(set) var isRefreshing = false
    private var loading: [ModelReference: _Concurrency.Task<LiveModel, any Error>] = [:]
    /// Versions that do not serve, why, and when that was found.
    private var refused: [ModelReference: (reason: String, time: ContinuousClock.Instant)] = [:]
    /// The one connection on which changes are looked for: the number counts those of other connections. The file is
    /// known by its number, since another may take its place.
    private var watched: (store: ModelStore, version: Int, file: UInt64)?

    /// How long a version that was refused is not tried again for a request: each try reads all of it.
    private static let patience = Duration.seconds(5)

    init(paths: StorePaths, logger: Logger) {
        self.paths = paths
        self.logger = logger
    }

    private func publish() {
        var models = Dictionary(uniqueKeysWithValues: live.map { ($0.key.description, $0.value) })
        for (name, reference) in current { models[name] = live[reference] }
        serving.withLock { $0 = models }
    }

    /// The model of `NAME` or `NAME:VERSION` if it is loaded.
    nonisolated func liveModel(_ text: String) -> LiveModel? { serving.withLock { $0[text] } }

    /// The model of `NAME` or `NAME:VERSION`, loaded if it is not yet. Throws `StoreError`, `ModelRefused` and `AnswersNothing`.
    func model(_ text: String) async throws -> LiveModel {
        let wanted = try ModelReference(parsing: text)
        if wanted.version == nil, let exact = current[wanted.name], let model = live[exact] { return model }
        if let model = live[wanted] { return model }
        let found = try summary(wanted), exact = found.reference
        if [Task.pretrain, .vectors].map(\.rawValue).contains(found.task) { throw AnswersNothing(summary: found) }
        if let (reason, time) = refused[exact], .now - time < Self.patience { throw ModelRefused(reason) }
        let model = try await load(exact)
        // A version that came while this one was read is left to the next look at the store.
        if wanted.version == nil, current[wanted.name] == nil {
            current[wanted.name] = exact
            if (try? summary(wanted).reference) != exact { watched = nil }
        }
        return model
    }

    /// The description of a version. Throws `StoreError`.
    func summary(_ reference: ModelReference) throws -> ModelSummary {
        try StoreCatalog(paths: paths).summary(reference).summary
    }

    /// The current versions of all models. Throws `StoreError`.
    func summaries() throws -> [ModelSummary] {
        var seen = Set<String>()
        return try StoreCatalog(paths: paths).summaries().map(\.summary)
            .filter { $0.standing == .current && seen.insert($0.name).inserted }
    }

    /// Loads a version that is not there, or with `replaces` another one that now has its name and number.
    private func load(_ exact: ModelReference, replaces: Bool = false) async throws -> LiveModel {
        if let model = live[exact], !replaces { return model }
        if let running = loading[exact] { return try await running.value }
        let paths = paths
        let task = _Concurrency.Task.detached {
            let catalog = try StoreCatalog(paths: paths)
            let model = try LiveModel(catalog.load(exact), catalog.summary(exact).summary)
            // Reading leaves as much free memory behind as the model takes.
            self.releaseMemory()
            return model
        }
        loading[exact] = task
        defer { loading[exact] = nil }
        do {
            let model = try await task.value
            live[exact] = model
            refused[exact] = nil
            logger.info("model loaded", metadata: ["model": "\(exact)", "bytes": "\(model.bytes)"])
            return model
        } catch {
            refused[exact] = ("\(error)", .now)
            logger.error("model refused", metadata: ["model": "\(exact)", "reason": "\(error)"])
            throw error
        }
    }

    /// Gives memory back that is free in this process.
    nonisolated func releaseMemory() {
        releaseKeptMemory()
        malloc_trim(0)
    }

    /// Looks for new versions of the models that are live under their names, and for others that have taken the place of live ones; a
    /// version that is refused changes nothing.
    func refresh(force: Bool = false) async {
        while isRefreshing {
            // What was asked for in so many words is done after what is going on.
            guard force else { return }
            try? await _Concurrency.Task.sleep(for: .milliseconds(20))
        }
        guard hasChanged() || force else { return }
        isRefreshing = true
        defer { isRefreshing = false }
        // A version that its name does not mean any more, and nobody can have asked for, is no fault.
        for reference in refused.keys
        where (try? summary(ModelReference(name: reference.name)).reference) != reference { refused[reference] = nil }
        for (name, old) in current {
            guard let bare = try? ModelReference(name: name), let found = description(of: bare, live: old) else {
                continue
            }
            let exact = found.reference, isOther = live[exact].map { !$0.summary.isSameVersion(found) } ?? false
            guard exact != old || isOther, force || refused[exact] == nil else { continue }
            guard (try? await load(exact, replaces: isOther)) != nil else { continue }
            current[name] = exact
            logger.info("model swapped", metadata: ["from": "\(old)", "to": "\(exact)"])
            if old != exact, !current.values.contains(old) { live[old] = nil }
        }
        for (reference, model) in live where !current.values.contains(reference) {
            guard let found = description(of: reference, live: reference) else { continue }
            if !found.isSameVersion(model.summary) { forget(reference) }
        }
    }

    /// What the store says of a reference under which a live model is asked for; nil where it cannot be read now. A model that it
    /// does not have any more is forgotten.
    private func description(of reference: ModelReference, live exact: ModelReference) -> ModelSummary? {
        do {
            return try summary(reference)
        } catch {
            if (error as? StoreError)?.kind == .notFound { forget(exact) }
            return nil
        }
    }

    private func hasChanged() -> Bool {
        if watched == nil {
            guard let file = fileNumber, let store = try? ModelStore(path: paths.user, mode: .readOnly),
                let version = try? store.dataVersion
            else { return false }
            watched = (store, version, file)
            return true
        }
        guard let (store, version, file) = watched else { return false }
        guard fileNumber == file, let now = try? store.dataVersion else {
            watched = nil
            return true
        }
        watched = (store, now, file)
        return now != version
    }

    /// The number of the store's file (stat(2)); nil while there is none.
    private var fileNumber: UInt64? {
        try? FileManager.default.attributesOfItem(atPath: paths.user)[.systemFileNumber] as? UInt64
    }

    /// Unloads what nobody has asked for. Units: seconds.
    func unload(idleFor seconds: Double) {
        for (reference, model) in live where model.idle > .seconds(seconds) { forget(reference) }
    }

    /// Unloads a model by name or exact reference; says how many versions.
    func unload(_ text: String) throws -> Int {
        let wanted = try ModelReference(parsing: text)
        let found = live.keys.filter { $0.name == wanted.name && (wanted.version == nil || $0 == wanted) }
        found.forEach(forget)
        return found.count
    }

    private func forget(_ reference: ModelReference) {
        live[reference] = nil
        current = current.filter { $0.value != reference }
        logger.info("model unloaded", metadata: ["model": "\(reference)"])
    }

    /// Everything that was asked for, by reference.
    var standings: [Standing] {
        let served = live.values.map {
            Standing(
                reference: $0.reference.description, task: $0.task.rawValue, state: "loaded", bytes: $0.bytes,
                requests: $0.requests)
        }
        let coming = loading.keys.map { Standing(reference: $0.description, task: "", state: "loading") }
        let bad = refused.map {
            Standing(reference: $0.key.description, task: "", state: "refused", error: $0.value.reason)
        }
        return (served + coming + bad).sorted { $0.reference < $1.reference }
    }
}

extension ModelSummary {
    /// Whether this is the same version, however it stands to the bare name now.
    fileprivate func isSameVersion(_ other: ModelSummary) -> Bool {
        var other = other
        other.standing = standing
        return self == other
    }
}
