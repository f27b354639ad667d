import GlossNN
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A rule with its constants, the same rule for one scalar in double, and what PyTorch makes of it.
private struct Rule: Sendable, CustomTestStringConvertible {
    /// The arguments of `run` in PyTorch.
    var testDescription: String
    var configuration: OptimizerConfiguration
    /// Four weights after five steps of PyTorch.
    var pinned: [Float]
    /// weight, gradient, moments, step from 1 → next weight.
    var plain: @Sendable (Double, Double, inout (Double, Double), Double) -> Double

    static func configuration(_ kind: OptimizerConfiguration.Kind, _ change: (inout OptimizerConfiguration) -> Void)
        -> OptimizerConfiguration
    {
        var configuration = OptimizerConfiguration()
        configuration.kind = kind
        configuration.clip = 0
        change(&configuration)
        return configuration
    }

    static let all = [
        Rule(
            testDescription: "SGD", configuration: configuration(.sgd) { _ in },
            pinned: [0.001325902, 0.8705736, 1.330377, 1.164483]
        ) { w, g, _, _ in
            w - 0.1 * g
        },
        Rule(
            testDescription: "SGD, momentum=0.9, weight_decay=0.05",
            configuration: configuration(.sgd) {
                $0.momentum = 0.9
                $0.weightDecay = 0.05
            }, pinned: [-0.4760698, 0.6292406, 1.438609, 1.571378]
        ) { w, g, moments, _ in
            moments.0 = 0.9 * moments.0 + g + 0.05 * w
            return w - 0.1 * moments.0
        },
        Rule(
            testDescription: "RMSprop, alpha=0.9", configuration: configuration(.rmsprop) { $0.beta2 = 0.9 },
            pinned: [-0.1585422, 0.8544943, 1.420048, 1.708848]
        ) { w, g, moments, _ in
            moments.1 = 0.9 * moments.1 + 0.1 * g * g
            return w - 0.1 * g / (sqrt(moments.1) + 1e-8)
        },
        Rule(
            testDescription: "Adam, weight_decay=0.05", configuration: configuration(.adam) { $0.weightDecay = 0.05 },
            pinned: [-0.2784108, 0.6134263, 1.196082, 1.390521]
        ) { w, g, moments, step in
            w - 0.1 * adamDirection(g + 0.05 * w, &moments, step)
        },
        Rule(
            testDescription: "AdamW, weight_decay=0.05", configuration: configuration(.adamw) { $0.weightDecay = 0.05 },
            pinned: [-0.2763975, 0.6091179, 1.194549, 1.375632]
        ) { w, g, moments, step in
            w - 0.1 * 0.05 * w - 0.1 * adamDirection(g, &moments, step)
        },
    ]
}

/// Kingma and Ba 2015, algorithm 1.
private func adamDirection(_ gradient: Double, _ moments: inout (Double, Double), _ step: Double) -> Double {
    moments.0 = 0.9 * moments.0 + 0.1 * gradient
    moments.1 = 0.999 * moments.1 + 0.001 * gradient * gradient
    return moments.0 / (1 - pow(0.9, step)) / (sqrt(moments.1 / (1 - pow(0.999, step))) + 1e-8)
}

/// Two vectors, as a model to optimise.
private struct Vectors: Module {
    var a = Parameter(tensorByFormula([4], 0), role: .vector)
    var b = Parameter(tensorByFormula([19], 1), role: .vector)

    mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "a"), &a)
        try body(join(path, "b"), &b)
    }

    /// The gradients of step 0, 1, ….
    func gradients(_ step: Int) -> Gradients {
        let gradients = Gradients()
        for (_, parameter) in parameters { gradients[parameter] = tensorByFormula(parameter.value.shape, 20 + step) }
        return gradients
    }

    var scalars: [[Float]] { parameters.map(\.parameter.value.scalars) }
}

/// The same two as a part of something.
private struct Nested: Module {
    var inner = Vectors()

    mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try inner.forEachParameter(join(path, "inner"), body)
    }
}

@Suite struct OptimizerTests {
    @Test(arguments: Rule.all)
    private func fiveStepsAreThoseOfTheFormula(of rule: Rule) {
        var model = Vectors(), optimizer = Optimizer(rule.configuration)
        var expected = model.scalars.map { $0.map { Double($0) } }
        var moments = expected.map { $0.map { _ in (0.0, 0.0) } }
        for step in 0..<5 {
            let gradients = model.gradients(step)
            _ = optimizer.step(&model, gradients, rate: 0.1)
            for (index, parameter) in model.parameters.map(\.parameter).enumerated() {
                for at in 0..<parameter.value.count {
                    let gradient = Double(gradients[parameter]?[at] ?? .nan)
                    expected[index][at] = rule.plain(
                        expected[index][at], gradient, &moments[index][at], Double(step + 1))
                    #expect(abs(Double(parameter.value[at]) - expected[index][at]) <= 2e-6)
                }
            }
        }
        #expect(optimizer.steps == 5)
    }

