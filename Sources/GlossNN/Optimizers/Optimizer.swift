import CKernels

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
    /// The part of the run after which parameters whose path begins so are learned ("encoder.base" = 0.3): gradual
    /// unfreezing (Howard and Ruder 2018); the longest one holds.
    public var unfreezing: [String: Float] = [:]

    /// The defaults.
    public init() {}
}

extension OptimizerConfiguration {
    /// The factor of the rate for the parameter at `path`, at `progress`: 0 at the start of the run, 1 at its end.
    package func factor(_ path: String, at progress: Float = 1) -> Float {
        func value(_ values: [String: Float]) -> Float? {
            values.filter { Self.names($0.key, path) }.max { $0.key.count < $1.key.count }?.value
        }
        return progress < value(unfreezing) ?? 0 ? 0 : value(rates) ?? 1
    }

    /// The keys of `rates` and `unfreezing` that no parameter of a model has, in order: they change nothing.
    package func idleKeys<Model: Module>(for model: Model) -> [String] {
        var idle = Set(rates.keys).union(unfreezing.keys), model = model
        model.forEachParameter("") { path, _ in idle = idle.filter { !Self.names($0, path) } }
        return idle.sorted()
    }

    /// Whether a key holds for the parameter at `path`.
    private static func names(_ key: String, _ path: String) -> Bool { path == key || path.hasPrefix(key + ".") }
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

    /// One update of every parameter that has a gradient and is not frozen at `progress`: `rate` is the scheduled rate.
    ///
    /// The result is the same to the bit whatever `threads` is.
    ///
    /// - Returns: the gradient's norm before clipping; not finite means that nothing was changed.
    public mutating func step(
        _ model: inout some Module, _ gradients: Gradients, rate: Float, progress: Float = 1,
        threads: Int = 1
    ) -> Double {
        let norm = gradients.norm(of: &model, threads: threads)
        guard norm.isFinite else { return norm }
        let clip = Double(configuration.clip)
        let scale = clip > 0 && norm > clip ? Float(clip / norm) : 1
        steps += 1
        var updates: [ParameterUpdate] = []
        model.forEachParameter("") { path, parameter in
            let factor = configuration.factor(path, at: progress)
            guard factor > 0, let gradient = gradients[parameter] else { return }
            updates.append(update(path, &parameter.value, gradient, scale: scale, rate * factor))
        }
        forEachRange(of: updates.map(\.gradient.count), threads: threads) { [updates] in updates[$0].apply($1) }
        if keepsAverage { average(&model, threads: threads) }
        return norm
    }

    /// What is to be done for a parameter, once its moments are there.
    private mutating func update(
        _ path: String, _ weight: inout Tensor, _ gradient: Tensor, scale: Float, _ rate: Float
    ) -> ParameterUpdate {
        let isAdam = configuration.kind == .adam || configuration.kind == .adamw
        let keepsFirst = isAdam || configuration.kind == .sgd && configuration.momentum > 0
        let keepsSecond = isAdam || configuration.kind == .rmsprop
        precondition(gradient.shape == weight.shape, "gradient of \(gradient.shape) for \(path) of \(weight.shape)")
        return ParameterUpdate(
            rule: configuration, step: steps, scale: scale, rate: rate, gradient: gradient,
            weight: weight.mutablePointer(),
            first: keepsFirst ? moment("first/" + path, weight.shape) : nil,
            second: keepsSecond ? moment("second/" + path, weight.shape) : nil)
    }

    /// The moment at `key`, zeros at first, ready to be written.
    private mutating func moment(_ key: String, _ shape: [Int]) -> UnsafeMutablePointer<Float> {
        // Moved out, so that it is not shared and stays where it is.
        var moment = state.removeValue(forKey: key) ?? Tensor(zeros: shape)
        let pointer = moment.mutablePointer()
        state[key] = moment
        return pointer
    }

    /// Whether there is an average by now.
    private var keepsAverage: Bool {
        configuration.averageFrom > 0 ? steps > configuration.averageFrom : configuration.averageDecay > 0 && steps > 0
    }

    private mutating func average(_ model: inout some Module, threads: Int) {
        // A short run must not be dominated by its first weights.
        let counted = Float(steps - configuration.averageFrom)
        let decay =
            configuration.averageFrom > 0
            ? (counted - 1) / counted : min(configuration.averageDecay, Float(steps) / Float(steps + 10))
        var weights: [Tensor] = [], means: [TensorTarget] = []
        model.forEachParameter("") { path, parameter in
            guard state["average/" + path] != nil else {
                state["average/" + path] = parameter.value
                return
            }
            weights.append(parameter.value)
            means.append(TensorTarget(pointer: moment("average/" + path, parameter.value.shape)))
        }
        forEachRange(of: weights.map(\.count), threads: threads) { [weights, means] index, range in
            let mean = means[index].pointer + range.lowerBound
            gloss_scale(range.count, decay, mean)
            gloss_add_scaled(range.count, 1 - decay, weights[index].pointer + range.lowerBound, mean)
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
