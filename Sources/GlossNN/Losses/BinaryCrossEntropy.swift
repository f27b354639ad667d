#if canImport(Glibc)
    import Glibc
#endif

/// Binary cross-entropy of independent outputs in nats: Σ log(1 + e^x) - t·x, over normalizer.
///
/// logits and targets [rows, classes], targets in [0, 1]. → [1]
public func binaryCrossEntropy(_ logits: Variable, targets: Tensor, normalizer: Float, tape: Tape?) -> Variable {
    precondition(logits.value.shape == targets.shape, "targets \(targets.shape) for logits \(logits.value.shape)")
    var sum = 0.0
    for index in 0..<targets.count {
        let x = logits.value[index]
        sum += Double(max(x, 0) - targets[index] * x + log1pf(expf(-abs(x))))
    }
    let loss = Tensor([1], [Float(sum) / normalizer])
    guard let tape else { return Variable(loss) }
    return tape.record(loss) { d, gradients in
        gradients.update(logits) { dx in
            for index in 0..<targets.count {
                dx[index] += d[0] / normalizer * (1 / (1 + expf(-logits.value[index])) - targets[index])
            }
        }
    }
}