    // The tensors' formula is that of the recurrent layers' pins:
    //
    //     import math, torch  # 2.13.0
    //     torch.set_default_dtype(torch.float64)
    //     def values(shape, t):
    //         return torch.tensor([1.2 * math.sin(0.7 * i + t) for i in range(math.prod(shape))]).reshape(shape)
    //     def run(kind, **options):
    //         w = values([4], 0).requires_grad_()
    //         optimizer = kind([w], lr=0.1, **options)
    //         for step in range(5):
    //             w.grad = values([4], 20 + step)
    //             optimizer.step()
    //         return w.detach()
    @Test(arguments: Rule.all)
    private func fiveStepsAreThoseOfPyTorch(of rule: Rule) {
        var model = Vectors(), optimizer = Optimizer(rule.configuration)
        for step in 0..<5 { _ = optimizer.step(&model, model.gradients(step), rate: 0.1) }
        #expect(agree(model.a.value.scalars, rule.pinned))
    }

    /// The norm is that of all parameters together, and a gradient within the bound is not changed.
    @Test(arguments: [Float(0.5), 100])
    func clippingScalesTheWholeGradientToItsBound(clip: Float) {
        let configuration = Rule.configuration(.sgd) { $0.clip = clip }
        var model = Vectors(), optimizer = Optimizer(configuration)
        let before = model.scalars, gradients = model.gradients(0)
        let norm = sqrt(model.parameters.reduce(0) { $0 + (gradients[$1.parameter]?.squaredNorm ?? 0) })
        #expect(norm > 2 && norm < 100)
        #expect(abs(optimizer.step(&model, gradients, rate: 1) - norm) <= 1e-6)
        let changes = zip(before, model.scalars).map { zip($0, $1).map { Double($0 - $1) } }
        let factor = Double(clip) < norm ? Double(clip) / norm : 1
        for (change, parameter) in zip(changes, model.parameters.map(\.parameter)) {
            for (at, value) in change.enumerated() {
                #expect(abs(value - factor * Double(gradients[parameter]?[at] ?? .nan)) <= 1e-6)
            }
        }
    }

    /// A parameter that a step does not reach stays where it is, whether an earlier one has reached it or not: a run that goes on
    /// from a checkpoint has forgotten that.
    @Test(arguments: Rule.all)
    private func whatNoGradientReachesIsNotMoved(of rule: Rule) {
        var model = Vectors(), optimizer = Optimizer(rule.configuration)
        let gradients = model.gradients(0)
        _ = optimizer.step(&model, gradients, rate: 0.1)
        let before = model.scalars
        gradients.clear()
        gradients[model.a] = Tensor(model.a.value.shape, Array(repeating: 1, count: model.a.value.count))
        _ = optimizer.step(&model, gradients, rate: 0.1)
        #expect(model.scalars[0] != before[0])
        #expect(Array(model.scalars.dropFirst()) == Array(before.dropFirst()))
    }

    @Test(arguments: Rule.all, [Float.nan, .infinity])
    private func aGradientThatIsNotFiniteChangesNothing(of rule: Rule, value: Float) {
        var configuration = rule.configuration
        configuration.averageDecay = 0.9
        var model = Vectors(), optimizer = Optimizer(configuration)
        _ = optimizer.step(&model, model.gradients(0), rate: 0.1)
        let before = model.scalars, state = optimizer.state.mapValues(\.scalars), gradients = model.gradients(1)
        gradients[model.b]?[18] = value
        #expect(!optimizer.step(&model, gradients, rate: 0.1).isFinite)
        #expect(model.scalars == before)
        #expect(optimizer.state.mapValues(\.scalars) == state)
        #expect(optimizer.steps == 1)
    }

    @Test func aParameterWithoutAGradientStays() {
        var configuration = OptimizerConfiguration()
        configuration.weightDecay = 0.1
        var model = Vectors(), optimizer = Optimizer(configuration)
        let before = model.scalars, gradients = model.gradients(0)
        gradients[model.b] = nil
        _ = optimizer.step(&model, gradients, rate: 0.1)
        #expect(model.scalars[0] != before[0])
        #expect(model.scalars[1] == before[1])
    }

    /// The longest path that a parameter's begins with decides; a whole step of the path must agree.
    @Test func ratesDependOnThePath() {
        func step(_ rates: [String: Float]) -> [[Float]] {
            let configuration = Rule.configuration(.sgd) { $0.rates = rates }
            var model = Vectors(), optimizer = Optimizer(configuration)
            _ = optimizer.step(&model, model.gradients(0), rate: 0.1)
            return model.scalars
        }
        let start = Vectors().scalars, plain = step([:])
        #expect(step(["b": 0])[0] == plain[0] && step(["b": 0])[1] == start[1])
        #expect(step(["b.c": 0]) == plain)
        for (value, (from, whole)) in zip(step(["b": 0.5])[1], zip(start[1], plain[1])) {
            #expect(abs(value - (from + whole) / 2) <= 1e-6)
        }
        #expect(OptimizerConfiguration().factor("a") == 1)
        var nested = OptimizerConfiguration()
        nested.rates = ["encoder": 0.5, "encoder.words": 0.1]
        #expect(nested.factor("encoder.words.table") == 0.1)
        #expect(nested.factor("encoder.wordsmith") == 0.5)
    }

