/// A tensor that flows through the network; on a tape it has a place for its gradient.
public struct Variable: Sendable {
    /// The tensor.
    public let value: Tensor
    let slot: Int?

    /// A constant: no gradient is kept for it.
    public init(_ value: Tensor) {
        self.value = value
        slot = nil
    }

    init(_ value: Tensor, slot: Int) {
        self.value = value
        self.slot = slot
    }
}

/// The record of one forward pass in training; playing it backwards yields the gradients.
///
/// A layer called with `tape: nil` is inference. Pullbacks receive the gradients they add to: they never hold the tape.
public final class Tape {
    private var pullbacks: [(slot: Int, pullback: (Tensor, Gradients) -> Void)] = []
    private var slots = 0
    /// The generator of this pass's dropout masks.
    public var random: RandomSource

    /// What the products of this pass multiply, forward and backward: float32 or bfloat16.
    public let precision: Precision
    private let isTraining: Bool

    /// An empty tape that draws its masks from `random`.
    public init(random: RandomSource, precision: Precision = .float32) {
        precondition(precision != .int8, "8-bit integers are for inference")
        self.random = random
        self.precision = precision
        isTraining = true
    }

    /// An empty tape of the same pass.
    private init(within tape: Tape) {
        random = tape.random
        precision = tape.precision
        isTraining = tape.isTraining
    }

    /// An empty tape of a pass in which nothing is dropped: for the gradients of an answer.
    public init() {
        random = RandomSource(seed: 0)
        precision = .float32
        isTraining = false
    }

    /// Whether dropout of a rate has any effect in this pass.
    func drops(_ rate: Float) -> Bool { isTraining && rate > 0 }

    /// A variable whose gradient is kept, as a gradient check needs for an input.
    public func variable(_ value: Tensor) -> Variable {
        slots += 1
        return Variable(value, slot: slots - 1)
    }

    /// Records an operation: `pullback` receives the gradient of `value` (same shape) and adds to those of its inputs.
    package func record(_ value: Tensor, pullback: @escaping (Tensor, Gradients) -> Void) -> Variable {
        let output = variable(value)
        pullbacks.append((slots - 1, pullback))
        return output
    }

    /// A scalar function of `x` with its gradient with respect to `x`, known at once: forward and backward are computed now,
    /// and playing the tape adds the gradients that were found. `function` is given the tape to record on.
    package func scalar(
        of x: Variable, _ function: (Variable, Tape) -> Variable
    ) -> (value: Variable, gradient: Tensor) {
        let inner = Tape(within: self)
        let input = inner.variable(x.value)
        let value = function(input, inner)
        let found = inner.backward(from: value)
        random = inner.random
        let gradient = found[input] ?? Tensor(zeros: x.value.shape)
        let output = record(value.value) { d, gradients in
            gradients.update(x) { $0.add(gradient, scale: d[0]) }
            gradients.add(found, scale: d[0])
        }
        return (output, gradient)
    }

    /// The gradients of a scalar `loss`, each multiplied by `scale`; the tape is empty afterwards.
    public func backward(from loss: Variable, scale: Float = 1, into gradients: Gradients = Gradients()) -> Gradients {
        precondition(loss.value.count == 1, "backward starts from a scalar, not from \(loss.value.shape)")
        gradients.variables = Array(repeating: nil, count: slots)
        gradients.add(Tensor(loss.value.shape, [scale]), to: loss)
        while let (slot, pullback) = pullbacks.popLast() {
            guard let output = gradients.variables[slot] else { continue }
            gradients.variables[slot] = nil
            pullback(output, gradients)
        }
        return gradients
    }
}

/// Gradients by parameter, and by variable while a tape is played.
public final class Gradients {
    private var parameters: [ObjectIdentifier: Tensor] = [:]
    /// Parameters whose tensor is memory for a gradient to come, and which none has reached since.
    private var cleared: Set<ObjectIdentifier> = []
    var variables: [Tensor?] = []
    private let holdsParameters: Bool

