import GlossNN

/// What a model's quality is: the metric that training goes by, and all that is stored with the model.
public struct Evaluation: Codable, Sendable, Equatable {
    /// Higher is better.
    public var score: Double
    /// Figures by name, the shown one first in `shown`.
    public var metrics: [String: Double]
    /// What the progress line shows: "accuracy 0.871".
    public var shown: String
    /// What was found of each class, where a finished model was measured; not stored.
    public var classes: [ClassReport] = []

    private enum CodingKeys: String, CodingKey {
        case score, metrics, shown
    }

    /// An evaluation.
    public init(score: Double, metrics: [String: Double], shown: String) {
        self.score = score
        self.metrics = metrics
        self.shown = shown
    }
}

/// What a trainer needs to know of a task: batches, a loss, a metric.
public protocol TrainingTask: Sendable {
    /// What is trained.
    associatedtype Model: Module
    /// What one step learns from.
    associatedtype Batch: Sendable

    /// The batches of an epoch, in order; the same for the same epoch and seed.
    func batches(epoch: Int, seed: UInt64) -> [Batch]
    /// The parts of a batch for `shards` threads; at most that many.
    func split(_ batch: Batch, shards: Int) -> [Batch]
    /// Tokens of a batch, for the rate that is shown.
    func tokens(_ batch: Batch) -> Int
    /// What a whole batch's loss is divided by.
    func normalizer(_ batch: Batch) -> Float
    /// The loss of one part in nats, Σ / normalizer. `memory` is what the part's shard carries from step to step.
    func loss(_ model: Model, _ part: Batch, memory: inout ShardMemory, normalizer: Float, tape: Tape) -> Variable
    /// The model's quality on held-out data.
    func evaluate(_ model: Model) -> Evaluation
}

/// What a shard carries from step to step: the states of a language model's streams.
public struct ShardMemory: Sendable {
    /// One a layer; empty before the first step.
    public var states: [RecurrentState] = []

    /// Nothing carried yet.
    public init() {}
}