    @Test func aKeyThatNoParameterHasIsKnown() {
        var configuration = OptimizerConfiguration()
        configuration.rates = ["b": 0.5, "b.c": 0.1, "c": 2]
        configuration.unfreezing = ["a": 0.1, "ab": 0.2, "c": 0.3]
        #expect(configuration.idleKeys(for: Vectors()) == ["ab", "b.c", "c"])
        // A key of a part holds for what is in it; the beginning of a word is no part.
        configuration.rates = ["inner": 0.5, "inner.a": 0.1, "inn": 2]
        configuration.unfreezing = [:]
        #expect(configuration.idleKeys(for: Nested()) == ["inn"])
    }

    @Test func whatIsFrozenIsLearnedLater() {
        var configuration = OptimizerConfiguration()
        configuration.unfreezing = ["encoder": 0.5, "encoder.stack": 0]
        configuration.rates = ["encoder.base": 0.1]
        #expect(configuration.factor("encoder.base.bias", at: 0.4) == 0)
        #expect(configuration.factor("encoder.base.bias", at: 0.5) == 0.1)
        #expect(configuration.factor("encoder.stack.bias", at: 0) == 1)
        #expect(configuration.factor("head", at: 0) == 1)
        let frozen = Rule.configuration(.sgd) { $0.unfreezing = ["b": 0.5] }
        var model = Vectors(), optimizer = Optimizer(frozen)
        let start = model.scalars
        _ = optimizer.step(&model, model.gradients(0), rate: 0.1, progress: 0.2)
        #expect(model.scalars[0] != start[0] && model.scalars[1] == start[1])
        _ = optimizer.step(&model, model.gradients(1), rate: 0.1, progress: 0.7)
        #expect(model.scalars[1] != start[1])
    }

    /// The average starts as the first weights and takes in later ones the more slowly the more there were.
    @Test func theAverageIsThatOfTheFormula() {
        let configuration = Rule.configuration(.sgd) { $0.averageDecay = 0.25 }
        var model = Vectors(), optimizer = Optimizer(configuration), mean: [[Double]] = []
        #expect(optimizer.averaged(model).scalars == model.scalars)
        for step in 0..<5 {
            _ = optimizer.step(&model, model.gradients(step), rate: 0.1)
            let decay = min(0.25, Double(step + 1) / Double(step + 11))
            let weights = model.scalars.map { $0.map { Double($0) } }
            mean = step == 0 ? weights : zip(mean, weights).map { zip($0, $1).map { decay * $0 + (1 - decay) * $1 } }
            for (values, expected) in zip(optimizer.averaged(model).scalars, mean) {
                for (value, wanted) in zip(values, expected) { #expect(abs(Double(value) - wanted) <= 1e-6) }
            }
        }
        #expect(optimizer.averaged(model).scalars != model.scalars)
    }

    /// What a checkpoint keeps is everything: the resumed run is the same to the bit.
    @Test(arguments: Rule.all)
    private func aResumedRunIsTheSameToTheBit(of rule: Rule) {
        var configuration = rule.configuration
        configuration.averageDecay = 0.9
        var model = Vectors(), optimizer = Optimizer(configuration)
        for step in 0..<3 { _ = optimizer.step(&model, model.gradients(step), rate: 0.1) }
        var resumed = model, second = Optimizer(configuration, steps: optimizer.steps, state: optimizer.state)
        for step in 3..<6 {
            _ = optimizer.step(&model, model.gradients(step), rate: 0.1)
            _ = second.step(&resumed, resumed.gradients(step), rate: 0.1)
        }
        #expect(model.scalars == resumed.scalars)
        #expect(optimizer.averaged(model).scalars == second.averaged(resumed).scalars)
    }

    /// Several ranges of scalars, clipped, averaged: whoever updates a range, its bits are the same.
    @Test(arguments: Rule.all)
    private func aStepIsTheSameToTheBitOnAnyNumberOfThreads(of rule: Rule) {
        var configuration = rule.configuration
        configuration.averageDecay = 0.9
        configuration.clip = 1
        func steps(threads: Int) -> [[Float]] {
            var model = Vectors(), optimizer = Optimizer(configuration), norms: [Float] = []
            model.b.value = randomTensor([100_003], seed: 1)
            for step in 0..<3 {
                norms.append(Float(optimizer.step(&model, model.gradients(step), rate: 0.1, threads: threads)))
            }
            let moments = optimizer.state.sorted { $0.key < $1.key }.map(\.value.scalars)
            return [norms] + model.scalars + moments
        }
        let alone = steps(threads: 1)
        #expect(steps(threads: 2) == alone)
        #expect(steps(threads: 5) == alone)
    }
}