    /// No gradients yet. Without parameters those of variables alone are computed, as an explanation needs them.
    public init(ofParameters holdsParameters: Bool = true) { self.holdsParameters = holdsParameters }

    /// The gradient of a parameter, nil where none reached it. Shape: the parameter's.
    public subscript(parameter: Parameter) -> Tensor? {
        get {
            let key = ObjectIdentifier(parameter.identity)
            return cleared.contains(key) ? nil : parameters[key]
        }
        set {
            let key = ObjectIdentifier(parameter.identity)
            cleared.remove(key)
            parameters[key] = newValue
        }
    }

    /// The gradient that reached a variable made by `Tape.variable`.
    public subscript(variable: Variable) -> Tensor? { variable.slot.flatMap { variables[$0] } }

    /// Forgets every gradient of a parameter and keeps the memory.
    public func clear() { cleared.formUnion(parameters.keys) }

    /// Adds `gradient` to that of `parameter`. Shape: the parameter's.
    public func add(_ gradient: Tensor, to parameter: Parameter) {
        guard holdsParameters else { return }
        let key = ObjectIdentifier(parameter.identity)
        if parameters[key] == nil || cleared.contains(key) {
            self[parameter] = gradient
        } else {
            update(parameter) { $0.add(gradient) }
        }
    }

    /// Adds the gradients of parameters in `other`, each multiplied by `scale`.
    func add(_ other: Gradients, scale: Float) {
        for (key, gradient) in other.parameters where !other.cleared.contains(key) {
            fill(key, gradient.shape) { sum, accumulating in
                if !accumulating { sum.clear() }
                sum.add(gradient, scale: scale)
            }
        }
    }

    /// Adds `gradient` to that of `variable`. Shape: the variable's.
    package func add(_ gradient: Tensor, to variable: Variable) {
        guard let slot = variable.slot else { return }
        if variables[slot] == nil {
            variables[slot] = gradient
        } else {
            variables[slot]?.add(gradient)
        }
    }

    /// Lets `body` add to the gradient of `variable`, zeros at first; not called for a constant.
    package func update(_ variable: Variable, _ body: (inout Tensor) -> Void) {
        fill(variable) { gradient, accumulating in
            if !accumulating { gradient.clear() }
            body(&gradient)
        }
    }

    /// Lets `body` add to the gradient of `parameter`, zeros at first.
    package func update(_ parameter: Parameter, _ body: (inout Tensor) -> Void) {
        fill(parameter) { gradient, accumulating in
            if !accumulating { gradient.clear() }
            body(&gradient)
        }
    }

    /// Lets `body` add to the gradient of `variable` where `accumulating`, and write all of it where there is none yet; not
    /// called for a constant.
    package func fill(_ variable: Variable, _ body: (inout Tensor, _ accumulating: Bool) -> Void) {
        guard let slot = variable.slot else { return }
        let accumulating = variables[slot] != nil
        var gradient = variables[slot] ?? Tensor(uninitialized: variable.value.shape)
        variables[slot] = nil
        body(&gradient, accumulating)
        variables[slot] = gradient
    }

    /// The same for the gradient of `parameter`.
    package func fill(_ parameter: Parameter, _ body: (inout Tensor, _ accumulating: Bool) -> Void) {
        guard holdsParameters else { return }
        fill(ObjectIdentifier(parameter.identity), parameter.shape, body)
    }

    private func fill(_ key: ObjectIdentifier, _ shape: [Int], _ body: (inout Tensor, _ accumulating: Bool) -> Void) {
        let accumulating = cleared.remove(key) == nil && parameters[key] != nil
        var gradient = parameters.removeValue(forKey: key) ?? Tensor(uninitialized: shape)
        body(&gradient, accumulating)
        parameters[key] = gradient
    }
}
