import GlossNN
import GlossPipeline
import GlossTraining
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Training that tells apart more classes than are answered.
struct ClassifierTrainingTests {
    /// `rows`: label and text. The classes a1, a2 are answered as a, b1 as b, and none is not answered.
    private func training(_ rows: [(String, String)], held: [(String, String)]) throws -> ClassifierTraining {
        var run = RunConfiguration(.classify)
        run.model.encoder.wordFeatures = 8
        run.model.encoder.stack.hidden = 6
        run.model.vocabulary.minimumCount = 1
        run.model.head.groups = ["a1": "a", "a2": "a", "b1": "b", "none": ""]
        run.training.epochs = 20
        run.training.batchTokens = 20
        run.training.patience = 0
        run.training.optimizer.rate = 0.02
        func examples(_ rows: [(String, String)]) -> [LabelledText] {
            rows.enumerated().map { LabelledText(text: $1.1, labels: [$1.0], line: $0 + 2) }
        }
        return try ClassifierTraining(
            run.model, run.training, examples: examples(rows), held: examples(held), threads: 1)
    }

    private let rows = (0..<8).flatMap { index in
        [
            ("a1", "fine number \(index)"), ("a2", "splendid number \(index)"), ("b1", "poor number \(index)"),
            ("none", "plain number \(index)"), ("a", "good number \(index)"), ("b", "bad number \(index)"),
        ]
    }

    @Test func answersAreLearnedFromClassesAndFromAnswers() throws {
        let held = [
            ("a1", "fine indeed"), ("a", "splendid"), ("b1", "poor"), ("a", "good"), ("b", "bad indeed"), ("b", "poor bad"),
        ]
        let training = try training(rows, held: held)
        let outcome = try Trainer(training.task(), training.training, TrainingHooks(fingerprint: "")).train(
            training.freshModel().network)
        let (ngrams, baseline) = try #require(training.ngrams())
        let (model, evaluation) = try training.finished(outcome.model, ngrams)
        #expect(baseline.metrics["accuracy"] == 1 && outcome.evaluation.metrics["accuracy"] == 1)
        #expect(evaluation.metrics["accuracy"] == 1)
        #expect(model.labels == ["a", "b"])
        let answers = try model(["splendid", "poor"])
        #expect(answers.map(\.label) == ["a", "b"])
        for answer in answers { #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-5) }
        // What is learned and never answered is known to the network alone.
        #expect(model.network.head.output.weight.shape[1] == 4 && ngrams.bias.shape == [2])
        let restored = try Model(Model.classify(model).archive())
        guard case .classify(let again) = restored else { throw TrainingError.data("another task") }
        #expect(try again(["splendid", "poor"]) == answers)
    }

    @Test func theEvidenceOfAClassIsThatOfItsAnswer() throws {
        let network = try training(rows, held: rows.filter { $0.0 != "none" }).freshModel().network
        let sequence = network.lexicon.sequence(["fine", "number"])
        func nats(_ target: Int32) -> Float {
            network.loss([sequence], [[target]], options: LossOptions(), normalizer: 1, tape: nil).value[0]
        }
        // Answers a and b, then the classes a1, a2, b1, none.
        let classes = (2..<6).map { exp(-nats(Int32($0))) }
        #expect(abs(classes.reduce(0, +) - 1) < 1e-5)
        let a = exp(-nats(0)), b = exp(-nats(1))
        #expect(abs(a + b - 1) < 1e-5)
        #expect(abs(a / b - (classes[0] + classes[1]) / classes[2]) < 1e-4)
        let logits = network.answers([sequence], threads: 1)[0]
        #expect(logits.count == 2 && abs(exp(logits[0] - logits[1]) - a / b) < 1e-4)
    }

    @Test func aLabelThatIsNeitherIsNamed() throws {
        #expect { try training(rows + [("c", "what")], held: rows) } throws: {
            "\($0)".contains("line 50 of the training data has the label “c”")
        }
        #expect { try training(rows, held: [("a", "good"), ("none", "plain")]) } throws: {
            "\($0)".contains("line 3 of the held-out data has the label “none”")
        }
    }
}
