/// Adversarial training on the features of words (Miyato et al. 2017): the same loss where each sequence is moved a little
/// in the direction that raises it most.
public struct AdversarialConfiguration: Codable, Sendable, Equatable {
    /// What the disturbed loss weighs beside the plain one; 0 leaves it out.
    public var weight: Float = 0
    /// How far a sequence is moved, in mean lengths of its words' features.
    public var norm: Float = 0.3

    /// The defaults.
    public init() {}
}
