import Dispatch
import Foundation
import GlossNN

/// What a run tells while it goes on.
public enum TrainingEvent: Sendable {
    /// After a step.
    case step(TrainingProgress)
    /// After the state was kept while the run goes on.
    case kept(TrainingProgress)
    /// After an evaluation; whether it is the best so far.
    case evaluated(epoch: Int, Evaluation, loss: Double, isBest: Bool, seconds: Double)
}

/// Where a run stands.
public struct TrainingProgress: Sendable {
    /// The running epoch, from 1, and how many there are.
    public var epoch, epochs: Int
    /// Batches done in this epoch, and how many there are.
    public var batch, batches: Int
    /// The mean loss of this epoch, nats.
    public var loss: Double
    /// Tokens a second in this epoch.
    public var tokensPerSecond: Double
    /// Seconds until the last epoch would end.
    public var secondsLeft: Double
    /// The last evaluation.
    public var evaluation: Evaluation?
}

/// What happens around a run's steps, whatever is trained.
public struct TrainingHooks {
    /// What must be equal for a checkpoint to be resumed.
    public let fingerprint: String
    /// Called with the state to be kept, at the end of a run and after `checkpointInterval`.
    public var save: (TrainingState) throws -> Void = { _ in }
    /// Called as the run goes on.
    public var report: (TrainingEvent) -> Void = { _ in }
    /// Whether somebody asked to stop; the state is saved first.
    public var isCancelled: () -> Bool = { false }
    /// Seconds between checkpoints.
    public var checkpointInterval = 180.0

    /// Hooks that do nothing.
    public init(fingerprint: String) { self.fingerprint = fingerprint }
}

/// Trains a model of any task: shards in parallel, early stopping, checkpoints, the same result for the same seed.
public struct Trainer<T: TrainingTask> {
    /// The task.
    public let task: T
    /// How to train.
    public let configuration: TrainingConfiguration
    /// What happens around the steps.
    public var hooks: TrainingHooks

    /// A trainer of a task.
    public init(_ task: T, _ configuration: TrainingConfiguration, _ hooks: TrainingHooks) {
        self.task = task
        self.configuration = configuration
        self.hooks = hooks
    }

    /// What a run ends with.
    public struct Outcome {
        /// The best model.
        public var model: T.Model
        /// Its evaluation.
        public var evaluation: Evaluation
        /// Seconds of training, over all interruptions.
        public var seconds: Double
        /// Whether it was stopped before its end.
        public var isCancelled: Bool
    }

    /// Trains `model`, or goes on from `state`.
    ///
    /// Throws `TrainingError` for a gradient that is not finite, a checkpoint of another run and a model that no evaluation gave a
    /// number, and whatever `save` throws.
    public func train(_ model: T.Model, from state: TrainingState? = nil) throws -> Outcome {
        var run = try Run(model, configuration, hooks.fingerprint, state)
        var started = Date()
        func stamp() {
            run.header.seconds += Date().timeIntervalSince(started)
            started = Date()
        }
        var saved = Date()
        while run.header.epoch < configuration.epochs, !isExhausted(run.header) {
            let batches = task.batches(epoch: run.header.epoch, seed: configuration.seed)
            guard !batches.isEmpty else { throw TrainingError.data("the training data holds no example") }
            let evaluations = evaluationPoints(batches.count)
            var meter = Meter(started: Date())
            if run.header.batch == 0 { run.memories = [] }
            while run.header.batch < batches.count {
                let batch = batches[run.header.batch]
                let total = Float(configuration.epochs * batches.count)
                let done = Float(run.header.epoch * batches.count + run.header.batch)
                let loss = try step(&run, batch, progress: done / total)
                run.header.batch += 1
                meter.add(loss: loss, tokens: task.tokens(batch))
                hooks.report(.step(progress(run, batches.count, meter)))
                if evaluations.contains(run.header.batch) {
                    let evaluation = evaluate(&run)
                    stamp()
                    hooks.report(
                        .evaluated(
                            epoch: run.header.epoch + 1, evaluation.value, loss: meter.loss,
                            isBest: evaluation.isBest, seconds: run.header.seconds))
                    if isExhausted(run.header) { break }
                }
                if hooks.isCancelled() {
                    stamp()
                    try hooks.save(run.state)
                    return outcome(run, isCancelled: true)
                }
                if Date().timeIntervalSince(saved) > hooks.checkpointInterval {
                    stamp()
                    try hooks.save(run.state)
                    hooks.report(.kept(progress(run, batches.count, meter)))
                    saved = Date()
                }
            }
            run.header.epoch += 1
            run.header.batch = 0
        }
        stamp()
        if run.header.best == nil {
            throw TrainingError.diverged("what was learned gives no number on the held-out data")
        }
        try hooks.save(run.state)
        return outcome(run, isCancelled: false)
    }

