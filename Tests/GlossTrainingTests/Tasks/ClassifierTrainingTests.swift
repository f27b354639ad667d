import GlossNN
import GlossPipeline
import GlossTraining
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What is learned beside the network's own classes: finer ones, and the second view.
struct ClassifierTrainingTests {
    /// `rows`: label and text. The classes a1, a2 are answered as a, b1 as b, and none is not answered.
    private func training(
        _ rows: [(String, String)], held: [(String, String)],
        groups: [String: String] = ["a1": "a", "a2": "a", "b1": "b", "none": ""], unlabelled: [String] = []
    ) throws -> ClassifierTraining {
        var run = RunConfiguration(.classify)
        run.model.encoder.wordFeatures = 8
        run.model.encoder.stack.hidden = 6
        run.model.vocabulary.minimumCount = 1
        run.model.head.groups = groups
        run.training.epochs = 20
        run.training.batchTokens = 20
        run.training.patience = 0
        run.training.optimizer.rate = 0.02
        func examples(_ rows: [(String, String)]) -> [LabelledText] {
            rows.enumerated().map { LabelledText(text: $1.1, labels: [$1.0], line: $0 + 2, file: "a.tsv") }
        }
        return try ClassifierTraining(
            run.model, run.training, examples: examples(rows), unlabelled: unlabelled, held: examples(held), threads: 1)
    }

    private let rows = (0..<8).flatMap { index in
        [
            ("a1", "fine number \(index)"), ("a2", "splendid number \(index)"), ("b1", "poor number \(index)"),
            ("none", "plain number \(index)"), ("a", "good number \(index)"), ("b", "bad number \(index)"),
        ]
    }

    @Test func wordsAreFoldedAsTheirLanguageDoes() throws {
        var run = RunConfiguration(.classify)
        run.model.encoder.foldsWords = true
        run.model.tokenizer.language = "tr"
        run.model.vocabulary.minimumCount = 1
        let examples = [("a", "Isparta çok güzel"), ("b", "Ankara uzak")].enumerated().map {
            LabelledText(text: $1.1, labels: [$1.0], line: $0 + 2)
        }
        let lexicon = try ClassifierTraining(run.model, run.training, examples: examples, held: examples, threads: 1)
            .freshModel().network.lexicon
        #expect(lexicon.words.id(of: "ısparta") != nil && lexicon.words.id(of: "isparta") == nil)
        #expect(lexicon.key("ISPARTA") == "ısparta")
    }

