import GlossNN

/// A text's states → one number.
public struct NumberHead: Head {
    /// Pooled states → the standardised number.
    public var output: ClassificationHead
    /// Mean and standard deviation of the training values: the network learns the standardised number.
    public var mean: Float = 0, deviation: Float = 1

    /// A head over a stack.
    public init(_ configuration: HeadConfiguration, stack: RecurrentStack, using random: inout RandomSource) {
        output = ClassificationHead(configuration, stack: stack, classes: 1, using: &random)
    }

    /// Walks attention, output.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try output.forEachParameter(path, body)
    }

    /// The standardised number, [batch, 1].
    public func scores(_ states: Variable, _ layout: SequenceLayout, tape: Tape?) -> [Variable] {
        output.scores(states, layout, tape: tape)
    }

    /// Squared error of the standardised number.
    public func loss(
        _ scores: [Variable], _ targets: [Float], _ layout: SequenceLayout, options: LossOptions, normalizer: Float,
        tape: Tape?
    ) -> Variable {
        let wanted = Tensor([targets.count, 1], targets.map { ($0 - mean) / deviation })
        return meanSquaredError(scores[0], targets: wanted, normalizer: normalizer, tape: tape)
    }

    /// The numbers, a text each.
    public func answers(_ scores: [Variable], _ layout: SequenceLayout) -> [Float] {
        scores[0].value.scalars.map { $0 * deviation + mean }
    }

    /// A mean over texts.
    public static func normalizer(_ layout: SequenceLayout) -> Int { layout.batch }
}
