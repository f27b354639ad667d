import GlossNN
import Testing

@Suite struct ParameterTests {
    /// A model of every kind of module: arrays, optionals, nested ones.
    private struct Model: Module {
        var characters: CharacterEncoder
        var stack: RecurrentStack
        var attention: AttentionPooling?
        var absent: Linear?
        var heads: [Linear]
        var field = ConditionalRandomField(tags: 3)

        init(cell: CellKind) {
            var random = RandomSource(seed: 1)
            var configuration = RecurrentStackConfiguration()
            configuration.cell = cell
            configuration.hidden = 4
            configuration.layers = 3
            configuration.connection = .highway
            characters = CharacterEncoder(count: 9, features: 3, hidden: 2, using: &random)
            stack = RecurrentStack(input: 5, configuration, using: &random)
            attention = AttentionPooling(features: 8, using: &random)
            heads = [2, 3].map { Linear(input: 8, output: $0, using: &random) }
        }

        mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
            try characters.forEachParameter(join(path, "characters"), body)
            try stack.forEachParameter(join(path, "stack"), body)
            try attention.forEachParameter(join(path, "attention"), body)
            try absent.forEachParameter(join(path, "absent"), body)
            try heads.forEachParameter(join(path, "heads"), body)
            try field.forEachParameter(join(path, "field"), body)
        }
    }

    @Test(arguments: CellKind.allCases)
    func pathsAreUniqueAndStable(cell: CellKind) {
        let model = Model(cell: cell), paths = model.parameters.map(\.path)
        #expect(Set(paths).count == paths.count)
        #expect(paths == Model(cell: cell).parameters.map(\.path))
        #expect(paths == model.prepared().parameters.map(\.path))
        #expect(paths.contains("stack.layers.2.backward.hiddenWeight"))
        #expect(paths.contains("stack.gates.1.bias") && !paths.contains("stack.gates.2.bias"))
        #expect(paths.contains("attention.query.weight") && !paths.contains("attention.query.bias"))
        #expect(paths.contains("characters.embedding.table") && paths.contains("heads.1.bias"))
        #expect(Array(paths.suffix(3)) == ["field.transitions", "field.start", "field.end"])
        #expect(!paths.contains { $0.hasPrefix("absent") })
    }

    @Test(arguments: [(CellKind.rnn, 1, 1), (.lstm, 4, 1), (.gru, 3, 2)])
    func everyScalarIsCounted(cell: CellKind, gates: Int, biases: Int) {
        func sweep(_ input: Int, _ hidden: Int, _ gates: Int, _ biases: Int) -> Int {
            gates * hidden * (input + hidden + biases)
        }
        let characters = 9 * 3 + 2 * sweep(3, 2, 4, 1)
        let layers = 2 * (sweep(5, 4, gates, biases) + 2 * sweep(8, 4, gates, biases)) + 2 * (8 * 8 + 8)
        let attention = 8 * 8 + 8 + 8, heads = 8 * 2 + 2 + 8 * 3 + 3, field = 3 * 3 + 3 + 3
        #expect(Model(cell: cell).parameterCount == characters + layers + attention + heads + field)
    }

    /// The walk hands out the parameters themselves, not copies: what is loaded or learned must arrive.
    @Test func theWalkWritesToEveryParameter() {
        var model = Model(cell: .gru)
        model.forEachParameter("") { path, parameter in
            parameter.value = Tensor(parameter.value.shape, [Float](repeating: 7, count: parameter.value.count))
        }
        #expect(model.parameters.allSatisfy { $0.parameter.value.scalars.allSatisfy { $0 == 7 } })
        #expect(model.parameterCount > 0)
    }

    /// A prepared model that is changed must not go on with its packed weights.
    @Test func aNewValueDropsThePackedForm() {
        var random = RandomSource(seed: 1)
        var linear = Linear(input: 3, output: 2, using: &random).prepared()
        linear.weight.value = Tensor(zeros: [3, 2])
        let y = linear(Variable(randomTensor([4, 3], seed: 2)), tape: nil).value
        #expect(y.scalars.allSatisfy { $0 == 0 })
    }

    /// A prepared model has its matrices in their packed form alone, from which the value comes back to the bit.
    @Test(arguments: CellKind.allCases)
    func preparedMatricesAreHeldOnce(cell: CellKind) {
        let model = Model(cell: cell), prepared = model.prepared()
        for (before, after) in zip(model.parameters, prepared.parameters) {
            #expect(before.parameter.shape == after.parameter.shape && before.parameter.count == after.parameter.count)
            #expect(bits(before.parameter.value) == bits(after.parameter.value), "\(before.path)")
        }
        var random = RandomSource(seed: 1)
        let linear = Linear(input: 64, output: 64, hasBias: false, using: &random)
        #expect(linear.prepared().byteCount == linear.byteCount && linear.byteCount == 64 * 64 * 4)
        #expect(linear.prepared().unpacked.byteCount == 2 * linear.byteCount)
        let lower = linear.prepared().prepared(.int8)
        #expect(bits(lower.weight.value) == bits(linear.weight.value), "what is rounded is not the source")
    }

    /// Gradients through a prepared model are those of the model.
    @Test(arguments: CellKind.allCases)
    func aPreparedModelHasTheSameGradients(cell: CellKind) {
        var random = RandomSource(seed: 1)
        var configuration = RecurrentStackConfiguration()
        (configuration.cell, configuration.hidden) = (cell, 4)
        let stack = RecurrentStack(input: 5, configuration, using: &random)
        func gradients(_ stack: RecurrentStack) -> [[UInt32]] {
            let tape = Tape(), x = tape.variable(randomTensor([7, 5], seed: 2))
            let y = stack(x, SequenceLayout(lengths: [4, 3]), tape: tape)
            let loss = meanSquaredError(y, targets: Tensor(zeros: y.value.shape), normalizer: 1, tape: tape)
            let gradients = tape.backward(from: loss)
            return ([gradients[x]] + stack.parameters.map { gradients[$0.parameter] }).compactMap { $0.map(bits) }
        }
        let expected = gradients(stack)
        #expect(expected.count == 1 + stack.parameters.count)
        #expect(gradients(stack.prepared()) == expected && gradients(stack.prepared().unpacked) == expected)
    }

    /// A step of training changes weights where they are.
    @Test func aChangeInPlaceCopiesNothing() {
        var random = RandomSource(seed: 1)
        var linear = Linear(input: 3, output: 2, using: &random)
        let place = linear.weight.value.withScalars { UInt(bitPattern: $0.baseAddress) }
        linear.weight.value[0] = 7
        #expect(linear.weight.value.withScalars { UInt(bitPattern: $0.baseAddress) } == place)
        #expect(linear.weight.value[0] == 7)
    }

    @Test func theSameSeedGivesTheSameModel() {
        let a = Model(cell: .lstm).parameters, b = Model(cell: .lstm).parameters
        #expect(zip(a, b).allSatisfy { bits($0.parameter.value) == bits($1.parameter.value) })
    }
}