    @Test func answersAreLearnedFromClassesAndFromAnswers() throws {
        let held = [
            ("a1", "fine indeed"), ("a", "splendid"), ("b1", "poor"), ("a", "good"), ("b", "bad indeed"),
            ("b", "poor bad"),
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
        let labelled = [("a2", "splendid"), ("a", "fine"), ("b1", "poor")].map {
            LabelledText(text: $0.1, labels: [$0.0], line: 1)
        }
        #expect(try Evaluator.evaluate(restored, labelled: labelled, threads: 1).metrics["accuracy"] == 1)
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
            "\($0)".hasPrefix("a.tsv:50: the training data has the label “c”")
        }
        #expect { try training(rows, held: [("a", "good"), ("none", "plain")]) } throws: {
            "\($0)".hasPrefix("a.tsv:3: the held-out data has the label “none”, which is none of: a, b")
        }
    }

    /// N-grams that are sure of one text and a little wrong about others make the labels more probable and the answers worse: of
    /// one text of each kind that may be chance, of four of each it is none.
    @Test func aViewThatMakesAnswersWorseIsLeftOut() throws {
        let words = ["one", "two", "three", "four", "five"]
        let data = words.enumerated().map { ($0 % 2 == 0 ? "a" : "b", $1) }
        let network = try training(data, held: data, groups: [:]).freshModel().network
        let margins = network.answers(words.map { network.lexicon.sequence([$0]) }, threads: 1).map { $0[0] - $0[1] }
        let surest = try #require(margins.indices.max { abs(margins[$0]) < abs(margins[$1]) })
        // The network is right but for the text that it is surest of.
        let held = words.indices.map { ((margins[$0] > 0) == ($0 != surest) ? "a" : "b", words[$0]) }
        let few = try training(data, held: held, groups: [:])
        let training = try training(data, held: (0..<4).flatMap { _ in held }, groups: [:])
        let least = margins.indices.sorted { abs(margins[$0]) < abs(margins[$1]) }.prefix(2)
        func view(misleading: Bool) -> NGramClassifier {
            var table = Tensor(zeros: [1 << 12, 2])
            for (index, word) in words.enumerated() where index == surest || misleading && least.contains(index) {
                let bucket = NGrams(words: 1).features([word], buckets: 1 << 12)[0]
                let right = held[index].0 == "a" ? 0 : 1
                // Twice as wrong as could be made up for where the surest text is right.
                let evidence = index == surest ? 10 : -20 * abs(margins[index] / margins[surest])
                table[Int(bucket) * 2 + right] = evidence
            }
            return NGramClassifier(table: table, bias: Tensor(zeros: [2]), NGrams(words: 1))
        }
        let (good, better) = try training.finished(network, view(misleading: false))
        #expect(good.ngrams != nil && better.metrics["accuracy"] == 1)
        let (kept, worse) = try few.finished(network, view(misleading: true))
        #expect(try kept.ngrams != nil && #require(worse.metrics["accuracy"]) < 0.8)
        let (alone, evaluation) = try training.finished(network, view(misleading: true))
        #expect(alone.ngrams == nil && alone.calibration.ngrams == 0)
        #expect(evaluation.metrics["accuracy"] == 0.8)
        let lone = try training.finished(network, nil)
        #expect(try alone(words) == lone.0(words) && evaluation == lone.1)
    }

    /// A text without a label is read and has no answer to be learned: the n-grams do not know it.
    @Test func textsWithoutALabelAreLearnedFrom() throws {
        let texts = (0..<20).map { "unheard number \($0)" }
        let plain = try training(rows, held: [("a", "good"), ("b", "bad")])
        let more = try training(rows, held: [("a", "good"), ("b", "bad")], unlabelled: texts)
        func trained(_ training: ClassifierTraining) throws -> SequenceModel<ClassificationHead> {
            try Trainer(training.task(), training.training, TrainingHooks(fingerprint: "")).train(
                training.freshModel().network
            ).model
        }
        let network = try trained(more)
        #expect(network.lexicon.words.id(of: "unheard") != nil)
        #expect(try trained(plain).lexicon.words.id(of: "unheard") == nil)
        let answers = network.answers(
            ["good number", "bad number"].map { network.lexicon.sequence($0.split(separator: " ").map(String.init)) },
            threads: 1)
        #expect(answers[0][0] > answers[0][1] && answers[1][1] > answers[1][0])
        let (ngrams, _) = try #require(more.ngrams()), (others, _) = try #require(plain.ngrams())
        #expect(ngrams.logits(["unheard", "good"]) == others.logits(["unheard", "good"]))
    }

    @Test func severalLabelsNeedAModelThatGivesSeveral() throws {
        func training(multiLabel: Bool) throws -> ClassifierTraining {
            var run = RunConfiguration(.classify)
            run.model.vocabulary.minimumCount = 1
            run.model.head.multiLabel = multiLabel
            let examples = [["a"], ["b"], ["a", "b"]].enumerated().map {
                LabelledText(text: "text \($0)", labels: $1, line: $0 + 2, file: "b.tsv")
            }
            return try ClassifierTraining(run.model, run.training, examples: examples, held: examples, threads: 1)
        }
        #expect {
            try training(multiLabel: false)
        } throws: { "\($0)".hasPrefix("b.tsv:4: the text has 2 labels") && "\($0)".contains("multiLabel") }
        _ = try training(multiLabel: true)
    }

    @Test func moreClassesThanMemoryHoldsAreRefused() throws {
        let examples = (0..<2000).map { LabelledText(text: "text", labels: ["\($0)"], line: $0 + 2) }
        #expect {
            try ClassifierTraining(
                RunConfiguration(.classify).model, RunConfiguration(.classify).training, examples: examples, held: [],
                threads: 1)
        } throws: { "\($0)".contains("training.ngrams.bucketBits = 18") }
    }

    /// Products of large values leave the range of numbers that are counted with, and of whole numbers that are shown.
    @Test func largeValuesAreLearnedAndShown() throws {
        let examples = (0..<40).map {
            NumberedText(text: "text \($0 % 2)", value: Float($0 % 2) * 1e20 + 1e19, line: $0 + 2)
        }
        var run = RunConfiguration(.number)
        run.model.vocabulary.minimumCount = 1
        let model = try RegressorTraining(run.model, run.training, examples: examples, held: examples, threads: 1)
            .freshModel()
        #expect(abs(model.network.head.mean / 6e19 - 1) < 1e-5)
        #expect(abs(model.network.head.deviation / 5e19 - 1) < 1e-5)
        #expect(rounded(7.9e18, 4) == "7.9e+18" && rounded(-1234.56789, 2) == "-1234.57")
    }
}
