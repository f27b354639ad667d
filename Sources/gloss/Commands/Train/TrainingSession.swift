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
        sources = try (options.train + [options.dev].compactMap { $0 }).filter { $0 != "-" }.map { path in
            let print = try DataFingerprint(path: path)
            return DataSource(
                name: URL(fileURLWithPath: path).lastPathComponent, sha256: print.sha256, bytes: print.byteCount,
                licence: options.licence)
        }
    }

    /// What must not change between a run and its resumption.
    private func fingerprint(_ task: Task) throws -> String {
        // Rate and clipping may be changed on the way: that is how a run that diverged is saved.
        var kept = run
        kept.training.optimizer.rate = OptimizerConfiguration().rate
        kept.training.optimizer.clip = OptimizerConfiguration().clip
        let data = sources.map { $0.name + " " + $0.sha256 }
        return try "\(task.rawValue)\n" + kept.toml() + data.joined(separator: "\n")
    }

    /// Trains, with checkpoints in the store; resumes where that is asked for.
    func train<T: TrainingTask>(_ task: T, _ fresh: T.Model, kind: Task) throws -> Trainer<T>.Outcome {
        var trainer = Trainer(task, run.training, fingerprint: try fingerprint(kind))
        trainer.checkpointInterval = options.checkpointEvery
        trainer.save = { state in
            try store.saveCheckpoint(
                run: name, kind: .last, step: state.header.optimizerSteps, payload: try state.encoded())
        }
        trainer.report = { printer.show($0) }
        trainer.isCancelled = { interruption.isWished }
        var state: TrainingState?
        if options.resume || options.resumeOrStart {
            let checkpoint = try store.checkpoint(run: name, kind: .last)
            if options.resume, checkpoint == nil {
                throw CommandError(
                    ExitStatus.unavailable, "\(store.path) has no checkpoint of “\(name)”; train without --resume")
            }
            state = try checkpoint.map { try TrainingState(decoding: $0.payload) }
        }
        let outcome = try trainer.train(fresh, from: state)
        if outcome.isCancelled {
            throw CommandError(
                ExitStatus.tryAgain, "stopped; the state is kept, go on with the same command and --resume")
        }
        return outcome
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
