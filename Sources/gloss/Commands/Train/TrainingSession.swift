import Foundation
import GlossNN
import GlossPipeline
import GlossStore
import GlossTraining

/// A training run beside its store: the lock, the checkpoints, the finished version.
struct TrainingSession {
    /// What happens where a state is kept already.
    enum Resumption {
        case never, whereKept, required
    }

    let options: TrainOptions
    /// Files that are learned from beside those of the options.
    private let furtherFiles: [String]
    let store: ModelStore
    let name: String
    private(set) var run: RunConfiguration
    private(set) var sources: [DataSource]
    /// What is learned from: each file with what it is for, how files are read, and the version that is started from.
    private(set) var dataFingerprint: String
    private(set) var start: StartingPoint
    /// Which part of a search this is, nil for the training of the model that is stored.
    private(set) var trial: String?
    /// When a trial has to end.
    private(set) var deadline = Date.distantFuture
    var resumption: Resumption
    let interruption = Interruption()
    let printer = ProgressPrinter()
    private let lock: TrainingLock

    /// Opens the store and takes the exclusive right to train this model. `files` are learned from beside those of `options`.
    init(_ options: TrainOptions, _ run: RunConfiguration, files: [String] = []) throws {
        self.options = options
        furtherFiles = files
        self.run = run
        let name = try ModelReference(name: options.model ?? "").name
        self.name = name
        store = try options.store.userStore(busyTimeout: 5)
        lock = try TrainingLock(store: store.path, model: name)
        resumption = options.resume ? .required : options.resumeOrStart ? .whereKept : .never
        if resumption != .never,
            let path = (options.train + files + [options.dev].compactMap(\.self)).first(where: Self.isStream)
        {
            throw CommandError(
                ExitStatus.usage,
                "\(path == "-" ? "standard input" : path) cannot be read a second time; to go on with a training, give its data as a file"
            )
        }
        let reference: String
        (start, reference) = try Self.start(run.training, options.store)
        (sources, dataFingerprint) = try Self.sources(options, files, start, reference)
    }

    /// The session of another configuration: the one that a search found, or with `trial` one of those that it tries.
    func changed(to run: RunConfiguration, trial: String? = nil, seconds: Double = .infinity) throws -> TrainingSession
    {
        var copy = self
        copy.run = run
        copy.trial = trial
        copy.deadline = seconds.isFinite ? Date(timeIntervalSinceNow: seconds) : .distantFuture
        let before = self.run.training
        if run.training.vectors != before.vectors || run.training.pretrained != before.pretrained
            || run.training.continues != before.continues
        {
            let reference: String
            (copy.start, reference) = try Self.start(run.training, options.store)
            (copy.sources, copy.dataFingerprint) = try Self.sources(options, furtherFiles, copy.start, reference)
        }
        return copy
    }

