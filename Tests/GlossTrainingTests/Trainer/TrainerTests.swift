import Foundation
import GlossNN
import GlossPipeline
import GlossTraining
import Testing

struct TrainerTests {
    private func training() throws -> (ClassifierTraining, TrainingConfiguration) {
        var run = RunConfiguration(.classify)
        run.model.encoder.wordFeatures = 8
        run.model.encoder.stack.hidden = 6
        run.model.vocabulary.minimumCount = 1
        run.training.epochs = 4
        run.training.batchTokens = 20
        run.training.patience = 0
        run.training.optimizer.averageDecay = 0.9
        let examples = (0..<24).map { index in
            LabelledText(
                text: index % 2 == 0 ? "good fine number \(index)" : "bad poor number \(index) indeed",
                labels: [index % 2 == 0 ? "yes" : "no"], line: index + 1)
        }
        let training = try ClassifierTraining(
            run.model, run.training, examples: examples, held: Array(examples.prefix(6)), threads: 1)
        return (training, run.training)
    }

    private func scalars(_ model: some Module) -> [[Float]] { model.parameters.map { $0.parameter.value.scalars } }

    @Test(arguments: [Precision.float32, .bfloat16])
    func aRunThatWasStoppedAnywhereEndsWithTheSameBits(precision: Precision) throws {
        var (training, configuration) = try training()
        configuration.precision = precision
        defer { _ = training }
        let whole = try Trainer(training.task(), configuration, TrainingHooks(fingerprint: "x"))
            .train(training.freshModel().network)
        for stop in [1, 5, 9] {
            var saved: Data?
            var steps = 0
            var trainer = Trainer(training.task(), configuration, TrainingHooks(fingerprint: "x"))
            trainer.hooks.save = { saved = try $0.encoded() }
            trainer.hooks.report = { if case .step = $0 { steps += 1 } }
            trainer.hooks.isCancelled = { steps >= stop }
            let stopped = try trainer.train(training.freshModel().network)
            #expect(stopped.isCancelled)
            #expect(scalars(stopped.model) != scalars(whole.model))
            let state = try TrainingState(decoding: #require(saved))
            trainer.hooks.isCancelled = { false }
            let resumed = try trainer.train(training.freshModel().network, from: state)
            #expect(scalars(resumed.model) == scalars(whole.model))
            #expect(resumed.evaluation == whole.evaluation)
        }
    }

    @Test func aSeedDecidesTheModel() throws {
        let (training, configuration) = try training()
        func train(_ configuration: TrainingConfiguration) throws -> [[Float]] {
            try scalars(
                Trainer(training.task(), configuration, TrainingHooks(fingerprint: "")).train(
                    training.freshModel().network
                ).model)
        }
        #expect(try train(configuration) == train(configuration))
        var other = configuration
        other.seed = 2
        #expect(try train(other) != train(configuration))
    }

    @Test(arguments: [Precision.float32, .bfloat16])
    func aNetworkLearnsWhatIsPlain(precision: Precision) throws {
        var (training, configuration) = try training()
        configuration.precision = precision
        configuration.epochs = 40
        configuration.optimizer.rate = 0.02
        let outcome = try Trainer(training.task(), configuration, TrainingHooks(fingerprint: "")).train(
            training.freshModel().network)
        #expect(outcome.evaluation.metrics["accuracy"] == 1)
        _ = training
    }

    @Test func bfloat16RoundsWhatIsMultipliedAndTheWeightsStayNearThoseOfFloat32() throws {
        let (training, configuration) = try training()
        func weights(_ precision: Precision) throws -> [Float] {
            var configuration = configuration
            configuration.precision = precision
            configuration.epochs = 1
            let hooks = TrainingHooks(fingerprint: "")
            return try scalars(
                Trainer(training.task(), configuration, hooks).train(training.freshModel().network).model
            ).flatMap { $0 }
        }
        let exact = try weights(.float32), rounded = try weights(.bfloat16)
        #expect(rounded != exact)
        // Some Adam steps of 0.001 each: a weight whose gradient is near zero may go the other way.
        let distance = zip(exact, rounded).map { abs($0 - $1) }
        #expect(distance.reduce(0, +) / Float(distance.count) < 2e-4)
        #expect(rounded.contains { $0 != Float(bitPattern: $0.bitPattern & 0xFFFF_0000) }, "weights are kept whole")
    }

    @Test func trainingEndsWhenNothingIsGained() throws {
        var (training, configuration) = try training()
        configuration.epochs = 200
        configuration.patience = 3
        var evaluations: [Bool] = []
        var trainer = Trainer(training.task(), configuration, TrainingHooks(fingerprint: ""))
        trainer.hooks.report = { if case .evaluated(_, _, _, let isBest, _) = $0 { evaluations.append(isBest) } }
        _ = try trainer.train(training.freshModel().network)
        #expect(evaluations.count < 200)
        #expect(evaluations.suffix(3) == [false, false, false])
        _ = training
    }

    @Test func aGradientThatIsNotFiniteStopsTheRunAndKeepsTheLastGoodState() throws {
        var (training, configuration) = try training()
        configuration.optimizer.kind = .sgd
        configuration.optimizer.rate = 1e30
        configuration.optimizer.clip = 0
        configuration.schedule.kind = .constant
        configuration.schedule.warmup = 0
        var saved: TrainingState?
        var trainer = Trainer(training.task(), configuration, TrainingHooks(fingerprint: ""))
        trainer.hooks.save = { saved = $0 }
        #expect(throws: TrainingError.self) { try trainer.train(training.freshModel().network) }
        let state = try #require(saved)
        for (name, tensor) in state.tensors where name.hasPrefix("model/") {
            #expect(tensor.scalars.allSatisfy { $0.isFinite }, "\(name)")
        }
        _ = training
    }

    @Test func aCheckpointOfAnotherRunOrDamagedBytesAreRefused() throws {
        let (training, configuration) = try training()
        var saved = TrainingState()
        var trainer = Trainer(training.task(), configuration, TrainingHooks(fingerprint: "one"))
        trainer.hooks.save = { saved = $0 }
        _ = try trainer.train(training.freshModel().network)
        let other = Trainer(training.task(), configuration, TrainingHooks(fingerprint: "two"))
        #expect(throws: TrainingError.otherConfiguration(run: "this model")) {
            try other.train(training.freshModel().network, from: saved)
        }
        let bytes = try saved.encoded()
        for length in [0, 4, 40, bytes.count - 1] {
            #expect(throws: (any Error).self) { try TrainingState(decoding: bytes.prefix(length)) }
        }
    }

    @Test func aModelThatNoEvaluationGivesANumberIsNone() throws {
        let (training, configuration) = try training()
        let lexicon = try training.freshModel().network.lexicon
        let silent = SequenceTask<ClassificationHead>(
            sequences: [lexicon.sequence(["good"])], targets: [[0]], options: LossOptions(), batchTokens: 20
        ) { _ in Evaluation(score: .nan, metrics: [:], shown: "nothing") }
        #expect {
            try Trainer(silent, configuration, TrainingHooks(fingerprint: "")).train(training.freshModel().network)
        } throws: { "\($0)".contains("no number on the held-out data") }
    }
}