    private func isExhausted(_ header: TrainingState.Header) -> Bool {
        configuration.patience > 0 && header.evaluationsWithoutGain >= configuration.patience
    }

    /// Counts of batches after which the model is evaluated.
    private func evaluationPoints(_ batches: Int) -> Set<Int> {
        let count = max(1, min(configuration.evaluationsPerEpoch, batches))
        return Set((1...count).map { batches * $0 / count })
    }

    /// One update at `progress`, the part of the run that is done; the loss of the batch.
    ///
    /// Where loss or gradient is not finite, what is kept is the state before the batch.
    private func step(_ run: inout Run<T.Model>, _ batch: T.Batch, progress: Float) throws -> Double {
        let memories = run.memories
        let (gradients, loss) = gradients(&run, batch)
        func failure() throws -> TrainingError {
            run.memories = memories
            try hooks.save(run.state)
            return .notFinite(epoch: run.header.epoch + 1, batch: run.header.batch + 1, loss: loss)
        }
        guard loss.isFinite else { throw try failure() }
        let rate = configuration.optimizer.rate * configuration.schedule.factor(at: progress)
        let norm = run.optimizer.step(
            &run.model, gradients, rate: rate, progress: progress, threads: configuration.shards)
        if !norm.isFinite { throw try failure() }
        return Double(loss)
    }

    /// The gradients of a batch and its loss. The threads' copy of the model ends here: were it alive while the
    /// optimiser writes, every parameter would be copied first.
    private func gradients(_ run: inout Run<T.Model>, _ batch: T.Batch) -> (Gradients, Float) {
        let parts = task.split(batch, shards: configuration.shards)
        let normalizer = task.normalizer(batch)
        while run.memories.count < parts.count { run.memories.append(ShardMemory()) }
        while run.gradients.count < run.memories.count { run.gradients.append(Gradients()) }
        let shards = ShardResults(run.memories, run.gradients)
        let task = task, model = run.model, number = run.optimizer.steps, seed = configuration.seed
        let precision = configuration.precision
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            shards.compute(index) { memory, gradients in
                // The masks depend on seed, step and shard alone.
                let random = RandomSource(seed: seed, stream: UInt64(number) &* 64 &+ UInt64(index) &+ 1)
                let tape = Tape(random: random, precision: precision)
                let loss = task.loss(model, parts[index], memory: &memory, normalizer: normalizer, tape: tape)
                _ = tape.backward(from: loss, into: gradients)
                return loss.value[0]
            }
        }
        run.memories = shards.memories
        return (shards.sum(model), shards.losses.reduce(0, +))
    }

    private func evaluate(_ run: inout Run<T.Model>) -> (value: Evaluation, isBest: Bool) {
        let candidate = run.optimizer.averaged(run.model)
        let evaluation = task.evaluate(candidate)
        let isBest = evaluation.score > run.header.best?.score ?? -.infinity
        if isBest {
            run.header.best = evaluation
            run.best = candidate
            run.header.evaluationsWithoutGain = 0
        } else {
            run.header.evaluationsWithoutGain += 1
        }
        return (evaluation, isBest)
    }

    private func outcome(_ run: Run<T.Model>, isCancelled: Bool) -> Outcome {
        Outcome(
            model: run.best, evaluation: run.header.best ?? Evaluation(score: 0, metrics: [:], shown: ""),
            seconds: run.header.seconds, isCancelled: isCancelled)
    }

    private func progress(_ run: Run<T.Model>, _ batches: Int, _ meter: Meter) -> TrainingProgress {
        let seconds = Date().timeIntervalSince(meter.started)
        let left = (configuration.epochs - run.header.epoch) * batches - run.header.batch
        return TrainingProgress(
            epoch: run.header.epoch + 1, epochs: configuration.epochs, batch: run.header.batch, batches: batches,
            loss: meter.loss, tokensPerSecond: Double(meter.tokens) / max(seconds, 1e-9),
            secondsLeft: seconds / Double(max(meter.steps, 1)) * Double(left), evaluation: run.header.best)
    }
}

/// Sums over the running epoch.
private struct Meter {
    let started: Date
    var steps = 0
    var tokens = 0
    var sum = 0.0
    var loss: Double { steps == 0 ? 0 : sum / Double(steps) }

    mutating func add(loss: Double, tokens: Int) {
        steps += 1
        sum += loss
        self.tokens += tokens
    }
}
