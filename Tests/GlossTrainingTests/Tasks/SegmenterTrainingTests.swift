import GlossNN
import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct SegmenterTrainingTests {
    /// Sentences of a made-up treebank: full stops also abbreviate, `dont` is two words, paragraphs of two sentences.
    static let sentences = sentences(of: ["Ada", "Bob", "Eve", "Mr. Fox", "Dr. Wu"])

    private static func sentences(of names: [String]) -> [TaggedSentence] { (0..<60).map { sentence($0, names) } }

    private static func sentence(_ number: Int, _ names: [String]) -> TaggedSentence {
        let name = names[number % names.count], thing = ["tea", "rice", "figs"][number % 3]
        let subject = name.split(separator: " ").map(String.init)
        let tokens = subject + ["do", "nt", "eat", thing, "."]
        var spaces = tokens.map { _ in true }
        spaces[tokens.count - 2] = false
        return TaggedSentence(
            tokens: tokens, tags: [:], spaceAfter: spaces, startsParagraph: number % 2 == 0,
            multiwordTokens: [.init(words: subject.count..<subject.count + 2, form: "dont")])
    }

    /// A network that learns them in a second.
    private static let small = {
        var run = RunConfiguration(.tokenize)
        run.model.vocabulary.minimumCount = 1
        run.model.encoder.stack.hidden = 12
        run.training.epochs = 30
        run.training.batchTokens = 120
        run.training.optimizer.rate = 2e-2
        run.training.optimizer.averageDecay = 0
        return run
    }()

    @Test func plainTextIsThatOfTheTreebank() throws {
        let paragraphs = RawParagraph.all(Array(Self.sentences[..<4]))
        #expect(
            paragraphs.map { String(decoding: $0.bytes, as: UTF8.self) }
                == ["Ada dont eat tea. Bob dont eat rice.", "Eve dont eat figs. Mr. Fox dont eat tea."])
    }

    @Test func aTreebankIsLearnedByHeart() throws {
        let run = Self.small
        let training = try SegmenterTraining(run.model, run.training, examples: Self.sentences, held: Self.sentences)
        var model = try training.freshModel()
        let trainer = Trainer(try training.task(model), run.training, TrainingHooks(fingerprint: ""))
        model.network = try trainer.train(model.network).model
        let evaluation = try SegmenterTraining.evaluation(Self.sentences, model)
        #expect(evaluation.metrics["token_f1"] == 1)
        #expect(evaluation.metrics["word_f1"] == 1)
        #expect(evaluation.metrics["sentence_f1"] == 1)
        let sentences = try model.sentences(in: "Ada dont\neat rice. Dr. Wu dont eat figs.")
        #expect(
            sentences.map { $0.tokens.map(\.text) }
                == [["Ada", "do", "nt", "eat", "rice", "."], ["Dr.", "Wu", "do", "nt", "eat", "figs", "."]])
        #expect(sentences[0].tokens[1].surface == 4..<8)
        #expect(sentences[0].tokens[1].range == 4..<6)
    }

    /// A name that is written like a multiword token, so that only its place tells them apart.
    @Test func leaningsAreThoseThatCutHeldOutTextBest() throws {
        let sentences = Self.sentences(of: ["Ada", "Dont", "Mr. Fox"])
        var run = Self.small
        // So much smoothing leaves little more than a nat between what is right and what is not.
        run.training.smoothing = 0.5
        let training = try SegmenterTraining(run.model, run.training, examples: sentences, held: sentences)
        let fresh = try training.freshModel()
        let trainer = Trainer(try training.task(fresh), run.training, TrainingHooks(fingerprint: ""))
        let network = try trainer.train(fresh.network).model
        func metrics(_ network: SegmentationNetwork, finished: Bool) throws -> [String: Double] {
            var model = try finished ? training.finished(network, fresh) : fresh
            if !finished { model.network = network }
            return try SegmenterTraining.evaluation(sentences, model).metrics
        }
        let right = ["token_f1": 1.0, "word_f1": 1, "sentence_f1": 1]
        #expect(try metrics(network, finished: false) == right)
        var reluctant = network
        reluctant.sentenceBias -= 1.75
        #expect(try #require(metrics(reluctant, finished: false)["sentence_f1"]) < 1)
        #expect(try metrics(reluctant, finished: true) == right)
        reluctant = network
        reluctant.multiwordBias -= 1.75
        #expect(try #require(metrics(reluctant, finished: false)["word_f1"]) < 1)
        #expect(try metrics(reluctant, finished: true) == right)
    }

    @Test func tooFewSentencesAreRefused() {
        #expect(throws: TrainingError.self) {
            let run = RunConfiguration(.tokenize)
            _ = try SegmenterTraining(run.model, run.training, examples: [], held: Self.sentences)
        }
    }
}
