/// Squared error: Σ (x - t)² / normalizer. values and targets [rows, n]. → [1]
public func meanSquaredError(_ values: Variable, targets: Tensor, normalizer: Float, tape: Tape?) -> Variable {
    precondition(values.value.shape == targets.shape, "targets \(targets.shape) for values \(values.value.shape)")
    var difference = values.value
    difference.add(targets, scale: -1)
    let loss = Tensor([1], [Float(difference.squaredNorm) / normalizer])
    guard let tape else { return Variable(loss) }
    return tape.record(loss) { [difference] d, gradients in
        gradients.update(values) { $0.add(difference, scale: 2 * d[0] / normalizer) }
    }
}