    /// Whether a path is of something that can be read once alone: standard input, a pipe.
    private static func isStream(_ path: String) -> Bool {
        var status = stat()
        return path == "-" || stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    private static func sources(
        _ options: TrainOptions, _ files: [String], _ start: StartingPoint, _ reference: String
    ) throws -> ([DataSource], fingerprint: String) {
        var paths = options.train.map { ("train", $0) }
        if let dev = options.dev { paths.append(("dev", dev)) }
        paths += files.map { ("further", $0) }
        if case .file(let path) = start { paths.append(("vectors", path)) }
        var sources: [DataSource] = [], lines: [String] = []
        for (role, path) in paths where !isStream(path) {
            let print = try DataFingerprint(path: path)
            let name = URL(fileURLWithPath: path).lastPathComponent
            sources.append(
                DataSource(name: name, sha256: print.sha256, bytes: print.byteCount, licence: options.licence))
            lines.append("\(role) \(name) \(print.sha256)")
        }
        return (sources, (lines + [options.reading.identity, reference]).joined(separator: "\n"))
    }

    /// What a configuration names to start from, a file of vectors or a model of the store, and which version that is.
    private static func start(_ training: TrainingConfiguration, _ store: StoreOptions) throws
        -> (StartingPoint, reference: String)
    {
        let name = training.pretrained.isEmpty ? training.vectors : training.pretrained
        if name.isEmpty { return (.none, "") }
        if training.pretrained.isEmpty, FileManager.default.fileExists(atPath: name) || name.contains("/") {
            return (.file(name), "")
        }
        let version = try store.version(name)
        let reference = "from \(version.name):\(version.version) of \(version.created.timeIntervalSince1970)"
        return (try start(training, version, name), reference)
    }

    private static func start(_ training: TrainingConfiguration, _ version: ModelVersion, _ name: String) throws
        -> StartingPoint
    {
        guard !training.pretrained.isEmpty else {
            guard case .vectors(let vectors) = try version.servingModel() else {
                throw CommandError(
                    ExitStatus.usage,
                    "training.vectors = \(name): that model holds no vectors; name one of gloss train vectors"
                )
            }
            return .vectors(vectors)
        }
        switch try version.model() {
        case .pretrain where training.continues, .generate where training.continues:
            throw CommandError(
                ExitStatus.usage,
                "training.continues: \(name) is trained further by its own task without it; leave it out")
        case .pretrain(let model): return .pretrained(model)
        case let model where training.continues || model.task == .generate: return .whole(model)
        case let model:
            if let encoder = model.pretrainedEncoder { return .encoder(encoder) }
            throw CommandError(
                ExitStatus.usage,
                "training.pretrained = \(name): that model reads no words; name one that classifies or tags, or one of "
                    + "gloss train pretrain")
        }
    }

    /// What must not change between a run and its resumption.
    private func fingerprint(_ task: Task) throws -> String {
        // Of a trial all has to be the same: the next one may differ by its rate alone.
        guard let trial else { return try "\(task.rawValue)\n" + run.identity() + dataFingerprint }
        return try "\(task.rawValue)\n" + run.toml() + dataFingerprint + "\n" + trial
    }

    /// Under what name the state of this run is kept.
    private var checkpoint: String { trial == nil ? name : Self.trials(of: name) }

    /// Where the state of a search's running trial is kept, and where what the search found out: no model has such a name.
    static func trials(of name: String) -> String { "\(name)/trial" }
    static func search(of name: String) -> String { "\(name)/search" }

    /// All names under which states of a model's training and search are kept.
    static func states(of name: String) -> [String] { [name, trials(of: name), search(of: name)] }

    /// Forgets all states of a model's training and search.
    func removeCheckpoints() throws {
        for run in Self.states(of: name) { try store.removeCheckpoint(run: run) }
    }

    /// Writes to the store, however long another process writes to it: what was learned is not given up, unless somebody asks.
    func patiently<Value>(_ write: () throws -> Value) throws -> Value {
        var hasTold = false
        while true {
            do {
                return try write()
            } catch let error as StoreError where error.kind == .busy && !interruption.isWished {
                if !hasTold { Diagnostics.warn("waiting for another process that writes to \(store.path)") }
                hasTold = true
            }
        }
    }

    /// Says something about the run, unless it is one of many.
    func say(_ message: String) {
        if trial == nil { Diagnostics.warn(message) }
    }

    /// Trains, with checkpoints in the store; resumes where that is asked for.
    func train<T: TrainingTask>(_ task: T, _ fresh: T.Model, kind: Task) throws -> Trainer<T>.Outcome {
        for key in run.training.optimizer.idleKeys(for: fresh) {
            say("training.optimizer: the model has no parameter “\(key)”, whose rate changes nothing")
        }
        let precision = run.training.precision
        if !precision.isNative {
            say("training.precision: this processor lacks \(precision.rawValue); float32 is faster here")
        }
        let trainer = Trainer(task, run.training, try hooks(kind))
        let outcome = try trainer.train(fresh, from: try resumedState(kind))
        if outcome.isCancelled { throw Stopped() }
        return outcome
    }

    /// Learns vectors, with checkpoints in the store; resumes where that is asked for.
    func train(_ training: SkipGramTraining) throws -> (vectors: WordVectors, seconds: Double) {
        let outcome = try training.train(try hooks(.vectors), from: try resumedState(.vectors))
        if outcome.isCancelled { throw Stopped() }
        return (outcome.vectors, outcome.seconds)
    }

    /// A run that was asked to end, or whose time was over.
    struct Stopped: ExitMapped {
        let exitStatus = ExitStatus.tryAgain
        let description = "stopped; the state is kept, go on with the same command and --resume"
    }

    private func hooks(_ kind: Task) throws -> TrainingHooks {
        var hooks = TrainingHooks(fingerprint: try fingerprint(kind))
        hooks.checkpointInterval = options.checkpointEvery
        hooks.save = { state in
            // Of a trial that has ended, the figure is kept.
            if trial != nil, state.header.batch == 0 { return }
            let payload = try state.encoded()
            try patiently {
                try store.saveCheckpoint(
                    run: checkpoint, step: state.header.optimizerSteps, payload: payload)
            }
        }
        hooks.report = { event in
            // A trial is one line, at its end.
            if trial != nil { guard case .step = event else { return } }
            printer.show(event)
        }
        hooks.isCancelled = { interruption.isWished || Date() >= deadline }
        return hooks
    }

    /// The state to go on from, where that is asked for.
    private func resumedState(_ task: Task) throws -> TrainingState? {
        guard resumption != .never else { return nil }
        let kept = try store.checkpoint(run: checkpoint)
        if resumption == .required, kept == nil { throw nothingKept }
        guard let kept else { return nil }
        let state = try TrainingState(decoding: kept.payload)
        // What is kept of another trial is of no use to this one.
        return try trial != nil && state.header.configuration != fingerprint(task) ? nil : state
    }

    /// There is nothing to resume.
    var nothingKept: CommandError {
        CommandError(
            ExitStatus.unavailable, "\(store.path) has no checkpoint of “\(name)”; train without --resume")
    }

    /// Stores the finished model and says what came of it. `judge` measures the model as it was stored.
    func finish(_ model: Model, seconds: Double, judge: (Model) throws -> Evaluation) throws {
        let draft = try version(model, metrics: [:], seconds: seconds)
        let evaluation = try judge(draft.servingModel())
        let finished = try version(model, metrics: evaluation.metrics, seconds: seconds)
        let number = try patiently { try store.save(finished) }
        try patiently { try removeCheckpoints() }
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

    /// What is learned from, and what judges.
    typealias Parts<Example> = (train: [Example], held: [Example])

    /// Training and held-out examples: the dev file's, or every tenth of each kind of the training data (2,000 at most, at least
    /// one). The only example of a kind is never held out: nothing would be left to learn it from.
    ///
    /// Throws `TrainingError.data` where no two examples are of a kind.
    static func split<Example>(
        _ examples: [Example], held: [Example]?, kinds: (Example) -> String = { _ in "" }
    ) throws(TrainingError) -> Parts<Example> {
        if let held { return (examples, held) }
        var members: [String: [Int]] = [:]
        for (index, example) in examples.enumerated() { members[kinds(example), default: []].append(index) }
        let several = members.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.flatMap(\.value)
        guard !several.isEmpty else {
            if examples.isEmpty { return ([], []) }
            throw .data("no two examples are of a kind, to learn from and to judge by; give more, or others with --dev")
        }
        let step = min(max(10, (several.count + 1999) / 2000), several.count)
        let isHeld = Set(several.indices.filter { $0 % step == step - 1 }.map { several[$0] })
        return (
            examples.indices.filter { !isHeld.contains($0) }.map { examples[$0] },
            examples.indices.filter(isHeld.contains).map { examples[$0] }
        )
    }

    /// Says how many lines were skipped.
    static func report(skipped: Int) {
        if skipped > 0 { Diagnostics.warn("skipped \(skipped) malformed \(skipped == 1 ? "line" : "lines")") }
    }
}
