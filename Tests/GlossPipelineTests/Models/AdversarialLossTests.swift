import GlossNN
import GlossPipeline
import Testing

struct AdversarialLossTests {
    private let sequences: [WordSequence]
    private let network: SequenceModel<ClassificationHead>

    init() throws {
        let model = try TinyModels.classifier {
            $0.encoder.inputDropout = 0
            $0.encoder.outputDropout = 0
            $0.encoder.stack.dropout = 0
        }
        let lexicon = model.network.lexicon
        network = model.network
        sequences = try TinyModels.texts.map { lexicon.sequence(try model.words($0)) }
    }

    private func loss(weight: Float, norm: Float = 0.1, _ model: SequenceModel<ClassificationHead>? = nil) -> (
        value: Float, gradients: Gradients
    ) {
        var adversarial = AdversarialConfiguration()
        (adversarial.weight, adversarial.norm) = (weight, norm)
        let tape = Tape(random: RandomSource(seed: 3))
        let loss = (model ?? network).loss(
            sequences, sequences.indices.map { [Int32($0 % 3)] }, options: LossOptions(adversarial: adversarial),
            normalizer: Float(sequences.count), tape: tape)
        return (loss.value[0], tape.backward(from: loss))
    }

    @Test func theDisturbedLossIsHigherAndGrowsWithTheNorm() {
        let plain = loss(weight: 0).value
        let near = loss(weight: 1, norm: 0.02).value - plain, far = loss(weight: 1, norm: 0.1).value - plain
        #expect(plain < near && near < far)
        #expect(abs(loss(weight: 0.5, norm: 0.02).value - plain - near / 2) < 1e-5)
    }

    /// To first order the loss rises by the norm times the gradient's length: no other direction of that length does more.
    @Test func theDirectionIsTheSteepest() {
        let plain = loss(weight: 0).value, norm: Float = 0.01
        let rise = loss(weight: 1, norm: norm).value - 2 * plain
        #expect(rise > 0)
        let twice = loss(weight: 1, norm: 2 * norm).value - 2 * plain
        #expect(abs(twice / rise - 2) < 0.1)
    }

    /// A sequence is moved by a part of its own length, in a batch as alone.
    @Test func eachSequenceIsMovedAsAlone() {
        func rise(_ sequences: [WordSequence]) -> Float {
            func loss(_ weight: Float) -> Float {
                var adversarial = AdversarialConfiguration()
                (adversarial.weight, adversarial.norm) = (weight, 0.02)
                return network.loss(
                    sequences, sequences.map { _ in [1] }, options: LossOptions(adversarial: adversarial),
                    normalizer: Float(sequences.count), tape: Tape(random: RandomSource(seed: 3))
                ).value[0]
            }
            return loss(1) - 2 * loss(0)
        }
        let together = rise(sequences)
        let alone = sequences.map { rise([$0]) }.reduce(0, +) / Float(sequences.count)
        #expect(together > 0 && abs(alone / together - 1) < 1e-3, "\(alone) and \(together)")
    }

    /// To first order the loss rises by the norm, the length of the sequence's features and that of the gradient: the norm is
    /// a part of the whole sequence, not of a word.
    @Test func theNormIsAPartOfTheSequence() throws {
        func length(_ tensor: Tensor) -> Float { tensor.scalars.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        func loss(_ sequence: WordSequence, weight: Float) -> Float {
            var adversarial = AdversarialConfiguration()
            (adversarial.weight, adversarial.norm) = (weight, 2e-3)
            return network.loss(
                [sequence], [[1]], options: LossOptions(adversarial: adversarial), normalizer: 1,
                tape: Tape(random: RandomSource(seed: 3))
            ).value[0]
        }
        #expect(Set(sequences.map(\.count)).count > 1)
        for sequence in sequences where sequence.count > 1 {
            let batch = WordBatch([sequence], network.lexicon), tape = Tape(random: RandomSource(seed: 3))
            let x = tape.variable(network.encoder.features(batch, tape: nil).value)
            let states = network.encoder.states(x, batch.layout, tape: tape)
            let plain = network.head.loss(
                network.head.scores(states, batch.layout, tape: tape), [[1]], batch.layout, options: LossOptions(),
                normalizer: 1, tape: tape)
            let gradient = try #require(tape.backward(from: plain)[x])
            let rise = loss(sequence, weight: 1) - 2 * loss(sequence, weight: 0)
            let expected = 2e-3 * length(x.value) * length(gradient)
            #expect(abs(rise / expected - 1) < 0.1, "\(rise) and \(expected)")
        }
    }

    /// The disturbance is a constant: the gradient is that of both losses at their places.
    @Test func stepsAgainstTheGradientLowerIt() {
        var model = network
        let before = loss(weight: 1)
        model.forEachParameter("") { _, parameter in
            if let gradient = before.gradients[parameter] { parameter.value.add(gradient, scale: -0.05) }
        }
        #expect(loss(weight: 1, model).value < before.value)
    }
}
