import Foundation
import GlossNN
import GlossPipeline
import GlossStore
import GlossTraining

/// A training run beside its store: the lock, the checkpoints, the finished version.
struct TrainingSession {
    let options: TrainOptions
    let run: RunConfiguration
    let store: ModelStore
    let name: String
    let sources: [DataSource]
    let start: StartingPoint
    private let lock: TrainingLock
    private let interruption = Interruption()
    private let printer = ProgressPrinter()

    /// Opens the store and takes the exclusive right to train this model.
    init(_ options: TrainOptions, _ run: RunConfiguration) throws {
        self.options = options
        self.run = run
        let name = try ModelReference(name: options.model ?? "").name
        self.name = name
        store = try options.store.userStore()
        lock = try TrainingLock(store: store.path, model: name)
        start = try Self.start(run.training, options.store)
        var paths = options.train + [options.dev].compactMap { $0 }
        if case .file(let path) = start { paths.append(path) }
        sources = try paths.filter { $0 != "-" }.map { path in
            let print = try DataFingerprint(path: path)
            return DataSource(
                name: URL(fileURLWithPath: path).lastPathComponent, sha256: print.sha256, bytes: print.byteCount,
                licence: options.licence)
        }
    }

    /// What a configuration names to start from: a file of vectors, or a model of the store.
    private static func start(_ training: TrainingConfiguration, _ store: StoreOptions) throws -> StartingPoint {
        if !training.pretrained.isEmpty {
            guard case .pretrain(let model) = try store.model(training.pretrained).model else {
                throw CommandError(
                    ExitStatus.usage,
                    "training.pretrained = \(training.pretrained): that is no model of gloss train pretrain; name one")
            }
            return .pretrained(model)
        }
        let name = training.vectors
        if name.isEmpty { return .none }
        if FileManager.default.fileExists(atPath: name) || name.contains("/") { return .file(name) }
        guard case .vectors(let vectors) = try store.model(name).model else {
            throw CommandError(
                ExitStatus.usage,
                "training.vectors = \(name): that model holds no vectors; name one of gloss train vectors"
            )
        }
        return .vectors(vectors)
    }

    /// What must not change between a run and its resumption.
    private func fingerprint(_ task: Task) throws -> String {
        let data = sources.map { $0.name + " " + $0.sha256 }
        return try "\(task.rawValue)\n" + run.identity() + data.joined(separator: "\n")
    }

    /// Trains, with checkpoints in the store; resumes where that is asked for.
    func train<T: TrainingTask>(_ task: T, _ fresh: T.Model, kind: Task) throws -> Trainer<T>.Outcome {
        let trainer = Trainer(task, run.training, try hooks(kind))
        let outcome = try trainer.train(fresh, from: try resumedState())
        if outcome.isCancelled { throw Self.stopped }
        return outcome
    }

    /// Learns vectors, with checkpoints in the store; resumes where that is asked for.
    func train(_ training: SkipGramTraining) throws -> (vectors: WordVectors, seconds: Double) {
        let outcome = try training.train(try hooks(.vectors), from: try resumedState())
        if outcome.isCancelled { throw Self.stopped }
        return (outcome.vectors, outcome.seconds)
    }

    private static let stopped = CommandError(
        ExitStatus.tryAgain, "stopped; the state is kept, go on with the same command and --resume")

    private func hooks(_ kind: Task) throws -> TrainingHooks {
        var hooks = TrainingHooks(fingerprint: try fingerprint(kind))
        hooks.checkpointInterval = options.checkpointEvery
        hooks.save = { state in
            try store.saveCheckpoint(
                run: name, kind: .last, step: state.header.optimizerSteps, payload: try state.encoded())
        }
        hooks.report = { printer.show($0) }
        hooks.isCancelled = { interruption.isWished }
        return hooks
    }

    /// The state to go on from, where that is asked for.
    private func resumedState() throws -> TrainingState? {
        guard options.resume || options.resumeOrStart else { return nil }
        let checkpoint = try store.checkpoint(run: name, kind: .last)
        if options.resume, checkpoint == nil {
            throw CommandError(
                ExitStatus.unavailable, "\(store.path) has no checkpoint of “\(name)”; train without --resume")
        }
        return try checkpoint.map { try TrainingState(decoding: $0.payload) }
    }

    /// Stores the finished model and says what came of it. `judge` measures the model as it was stored.
    func finish(_ model: Model, seconds: Double, judge: (Model) throws -> Evaluation) throws {
        let draft = try version(model, metrics: [:], seconds: seconds)
        let evaluation = try judge(draft.model().prepared())
        let number = try store.save(try version(model, metrics: evaluation.metrics, seconds: seconds))
        try store.removeCheckpoints(run: name)
        let figures = evaluation.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \(rounded($0.value, 4))" }
        Output.write(
            "\(name):\(number)  \(figures.joined(separator: "  "))  \(model.parameterCount) parameters  "
                + "\(ProgressPrinter.duration(seconds))\n")
    }

    private func version(_ model: Model, metrics: [String: Double], seconds: Double) throws -> ModelVersion {
        try ModelVersion(
            model, name: name, elementType: options.precision, metrics: metrics, sources: sources,
            seed: run.training.seed, duration: seconds, run: try run.toml(), glossVersion: GlossVersion.current,
            licence: options.licence)
    }

    /// Training and held-out examples: the dev file's, or every tenth of the training data (2,000 at most).
    static func split<Example>(_ examples: [Example], held: [Example]?) -> (train: [Example], held: [Example]) {
        if let held { return (examples, held) }
        let step = max(10, examples.count / 2000)
        let isHeld = { (index: Int) in index % step == step - 1 }
        return (
            examples.enumerated().filter { !isHeld($0.offset) }.map(\.element),
            examples.enumerated().filter { isHeld($0.offset) }.map(\.element)
        )
    }

    /// Says how many lines were skipped.
    static func report(skipped: Int) {
        if skipped > 0 { Diagnostics.warn("skipped \(skipped) malformed lines") }
    }
}
