import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// A text's states → logits of classes.
public struct ClassificationHead: Head {
    /// What it is made of.
    public let configuration: HeadConfiguration
    let bidirectional: Bool
    /// The classes of each answer, where training tells apart more than is answered; else empty.
    let groups: [[Int]]
    /// Attention over states, where it is among the poolings.
    public var attention: AttentionPooling?
    /// Pooled states → logits.
    public var output: Linear

    /// A head of `classes` over a stack; `groups`: the classes of each answer, empty where classes are answers.
    public init(
        _ configuration: HeadConfiguration, stack: RecurrentStack, classes: Int, groups: [[Int]] = [],
        using random: inout RandomSource
    ) {
        precondition(!configuration.pooling.isEmpty, "a classifier pools in at least one way")
        self.configuration = configuration
        self.groups = groups
        bidirectional = stack.configuration.bidirectional
        if configuration.pooling.contains(.attention) {
            attention = AttentionPooling(features: stack.output, using: &random)
        }
        output = Linear(input: stack.output * configuration.pooling.count, output: classes, using: &random)
    }

    /// Walks attention, output.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try attention.forEachParameter(join(path, "attention"), body)
        try output.forEachParameter(join(path, "output"), body)
    }

    /// Logits of the answers, [batch, answers]; behind them those of the classes, where they are others.
    public func scores(_ states: Variable, _ layout: SequenceLayout, tape: Tape?) -> [Variable] {
        let pooled = configuration.pooling.map { pooling in
            switch pooling {
            case .last: poolLast(states, layout, bidirectional: bidirectional, tape: tape)
            case .mean: poolMean(states, layout, tape: tape)
            case .max: poolMax(states, layout, tape: tape)
            case .attention: attention!(states, layout, tape: tape)
            }
        }
        let classes = output(concatenate(pooled, tape: tape), tape: tape)
        return groups.isEmpty ? [classes] : [logSums(classes, over: groups, tape: tape), classes]
    }

    /// Cross-entropy, or binary cross-entropy of each class where a text may belong to several. A target from the number of
    /// answers on is a class behind an answer.
    public func loss(
        _ scores: [Variable], _ targets: [[Int32]], _ layout: SequenceLayout, options: LossOptions, normalizer: Float,
        tape: Tape?
    ) -> Variable {
        guard configuration.multiLabel else {
            let targets = targets.map { $0[0] }
            func loss(_ logits: Variable, _ targets: [Int32]) -> Variable {
                crossEntropy(
                    logits, targets: targets, smoothing: options.smoothing, classWeights: options.classWeights,
                    normalizer: normalizer, tape: tape)
            }
            guard scores.count > 1 else { return loss(scores[0], targets) }
            // A negative target is left out: each text counts where its label is.
            let answers = Int32(groups.count)
            return add(
                loss(scores[0], targets.map { $0 < answers ? $0 : -1 }), loss(scores[1], targets.map { $0 - answers }),
                tape: tape)
        }
        var wanted = Tensor(zeros: scores[0].value.shape)
        for (row, labels) in targets.enumerated() {
            for label in labels { wanted[row * wanted.columns + Int(label)] = 1 }
        }
        return binaryCrossEntropy(scores[0], targets: wanted, normalizer: normalizer, tape: tape)
    }

    /// Cross-entropy with the probabilities of other scores of the same texts, which are taken as they are.
    func loss(_ scores: [Variable], like other: [Variable], normalizer: Float, tape: Tape?) -> Variable {
        // The classes stand last.
        let logits = scores[scores.count - 1], others = other[other.count - 1].value
        guard configuration.multiLabel else {
            return crossEntropy(logits, probabilities: softmax(others), normalizer: normalizer, tape: tape)
        }
        let targets = Tensor(others.shape, others.scalars.map { 1 / (1 + expf(-$0)) })
        return binaryCrossEntropy(logits, targets: targets, normalizer: normalizer, tape: tape)
    }

    /// Logits of the answers, a text each; `TextClassifier` makes calibrated probabilities of them.
    public func answers(_ scores: [Variable], _ layout: SequenceLayout) -> [[Float]] {
        let logits = scores[0].value.scalars, classes = scores[0].value.columns
        return (0..<layout.batch).map { Array(logits[$0 * classes..<($0 + 1) * classes]) }
    }

    /// A mean over texts.
    public static func normalizer(_ layout: SequenceLayout) -> Int { layout.batch }
}
