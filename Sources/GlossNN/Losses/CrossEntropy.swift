import CKernels

/// Cross-entropy in nats: Σ weight · -log softmax(logits)[target] / normalizer, with label smoothing
/// (Szegedy et al. 2016, section 7).
///
/// logits [rows, classes]; targets [rows], a negative one is left out; classWeights [classes] or empty; normalizer: what
/// the sum is divided by, so that parts of a batch add up to its mean. → [1]
public func crossEntropy(
    _ logits: Variable, targets: [Int32], smoothing: Float = 0, classWeights: [Float] = [], normalizer: Float,
    tape: Tape?
) -> Variable {
    let rows = logits.value.rows, classes = logits.value.columns
    precondition(targets.count == rows, "\(targets.count) targets for logits \(logits.value.shape)")
    var probabilities = logits.value
    var logSums = [Float](repeating: 0, count: rows)
    gloss_softmax(rows, classes, probabilities.mutablePointer(), &logSums)
    let spread = smoothing / Float(classes)
    func weight(_ target: Int32) -> Float { classWeights.isEmpty ? 1 : classWeights[Int(target)] }
    var sum = 0.0
    for (row, target) in targets.enumerated() where target >= 0 {
        precondition(Int(target) < classes, "target \(target) of \(classes) classes")
        var nats = Double(logSums[row] - (1 - smoothing) * logits.value[row * classes + Int(target)])
        if smoothing > 0 {
            let total = (0..<classes).reduce(Float(0)) { $0 + logits.value[row * classes + $1] }
            nats -= Double(spread * total)
        }
        sum += Double(weight(target)) * nats
    }
    let loss = Tensor([1], [Float(sum) / normalizer])
    guard let tape else { return Variable(loss) }
    let kept = Moved(consume probabilities)
    return tape.record(loss) { d, gradients in
        // The probabilities become the gradient where they stand: of a large vocabulary each copy costs as much as this.
        var dx = kept.take()
        let target = dx.mutablePointer(), scale = d[0] / normalizer
        for (row, wanted) in targets.enumerated() {
            let factor = wanted < 0 ? 0 : scale * weight(wanted), at = row * classes
            gloss_scale(classes, factor, target + at)
            guard wanted >= 0 else { continue }
            target[at + Int(wanted)] -= factor * (1 - smoothing)
            if smoothing > 0 { for j in 0..<classes { target[at + j] -= factor * spread } }
        }
        gradients.add(dx, to: logits)
    }
}

/// Cross-entropy with targets of any probability in nats: Σ -p · log softmax(logits) / normalizer.
///
/// logits, probabilities [rows, classes], each row of which adds up to 1; normalizer as above. → [1]
public func crossEntropy(_ logits: Variable, probabilities: Tensor, normalizer: Float, tape: Tape?) -> Variable {
    let rows = logits.value.rows, classes = logits.value.columns
    precondition(probabilities.shape == logits.value.shape, "\(probabilities.shape) for \(logits.value.shape)")
    var found = logits.value
    var logSums = [Float](repeating: 0, count: rows)
    gloss_softmax(rows, classes, found.mutablePointer(), &logSums)
    let sum = (0..<rows * classes).reduce(0.0) {
        $0 + Double(probabilities[$1] * (logSums[$1 / classes] - logits.value[$1]))
    }
    let loss = Tensor([1], [Float(sum) / normalizer])
    guard let tape else { return Variable(loss) }
    return tape.record(loss) { [found] d, gradients in
        gradients.update(logits) { dx in
            dx.add(found, scale: d[0] / normalizer)
            dx.add(probabilities, scale: -d[0] / normalizer)
        }
    }
}

/// A tensor that is used up once, so that whoever takes it owns it alone and changes it without a copy.
private final class Moved {
    private var tensor: Tensor?

    init(_ tensor: consuming Tensor) { self.tensor = tensor }

    func take() -> Tensor {
        guard let tensor = tensor.take() else { preconditionFailure("a pullback is called once") }
        return tensor
    }
}

/// Softmax over each row of logits [rows, classes]: probabilities, kept shape.
public func softmax(_ logits: Tensor) -> Tensor {
    var y = logits
    gloss_softmax(y.rows, y.columns, y.mutablePointer(), nil)
    return y
}

/// log softmax(logits)[target] of each row in nats: logits [rows, classes], targets [rows] → [rows].
public func logProbabilities(_ logits: Tensor, of targets: [Int32]) -> [Float] {
    var copy = logits
    var sums = [Float](repeating: 0, count: logits.rows)
    gloss_softmax(copy.rows, copy.columns, copy.mutablePointer(), &sums)
    return targets.indices.map { logits[$0 * logits.columns + Int(targets[$0])] - sums[$0] }
}
