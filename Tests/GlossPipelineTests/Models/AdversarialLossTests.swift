import GlossNN
import GlossPipeline
import Testing

#if canImport(Glibc)
    import Glibc
#endif

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

    private func unlabelledLoss(
        _ model: SequenceModel<ClassificationHead>? = nil, of sequences: [WordSequence]? = nil, norm: Float,
        weight: Float = 1
    ) -> (value: Float, gradients: Gradients) {
        var adversarial = AdversarialConfiguration()
        (adversarial.unlabelled, adversarial.norm) = (weight, norm)
        let tape = Tape(random: RandomSource(seed: 3)), sequences = sequences ?? self.sequences
        let loss = (model ?? network).loss(
            unlabelled: sequences, options: LossOptions(adversarial: adversarial), normalizer: Float(sequences.count),
            tape: tape)
        return (loss.value[0], tape.backward(from: loss))
    }

    /// Where nothing is moved, a text agrees with itself: what is left is the entropy of its answer, twice. A disturbance far
    /// smaller than what chance alone would take raises the loss, and with its square.
    @Test func aTextWithoutALabelAgreesWithItself() {
        let entropy = network.answers(sequences, threads: 1).reduce(Float(0)) { sum, logits in
            let p = softmax(Tensor([1, logits.count], logits)).scalars
            return p.reduce(sum) { $0 - $1 * log($1) }
        }
        let still = 2 * entropy / Float(sequences.count)
        #expect(abs(unlabelledLoss(norm: 1e-4).value - still) < 1e-4)
        let near = unlabelledLoss(norm: 0.2).value - still, far = unlabelledLoss(norm: 0.4).value - still
        #expect(near > 1e-4 && abs(far / near - 4) < 0.5, "\(near) and \(far)")
        #expect(abs(unlabelledLoss(norm: 0.4, weight: 0.5).value * 2 - still - far) < 1e-5)
    }

    /// The direction is the one that changes the answer most, not chance.
    @Test func whatIsMovedChangesTheAnswerMost() {
        func length(_ tensor: Tensor) -> Float { tensor.scalars.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let norm: Float = 0.05, sequence = sequences[0]
        let batch = WordBatch([sequence], network.lexicon)
        let features = network.encoder.features(batch, tape: nil).value
        func answer(_ features: Tensor) -> Variable {
            network.head.scores(
                network.encoder.states(Variable(features), batch.layout, tape: nil), batch.layout, tape: nil)[0]
        }
        let own = softmax(answer(features).value)
        func divergence(_ features: Tensor) -> Float {
            crossEntropy(answer(features), probabilities: own, normalizer: 1, tape: nil).value[0]
        }
        let still = divergence(features)
        var random = RandomSource(seed: 9)
        let byChance = (0..<20).map { _ in
            var moved = features
            let noise = Tensor(uniform: features.shape, bound: 1, using: &random)
            moved.add(noise, scale: norm * length(features) / length(noise))
            return divergence(moved) - still
        }
        let found = unlabelledLoss(of: [sequence], norm: norm).value - 2 * still
        #expect(found > 2 * (byChance.max() ?? 0), "\(found) and \(byChance)")
    }

    /// What is answered now is a constant: a step against the gradient brings the disturbed answers nearer to it.
    @Test(arguments: [false, true]) func answersComeNearer(multiLabel: Bool) throws {
        var model = try TinyModels.classifier {
            $0.encoder.inputDropout = 0
            $0.encoder.outputDropout = 0
            $0.encoder.stack.dropout = 0
            $0.head.multiLabel = multiLabel
        }.network
        let before = unlabelledLoss(model, norm: 0.3)
        let still = unlabelledLoss(model, norm: 1e-4).value
        for _ in 0..<30 {
            let gradients = unlabelledLoss(model, norm: 0.3).gradients
            model.forEachParameter("") { _, parameter in
                if let gradient = gradients[parameter] { parameter.value.add(gradient, scale: -1) }
            }
        }
        let after = unlabelledLoss(model, norm: 0.3).value - unlabelledLoss(model, norm: 1e-4).value
        #expect(before.value > still && after < 0.9 * (before.value - still), "\(after) of \(before.value - still)")
    }

    @Test func classesBehindAnswersAreToldApartWithoutALabel() throws {
        let model = try TinyModels.classifier {
            $0.head.groups = ["bad": "negative", "meh": "neutral", "good": "positive", "what": ""]
        }.network
        #expect(unlabelledLoss(model, norm: 0.1).gradients[model.head.output.weight]?.shape.last == 4)
    }
}
