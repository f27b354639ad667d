import GlossNN
import Testing

/// The primer's network with a sigmoid at every step, put together from layers as docs/examples/README.md shows.
@Suite struct SigmoidStepsTests {
    /// Says of each step how probable a yes is.
    struct YesOrNo: Module {
        var recurrent: Recurrent
        var output: Linear

        init(using random: inout RandomSource) {
            recurrent = Recurrent(input: 1, hidden: 12, cell: .rnn, activation: .tanh, using: &random)
            output = Linear(input: 12, output: 1, using: &random)
        }

        mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
            try recurrent.forEachParameter(path + "recurrent", body)
            try output.forEachParameter(path + "output", body)
        }

        /// x [rows, 1] → logits [rows, 1]
        func callAsFunction(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
            output(recurrent(x, layout, tape: tape), tape: tape)
        }
    }

    /// Ragged sequences of bits; the answer of a step is the bit two steps before, so only a memory can give it.
    private func examples(_ count: Int, using random: inout RandomSource) -> (SequenceLayout, Tensor, Tensor) {
        var bits: [[Float]] = []
        for index in 0..<count { bits.append((0..<(6 + index % 5)).map { _ in Float(random.next() & 1) }) }
        let answers = bits.map { bits in bits.indices.map { $0 < 2 ? 0 : bits[$0 - 2] } }
        let layout = SequenceLayout(lengths: bits.map(\.count))
        return (
            layout, Tensor([layout.rows, 1], layout.packed(bits)), Tensor([layout.rows, 1], layout.packed(answers))
        )
    }

    @Test func learnsToAnswerEveryStep() {
        var random = RandomSource(seed: 3)
        var model = YesOrNo(using: &random)
        var configuration = OptimizerConfiguration()
        configuration.kind = .adam
        configuration.rate = 1e-2
        var optimizer = Optimizer(configuration)
        for step in 0..<400 {
            let (layout, x, answers) = examples(16, using: &random)
            let tape = Tape(random: RandomSource(seed: UInt64(step)))
            let loss = binaryCrossEntropy(
                model(tape.variable(x), layout, tape: tape), targets: answers, normalizer: Float(layout.rows),
                tape: tape)
            _ = optimizer.step(&model, tape.backward(from: loss), rate: configuration.rate)
        }
        let (layout, x, answers) = examples(64, using: &random)
        let logits = model(Variable(x), layout, tape: nil)
        let yes = Activation.sigmoid(logits, tape: nil).value.scalars
        let right = zip(yes, answers.scalars).count { ($0 > 0.5) == ($1 > 0.5) }
        // A network without a memory is right on 61 of 100 steps: the first two, and half of the others.
        #expect(Float(right) > 0.98 * Float(layout.rows))
        let loss = binaryCrossEntropy(logits, targets: answers, normalizer: Float(layout.rows), tape: nil).value.scalars
        #expect(loss[0] < 0.1)
    }
}
