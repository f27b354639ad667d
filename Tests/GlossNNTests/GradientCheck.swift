import GlossNN
import Testing

/// A module without parameters, for operations that have only inputs.
struct NoParameters: Module {
    mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {}
}

/// How a gradient is compared with differences of the loss.
struct GradientCheck {
    /// The greatest relative error.
    var tolerance = 2e-3
    /// How far each scalar is moved.
    var step: Float = 1 / 128
    /// The seed of the directions, of the loss's weights and, through the tape, of dropout masks.
    var seed: UInt64 = 1
    /// Directions tried for each tensor.
    var directions = 6

    /// A check of a loss with kinks (ReLU, maximum): steps are shorter, and a direction is left out when differences at
    /// two steps show a kink in between. What is left out depends on the loss alone, never on the gradient.
    static func withKinks(seed: UInt64 = 1) -> GradientCheck {
        GradientCheck(step: 1 / 1024, seed: seed, directions: 16, leavesKinksOut: true)
    }

    /// Whether directions that meet a kink are left out.
    private(set) var leavesKinksOut = false

    /// Expects that the gradients of every parameter of `model` and of every input agree with differences of the loss.
    ///
    /// The loss is a fixed random combination of the operation's output, summed in double. Each tensor is moved along
    /// random directions of signs, all scalars at once, which lifts the differences above the rounding of Float32;
    /// central differences at two steps are extrapolated (Richardson 1911), so that the steps need not be tiny.
    func expect<Model: Module>(
        _ model: Model, inputs: [Tensor] = [], sourceLocation: SourceLocation = #_sourceLocation,
        _ operation: (Model, [Variable], Tape) -> Variable
    ) {
        let tape = Tape(random: RandomSource(seed: seed))
        let variables = inputs.map { tape.variable($0) }
        let output = operation(model, variables, tape)
        let weights = lossWeights(output.value.count)
        let gradients = tape.backward(from: combination(output, weights, tape))
        func loss(_ model: Model, _ inputs: [Tensor]) -> Double {
            let output = operation(model, inputs.map { Variable($0) }, Tape(random: RandomSource(seed: seed)))
            return zip(output.value.scalars, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        for (index, input) in inputs.enumerated() {
            compare("input \(index)", gradients[variables[index]], input, sourceLocation) { moved in
                var inputs = inputs
                inputs[index] = moved
                return loss(model, inputs)
            }
        }
        for (path, parameter) in model.parameters {
            compare(path, gradients[parameter], parameter.value, sourceLocation) { moved in
                var model = model
                model.forEachParameter("") { if $0 == path { $1.value = moved } }
                return loss(model, inputs)
            }
        }
    }

    private func compare(
        _ name: String, _ gradient: Tensor?, _ value: Tensor, _ sourceLocation: SourceLocation,
        _ loss: (Tensor) -> Double
    ) {
        guard let gradient else {
            Issue.record("no gradient reached \(name)", sourceLocation: sourceLocation)
            return
        }
        #expect(gradient.shape == value.shape, "\(name)", sourceLocation: sourceLocation)
        var random = RandomSource(seed: seed, stream: 7)
        let middle = leavesKinksOut ? loss(value) : 0
        var error = 0.0, size = 0.0, compared = 0
        for _ in 0..<directions {
            let signs = Tensor(value.shape, (0..<value.count).map { _ in random.uniform() < 0.5 ? -1 : 1 })
            func differences(_ step: Float) -> (first: Double, second: Double) {
                var up = value, down = value
                up.add(signs, scale: step)
                down.add(signs, scale: -step)
                let above = loss(up), below = loss(down)
                return ((above - below) / (2 * Double(step)), (above + below - 2 * middle) / Double(step))
            }
            let wide = differences(step), narrow = differences(step / 2)
            // Of a smooth loss the first differences agree and the second ones halve, whatever its slope is.
            let kink = max(abs(wide.first - narrow.first), abs(wide.second - 2 * narrow.second))
            if leavesKinksOut, kink > 5e-3 * abs(narrow.first) { continue }
            compared += 1
            let numerical = (4 * narrow.first - wide.first) / 3
            let analytical = zip(gradient.scalars, signs.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            error += (numerical - analytical) * (numerical - analytical)
            size += numerical * numerical
        }
        let relative = (error / size).squareRoot()
        #expect(compared * 4 >= directions, "too few directions without a kink", sourceLocation: sourceLocation)
        #expect(
            size > 0 && relative <= tolerance, "gradient of \(name) is off by \(relative)",
            sourceLocation: sourceLocation)
    }

    private func lossWeights(_ count: Int) -> [Float] {
        var random = RandomSource(seed: seed, stream: 3)
        return (0..<count).map { _ in random.uniform() + 0.5 }.map { random.uniform() < 0.5 ? $0 : -$0 }
    }

    private func combination(_ output: Variable, _ weights: [Float], _ tape: Tape) -> Variable {
        let sum = zip(output.value.scalars, weights).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        return tape.record(Tensor([1], [sum])) { d, gradients in
            gradients.update(output) { $0.add(Tensor(output.value.shape, weights), scale: d[0]) }
        }
    }
}

/// Uniform values in ±bound. Shape: the one given.
func randomTensor(_ shape: [Int], bound: Float = 1, seed: UInt64) -> Tensor {
    var random = RandomSource(seed: seed, stream: 11)
    return Tensor(uniform: shape, bound: bound, using: &random)
}

/// The module with every parameter uniform in ±bound: biases and gates that start at a special value hide errors.
func randomized<Model: Module>(_ model: Model, bound: Float = 0.7, seed: UInt64 = 5) -> Model {
    var model = model
    var random = RandomSource(seed: seed, stream: 13)
    model.forEachParameter("") { $1.value = Tensor(uniform: $1.value.shape, bound: bound, using: &random) }
    return model
}
