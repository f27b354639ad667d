/// Adversarial and virtual adversarial training on the features of words (Miyato et al. 2017): the same loss where each
/// sequence is moved a little in the direction that raises it most.
public struct AdversarialConfiguration: Codable, Sendable, Equatable {
    /// What the disturbed loss weighs beside the plain one; 0 leaves it out.
    public var weight: Float = 0
    /// How far a sequence is moved: the part of its features' length, of all words together.
    public var norm: Float = 0.02
    /// What a text without a label weighs, beside a labelled one's 1: its answer shall stay when it is disturbed.
    public var unlabelled: Float = 1

    /// The defaults.
    public init() {}
}
