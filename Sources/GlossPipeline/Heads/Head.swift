import GlossNN

/// States → scores → loss or answers. A head is trained and served by the same definition.
public protocol Head: Module {
    /// What the data says about one sequence.
    associatedtype Target: Sendable
    /// What the model says about one sequence.
    associatedtype Answer: Sendable

    /// Scores of a batch's states [rows, features]; what the shape is, each head says.
    func scores(_ states: Variable, _ layout: SequenceLayout, tape: Tape?) -> [Variable]

    /// The loss in nats, Σ over the batch / normalizer. → [1]
    func loss(
        _ scores: [Variable], _ targets: [Target], _ layout: SequenceLayout, options: LossOptions, normalizer: Float,
        tape: Tape?
    ) -> Variable

    /// The answers, in the caller's order of sequences.
    func answers(_ scores: [Variable], _ layout: SequenceLayout) -> [Answer]

    /// What a batch's loss is divided by to be a mean: sequences, or steps.
    static func normalizer(_ layout: SequenceLayout) -> Int
}

/// What changes a loss.
public struct LossOptions: Sendable {
    /// The part of a target's probability that is spread over all classes.
    public var smoothing: Float
    /// The weight of each class; empty means 1 each.
    public var classWeights: [Float]
    /// The loss of disturbed features beside that of the true ones.
    public var adversarial: AdversarialConfiguration

    /// The options of a loss.
    public init(
        smoothing: Float = 0, classWeights: [Float] = [],
        adversarial: AdversarialConfiguration = AdversarialConfiguration()
    ) {
        self.smoothing = smoothing
        self.classWeights = classWeights
        self.adversarial = adversarial
    }
}
