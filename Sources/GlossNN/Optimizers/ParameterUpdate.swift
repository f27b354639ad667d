import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// One parameter's part in a step: each scalar's update depends on that scalar alone, so that ranges may go to threads.
///
/// The addresses are valid while the model and the optimiser's state stay as they were when this was made.
struct ParameterUpdate: @unchecked Sendable {
    let rule: OptimizerConfiguration
    /// Steps taken, this one counted.
    let step: Int
    /// The factor of clipping, and the rate.
    let scale, rate: Float
    /// As many scalars as `weight` and the moments have.
    let gradient: Tensor
    let weight: UnsafeMutablePointer<Float>
    /// The moments that the rule keeps.
    let first, second: UnsafeMutablePointer<Float>?

    /// Updates the scalars of a range.
    func apply(_ range: Range<Int>) {
        var scale = scale
        let changed = changedGradient(range, &scale)
        let count = range.count, weight = weight + range.lowerBound
        let gradient = changed.map { $0.pointer } ?? gradient.pointer + range.lowerBound
        let first = first.map { $0 + range.lowerBound }, second = second.map { $0 + range.lowerBound }
        switch (rule.kind, first, second) {
        case (.sgd, nil, _): gloss_add_scaled(count, -rate, gradient, weight)
        case (.sgd, let velocity?, _):
            gloss_scale(count, rule.momentum, velocity)
            gloss_add_scaled(count, 1, gradient, velocity)
            gloss_add_scaled(count, -rate, velocity, weight)
        case (.rmsprop, _, let second?):  // Tieleman and Hinton 2012
            var unused = Tensor(zeros: [count])
            gloss_adam(
                count, rate, 0, rule.beta2, rule.epsilon, 0, 1, 1, gradient, unused.mutablePointer(), second, weight)
            withExtendedLifetime(unused) {}
        case (.adam, let first?, let second?), (.adamw, let first?, let second?):
            // Kingma and Ba 2015; Loshchilov and Hutter 2019
            let t = Float(step)
            let corrected = rate / (1 - powf(rule.beta1, t)), root = 1 / (1 - powf(rule.beta2, t)).squareRoot()
            gloss_adam(
                count, corrected, rule.beta1, rule.beta2, rule.epsilon,
                rule.kind == .adamw ? rate * rule.weightDecay : 0, root, scale, gradient, first, second, weight)
        default: preconditionFailure("\(rule.kind) without its moments")
        }
        withExtendedLifetime(changed) {}
    }

    /// The gradient of a range, clipped and decayed, where the rule does not do so itself; `scale` becomes what is left.
    private func changedGradient(_ range: Range<Int>, _ scale: inout Float) -> Tensor? {
        let isDecayed = rule.kind != .adamw && rule.weightDecay > 0
        // Adam scales the gradient itself, so that it is read once and never copied.
        let isScaled = scale != 1 && (isDecayed || rule.kind == .sgd || rule.kind == .rmsprop)
        guard isDecayed || isScaled else { return nil }
        var changed = Tensor(uninitialized: [range.count])
        let target = changed.mutablePointer()
        target.update(from: gradient.pointer + range.lowerBound, count: range.count)
        if isScaled {
            gloss_scale(range.count, scale, target)
            scale = 1
        }
        if isDecayed { gloss_add_scaled(range.count, rule.weightDecay, weight + range.lowerBound, target) }
        return changed
    }
}
