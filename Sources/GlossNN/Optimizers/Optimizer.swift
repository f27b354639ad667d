import CKernels

#if canImport(Glibc)
    import Glibc
#endif

/// Which update rule changes the parameters, with its constants.
public struct OptimizerConfiguration: Codable, Sendable, Equatable {
    /// The update rules.
    public enum Kind: String, Codable, Sendable, CaseIterable { case sgd, rmsprop, adam, adamw }

    /// The rule.
    public var kind = Kind.adamw
    /// The greatest learning rate; the schedule multiplies it.
    public var rate: Float = 1e-3
    /// Momentum of SGD.
    public var momentum: Float = 0
    /// Decay of the first and second moments of Adam; `beta2` also of RMSprop's mean square.
    public var beta1: Float = 0.9, beta2: Float = 0.999
    /// Added to the root of the second moment.
    public var epsilon: Float = 1e-8
    /// Weight decay: decoupled for AdamW, added to the gradient otherwise.
    public var weightDecay: Float = 0
    /// The greatest norm of the whole gradient; 0 means no clipping (Pascanu et al. 2013).
    public var clip: Float = 1
    /// Decay of an exponential moving average of the weights that is evaluated in their place; 0 means none.
    public var averageDecay: Float = 0
    /// Steps after which the plain mean of all later weights is evaluated in their place (averaged SGD, Polyak and
    /// Juditsky 1992); 0 means none.
    public var averageFrom = 0
    /// Factors of the rate for parameters whose path begins so ("encoder.words" = 0.3); the longest one holds, and 0
    /// leaves a parameter as it is.
    public var rates: [String: Float] = [:]

    /// The defaults.
    public init() {}
}

extension OptimizerConfiguration {
    /// The factor of the rate for the parameter at `path`.
    package func factor(_ path: String) -> Float {
        rates.filter { path == $0.key || path.hasPrefix($0.key + ".") }.max { $0.key.count < $1.key.count }?.value ?? 1
    }
}

/// Moments and averages by parameter path, and the count of steps: everything a resumed run needs.
public struct Optimizer: Sendable {
    /// The rule.
    public let configuration: OptimizerConfiguration
    /// Steps taken.
    public private(set) var steps: Int
    /// Moments by path: "first/…", "second/…", "average/…".
    public private(set) var state: [String: Tensor]

    /// A fresh optimiser, or one that goes on from a checkpoint's steps and state.
    public init(_ configuration: OptimizerConfiguration, steps: Int = 0, state: [String: Tensor] = [:]) {
        self.configuration = configuration
        self.steps = steps
        self.state = state
    }

    /// One update of every parameter that has a gradient: `rate` is the scheduled rate.
    ///
    /// - Returns: the gradient's norm before clipping; not finite means that nothing was changed.
    public mutating func step(_ model: inout some Module, _ gradients: Gradients, rate: Float) -> Double {
        var squares = 0.0
        model.forEachParameter("") { _, parameter in squares += gradients[parameter]?.squaredNorm ?? 0 }
        let norm = squares.squareRoot()
        guard norm.isFinite else { return norm }
        let clip = Double(configuration.clip)
        let scale = clip > 0 && norm > clip ? Float(clip / norm) : 1
        steps += 1
        model.forEachParameter("") { path, parameter in
            let factor = configuration.factor(path)
            guard factor > 0, let gradient = gradients[parameter] else { return }
            update(path, &parameter.value, gradient, scale: scale, rate * factor)
        }
        if keepsAverage { average(&model) }
        return norm
    }

    private mutating func update(
        _ path: String, _ weight: inout Tensor, _ gradient: Tensor, scale: Float, _ rate: Float
    ) {
        let rule = configuration, count = weight.count
        var gradient = gradient, scale = scale
        let isDecayed = rule.kind != .adamw && rule.weightDecay > 0
        // Adam scales the gradient itself, so that it is read once and never copied.
        if scale != 1, isDecayed || rule.kind == .sgd || rule.kind == .rmsprop {
            gradient.scale(by: scale)
            scale = 1
        }
        if isDecayed { gradient.add(weight, scale: rule.weightDecay) }
        switch rule.kind {
        case .sgd:
            guard rule.momentum > 0 else { return weight.add(gradient, scale: -rate) }
            var velocity = take("first/" + path, weight.shape)
            velocity.scale(by: rule.momentum)
            velocity.add(gradient)
            weight.add(velocity, scale: -rate)
            state["first/" + path] = velocity
        case .rmsprop:  // Tieleman and Hinton 2012
            var second = take("second/" + path, weight.shape)
            var unused = Tensor(zeros: weight.shape)
            gloss_adam(
                count, rate, 0, rule.beta2, rule.epsilon, 0, 1, 1, gradient.pointer, unused.mutablePointer(),
                second.mutablePointer(), weight.mutablePointer())
            withExtendedLifetime(unused) {}
            state["second/" + path] = second
        case .adam, .adamw:  // Kingma and Ba 2015; Loshchilov and Hutter 2019
            var first = take("first/" + path, weight.shape), second = take("second/" + path, weight.shape)
            let t = Float(steps)
            let corrected = rate / (1 - powf(rule.beta1, t)), root = 1 / (1 - powf(rule.beta2, t)).squareRoot()
            gloss_adam(
                count, corrected, rule.beta1, rule.beta2, rule.epsilon,
                rule.kind == .adamw ? rate * rule.weightDecay : 0, root, scale, gradient.pointer,
                first.mutablePointer(),
                second.mutablePointer(), weight.mutablePointer())
            state["first/" + path] = first
            state["second/" + path] = second
        }
        withExtendedLifetime(gradient) {}
    }

    /// The moment at `key`, moved out so that it is changed in place.
    private mutating func take(_ key: String, _ shape: [Int]) -> Tensor {
        state.removeValue(forKey: key) ?? Tensor(zeros: shape)
    }

    /// Whether there is an average by now.
    private var keepsAverage: Bool {
        configuration.averageFrom > 0 ? steps > configuration.averageFrom : configuration.averageDecay > 0 && steps > 0
    }

    private mutating func average(_ model: inout some Module) {
        // A short run must not be dominated by its first weights.
        let counted = Float(steps - configuration.averageFrom)
        let decay =
            configuration.averageFrom > 0
            ? (counted - 1) / counted : min(configuration.averageDecay, Float(steps) / Float(steps + 10))
        model.forEachParameter("") { path, parameter in
            guard var mean = state.removeValue(forKey: "average/" + path) else {
                state["average/" + path] = parameter.value
                return
            }
            mean.scale(by: decay)
            mean.add(parameter.value, scale: 1 - decay)
            state["average/" + path] = mean
        }
    }

    /// The model with the averaged weights, or as it is where none are kept.
    public func averaged<Model: Module>(_ model: Model) -> Model {
        guard keepsAverage else { return model }
        var copy = model
        copy.forEachParameter("") { path, parameter in
            if let mean = state["average/" + path] { parameter.value = mean }
        }
        return copy
    }
}
