import GlossNN
import Testing

@Suite struct TapeTests {
    private let x = randomTensor([3, 2], seed: 1)

    @Test func gradientsOfAllUsesAddUp() {
        let tape = Tape(random: RandomSource(seed: 1)), a = tape.variable(x)
        let sum = add(a, scaled(add(a, a, tape: tape), by: 3, tape: tape), tape: tape)
        let loss = meanSquaredError(sum, targets: Tensor(zeros: [3, 2]), normalizer: 1, tape: tape)
        let gradient = tape.backward(from: loss)[a]?.scalars ?? []
        for (value, expected) in zip(gradient, x.scalars.map { 2 * 49 * $0 }) { #expect(abs(value - expected) <= 1e-4) }
        #expect(gradient.count == 6)
    }

    /// A copy of a large model's gradients at each step would cost as much as its optimiser.
    @Test func gradientsAreClearedWhereTheyStand() {
        let parameters = (0..<3).map { _ in Parameter(Tensor(zeros: [64]), role: .vector) }
        let gradients = Gradients()
        for parameter in parameters { gradients.add(Tensor([64], [Float](repeating: 1, count: 64)), to: parameter) }
        let places = parameters.map { gradients[$0]?.pointer }
        gradients.clear()
        #expect(parameters.allSatisfy { gradients[$0] == nil })
        for parameter in parameters { gradients.update(parameter) { _ in } }
        #expect(parameters.map { gradients[$0]?.pointer } == places)
        #expect(parameters.allSatisfy { gradients[$0]?.scalars == [Float](repeating: 0, count: 64) })
    }

    /// Parts of a batch, each scaled, add up to the gradient of the whole.
    @Test func gradientsAccumulateOverPasses() {
        var random = RandomSource(seed: 2)
        let linear = randomized(Linear(input: 2, output: 4, using: &random))
        func pass(_ x: Tensor, _ scale: Float, _ gradients: Gradients) {
            let tape = Tape(random: RandomSource(seed: 1))
            let y = linear(Variable(x), tape: tape)
            let loss = meanSquaredError(y, targets: Tensor(zeros: y.value.shape), normalizer: 1, tape: tape)
            _ = tape.backward(from: loss, scale: scale, into: gradients)
        }
        let whole = Gradients(), parts = Gradients()
        pass(x, 0.5, whole)
        for row in rowScalars(x) { pass(Tensor([1, 2], row), 0.5, parts) }
        for (path, parameter) in linear.parameters {
            let expected = whole[parameter]?.scalars ?? [], sum = parts[parameter]?.scalars ?? []
            #expect(expected.count == parameter.value.count && sum.count == expected.count, "\(path)")
            for (a, b) in zip(sum, expected) { #expect(abs(a - b) <= 1e-6) }
        }
    }

    /// A scalar whose gradient is asked for at once brings the tape the same gradients, and draws the same masks.
    @Test func aGradientKnownAtOnceIsThatOfTheTape() {
        var random = RandomSource(seed: 2)
        let linear = randomized(Linear(input: 2, output: 4, using: &random))
        func gradients(atOnce: Bool) -> [[Float]?] {
            let tape = Tape(random: RandomSource(seed: 1)), a = tape.variable(x)
            func function(_ x: Variable, _ tape: Tape) -> Variable {
                let y = dropout(linear(x, tape: tape), 0.5, tape: tape)
                return meanSquaredError(y, targets: Tensor(zeros: y.value.shape), normalizer: 1, tape: tape)
            }
            let inner = scaled(a, by: 2, tape: tape)
            let first = atOnce ? tape.scalar(of: inner, function) : (function(inner, tape), inner.value)
            let loss = add(scaled(first.0, by: 3, tape: tape), function(inner, tape), tape: tape)
            let found = tape.backward(from: loss)
            return [found[a]?.scalars] + linear.parameters.map { found[$0.parameter]?.scalars }
        }
        for (a, b) in zip(gradients(atOnce: true), gradients(atOnce: false)) {
            #expect(a?.count == b?.count && a != nil)
            for (a, b) in zip(a ?? [], b ?? []) { #expect(abs(a - b) <= 1e-5 * max(1, abs(b))) }
        }
    }

    /// A gradient that is not finite must not outlive the step that met it.
    @Test func clearedGradientsAreGoneWhateverTheyWere() {
        var random = RandomSource(seed: 2)
        let linear = Linear(input: 2, output: 2, using: &random), gradients = Gradients()
        gradients[linear.weight] = Tensor([2, 2], [.nan, .infinity, -.infinity, 3])
        gradients.clear()
        #expect(gradients[linear.weight] == nil)
    }

    /// What only wants to know of its input does not pay for parameters.
    @Test func gradientsOfVariablesAloneAreTheSame() {
        var random = RandomSource(seed: 2)
        let linear = Linear(input: 2, output: 1, using: &random)
        func gradients(_ into: Gradients) -> (x: [Float]?, weight: Tensor?) {
            let tape = Tape(), x = tape.variable(Tensor([1, 2], [0.5, -1]))
            let found = tape.backward(from: column(linear(x, tape: tape), 0, tape: tape), into: into)
            return (found[x]?.scalars, found[linear.weight])
        }
        let all = gradients(Gradients()), few = gradients(Gradients(ofParameters: false))
        #expect(all.x != nil && all.x == few.x)
        #expect(all.weight != nil && few.weight == nil)
    }

    /// Memory that is used again leaves nothing of the pass before, whether a gradient is written at once or added to, and
    /// where this pass does not reach.
    @Test func aPassIntoClearedGradientsIsAsTheFirst() {
        var random = RandomSource(seed: 2), configuration = RecurrentStackConfiguration()
        (configuration.cell, configuration.hidden) = (.gru, 3)
        let stack = RecurrentStack(input: 2, configuration, using: &random)
        let linear = Linear(input: 6, output: 5, using: &random)
        let table = Parameter(randomTensor([4, 5], seed: 3), role: .tiedTable)
        func pass(_ x: Tensor, tied: Bool = true, into gradients: Gradients) {
            let tape = Tape(random: RandomSource(seed: 1))
            let y = linear(stack(Variable(x), SequenceLayout(lengths: [3, 2]), tape: tape), tape: tape)
            let z = tied ? scores(y, against: table, tape: tape) : y
            let loss = meanSquaredError(z, targets: Tensor(zeros: z.value.shape), normalizer: 1, tape: tape)
            _ = tape.backward(from: loss, into: gradients)
        }
        let x = randomTensor([5, 2], seed: 4), fresh = Gradients(), used = Gradients()
        pass(x, into: fresh)
        pass(randomTensor([5, 2], seed: 5), into: used)
        used.clear()
        pass(x, into: used)
        for parameter in stack.parameters.map(\.parameter) + linear.parameters.map(\.parameter) + [table] {
            #expect(fresh[parameter]?.count == parameter.count)
            #expect(fresh[parameter]?.scalars == used[parameter]?.scalars)
        }
        used.clear()
        pass(x, tied: false, into: used)
        #expect(used[table] == nil)
        #expect(used[linear.weight]?.scalars.contains { $0 != 0 } ?? false)
    }

    @Test func aConstantReceivesNoGradient() {
        let tape = Tape(random: RandomSource(seed: 1)), constant = Variable(x)
        let loss = meanSquaredError(constant, targets: Tensor(zeros: [3, 2]), normalizer: 1, tape: tape)
        #expect(tape.backward(from: loss)[constant] == nil)
    }

    /// Copies of a parameter share its gradient; another parameter of the same value does not.
    @Test func gradientsBelongToTheIdentity() {
        let parameter = Parameter(x, role: .vector), copy = parameter, other = Parameter(x, role: .vector)
        let tape = Tape(random: RandomSource(seed: 1))
        let loss = meanSquaredError(
            lift(copy, tape: tape), targets: Tensor(zeros: [3, 2]), normalizer: 1, tape: tape)
        let gradients = tape.backward(from: loss)
        #expect(gradients[parameter]?.scalars == x.scalars.map { 2 * $0 })
        #expect(gradients[other] == nil)
    }
}
