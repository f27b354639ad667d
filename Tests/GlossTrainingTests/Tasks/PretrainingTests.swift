import Foundation
import GlossNN
import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct PretrainingTests {
    private static func stream(_ lines: [String]) throws -> WordStream {
        let path = NSTemporaryDirectory() + "gloss-pretraining-\(UUID().uuidString).txt"
        try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try WordStream(
            paths: [path], ModelConfiguration(.pretrain).tokenizer, options: CorpusOptions(), threads: 2)
    }

    private func training(
        _ lines: [String], start: StartingPoint = .none, _ change: (inout RunConfiguration) -> Void = { _ in }
    ) throws -> Pretraining {
        var run = RunConfiguration(.pretrain)
        run.model.vocabulary.minimumCount = 1
        run.model.vocabulary.characterMinimumCount = 1
        run.model.encoder.wordFeatures = 12
        run.model.encoder.characterHidden = 4
        run.model.encoder.base.hidden = 16
        run.model.encoder.base.dropout = 0
        run.model.encoder.inputDropout = 0
        run.training.epochs = 8
        run.training.batchTokens = 64
        run.training.stream.samples = 0
        run.training.optimizer.rate = 2e-2
        run.training.optimizer.averageDecay = 0
        change(&run)
        let text = try Self.stream(lines)
        return try Pretraining(run.model, run.training, text: text, held: text, start: start, threads: 2)
    }

    private func trained(_ training: Pretraining) throws -> Trainer<PretrainingTask>.Outcome {
        try Trainer(training.task(), training.training, TrainingHooks(fingerprint: "")).train(training.freshModel())
    }

    @Test func textsComeApartIntoWindowsWithTheirNeighbours() throws {
        let lines = try Self.stream(["a b c d e", "", "b a"])
        #expect(lines.count == 2)
        #expect(lines.words == ["a", "b", "c", "d", "e"])
        #expect(lines.counts == [2, 2, 1, 1, 1])
        let training = try training(["a b c d e", "", "b a"])
        let model = try training.freshModel(), end = model.end
        let ids = IdentifiedWords(lines, model.lexicon)
        func id(_ word: String) -> Int32 { model.lexicon.words.idOrUnknown(word) }
        let inner = ids.read(SequenceWindow(sequence: 0, steps: 1..<3), end: end)
        #expect(inner.words.words == ["b", "c"])
        #expect(inner.next == ["c", "d"].map(id))
        #expect(inner.previous == ["a", "b"].map(id))
        let whole = ids.read(SequenceWindow(sequence: 1, steps: 0..<2), end: end)
        #expect(whole.next == [id("a"), end])
        #expect(whole.previous == [end, id("b")])
    }

    /// Each word tells the next and the one before it: what a model in both directions can learn to the end.
    @Test(arguments: [0, 6]) func bothDirectionsAreLearned(samples: Int) throws {
        let cycle = ["one", "two", "three", "four", "five", "six", "seven"]
        let lines = (0..<120).map { start in (0..<9).map { cycle[(start + $0) % 7] }.joined(separator: " ") }
        let outcome = try trained(training(lines) { $0.training.stream.samples = samples })
        // The ends cannot be known: a mean of one in ten predictions, of seven words or an end.
        for direction in ["forward_perplexity", "backward_perplexity"] {
            let perplexity = try #require(outcome.evaluation.metrics[direction])
            #expect(perplexity > 1 && perplexity < 1.6, "\(direction) \(perplexity)")
        }
    }

    @Test func theCandidatesOfManyDrawsAreTheWholeSoftmax() throws {
        let lines = (0..<20).map { "the film number \($0 % 7) was good" }
        func loss(_ samples: Int) throws -> Float {
            let training = try training(lines) { $0.training.stream.samples = samples }
            let task = training.task()
            var memory = ShardMemory()
            let batch = try #require(task.batches(epoch: 0, seed: 1).first)
            return try task.loss(
                training.freshModel(), batch, memory: &memory, normalizer: 1, tape: Tape(random: RandomSource(seed: 2))
            ).value[0]
        }
        let whole = try loss(0)
        #expect(abs(try loss(30_000) - whole) < 1e-3 * whole)
    }

    @Test func anotherModelStartsFromWordsCharactersAndLayers() throws {
        let lines = ["the film was fine", "the film was bad", "an end"]
        let source = try trained(training(lines) { $0.training.epochs = 1 }).model
        var run = RunConfiguration(.classify)
        run.model.vocabulary.minimumCount = 1
        run.model.encoder.stack.hidden = 5
        run.training.vectorWords = 100
        let examples = [("fine day", "yes"), ("Bad day", "no")].enumerated().map { line, example in
            LabelledText(text: example.0, labels: [example.1], line: line + 1)
        }
        let training = try ClassifierTraining(
            run.model, run.training, examples: examples, held: examples, start: .pretrained(source), threads: 1)
        let model = try training.freshModel(), encoder = model.network.encoder
        #expect(model.configuration.encoder.base.hidden == 16 && model.configuration.encoder.wordFeatures == 12)
        #expect(model.network.lexicon.words.id(of: "end") != nil)
        let base = try #require(encoder.base)
        #expect(base.parameters.map(\.parameter.value.scalars) == source.base.parameters.map(\.parameter.value.scalars))
        func vector(_ word: String, _ words: Vocabulary, _ table: Tensor) -> [Float] {
            (0..<12).map { table[Int(words.idOrUnknown(word)) * 12 + $0] }
        }
        for word in ["fine", "bad", "end", "<unk>"] {
            #expect(
                vector(word, model.network.lexicon.words, encoder.reader.words.table.value)
                    == vector(word, source.lexicon.words, source.reader.words.table.value), "\(word)")
        }
        let characters = try #require(encoder.reader.characters), from = try #require(source.reader.characters)
        #expect(
            characters.layer.parameters.map(\.parameter.value.scalars)
                == from.layer.parameters.map(\.parameter.value.scalars))
        // It trains on as any other model, and comes back from an archive as it was.
        let outcome = try Trainer(training.task(), run.training, TrainingHooks(fingerprint: "")).train(model.network)
        let (finished, _) = try training.finished(outcome.model, nil)
        #expect(
            outcome.model.encoder.base?.parameters.map(\.parameter.value.scalars)
                != base.parameters.map(\.parameter.value.scalars))
        guard case .classify(let back) = try Model(Model.classify(finished).archive()) else {
            Issue.record("another task came back")
            return
        }
        #expect(try back(["fine end"]) == finished(["fine end"]))
    }

    @Test(arguments: CellKind.allCases) func widerLayersPredictAtFirstAsBefore(cell: CellKind) throws {
        let lines = ["the film was fine", "the film was bad", "an end"]
        let source = try trained(
            training(lines) {
                $0.model.encoder.base.cell = cell
                $0.model.encoder.base.layers = 2
                $0.training.epochs = 2
            }
        ).model
        let further = try training(lines, start: .pretrained(source)) {
            $0.training.pretrainedWidth = 23
            $0.training.seed = 5
        }
        let wider = try further.freshModel()
        #expect(wider.configuration.encoder.base.hidden == 23 && wider.parameterCount > source.parameterCount)
        let before = try #require(further.task().evaluate(source).metrics["perplexity"])
        let fresh = try #require(further.task().evaluate(wider).metrics["perplexity"])
        #expect(abs(fresh - before) < 2e-6 * before)
        // The new units have states of their own, from which is learned.
        let weights = wider.base.forward[1].hiddenWeight.value
        #expect((0..<23).contains { weights[22 * weights.columns + $0] != 0 })
        let outcome = try trained(further)
        #expect(try #require(outcome.evaluation.metrics["perplexity"]) < before)
        let after = outcome.model.base.forward[1].hiddenWeight.value
        #expect((0..<16).contains { after[22 * after.columns + $0] != 0 })
    }

    @Test(arguments: [(15, 12), (20, 16), (20, 20)]) func layersAreNotMadeNarrowerNorTheirProjectionChanged(
        width: Int, features: Int
    ) throws {
        let source = try training(["an end"]) { $0.model.encoder.wordFeatures = features }.freshModel()
        #expect(throws: TrainingError.self) {
            try training(["an end"], start: .pretrained(source)) { $0.training.pretrainedWidth = width }
        }
    }

    @Test func aPretrainedModelIsTrainedFurtherOnOtherText() throws {
        let source = try trained(training(["the film was fine", "the film was bad"]) { $0.training.epochs = 1 }).model
        let known = source.lexicon.words.symbols
        func further(words: Int) throws -> Pretraining {
            try training(["a fine letter", "the letter was bad"], start: .pretrained(source)) {
                // Other sizes: those of the model count.
                $0.model.encoder.wordFeatures = 3
                $0.model.encoder.base.hidden = 2
                $0.model.encoder.base.dropout = 0.25
                $0.model.vocabulary.maximumSize = words
            }
        }
        let same = try further(words: known.count), fresh = try same.freshModel()
        #expect(fresh.lexicon == source.lexicon)
        #expect(fresh.parameters.map(\.parameter.value.scalars) == source.parameters.map(\.parameter.value.scalars))
        #expect(fresh.configuration.encoder.base.dropout == 0.25)
        let outcome = try trained(same)
        let before = try #require(same.task().evaluate(source).metrics["perplexity"])
        #expect(try #require(outcome.evaluation.metrics["perplexity"]) < before)
        // Words of the text come behind those of the model, the most frequent first, as many as may be.
        let wider = try further(words: known.count + 1), model = try wider.freshModel()
        #expect(model.lexicon.words.symbols == known + ["letter"])
        #expect(model.lexicon.characters == source.lexicon.characters)
        for (own, other) in zip(model.parameters, source.parameters) {
            let values = own.parameter.value.scalars, from = other.parameter.value.scalars
            #expect(Array(values.prefix(from.count)) == from, "\(own.path)")
            #expect(values.count == from.count || [.table, .tiedTable].contains(own.parameter.role))
        }
        #expect(model.reader.words.table.value.scalars.suffix(12).contains { $0 != 0 })
        #expect(try trained(wider).model.lexicon.words.id(of: "letter") != nil)
    }

    /// What a classifier knows of words reads on as a language model, which learns to predict them.
    @Test func aModelOfAnotherTaskReadsOn() throws {
        let source = try trained(training(["the film was fine", "the film was bad"]) { $0.training.epochs = 1 }).model
        var run = RunConfiguration(.classify)
        run.model.vocabulary.minimumCount = 1
        let examples = [("fine film", "yes"), ("bad film", "no")].enumerated().map { line, example in
            LabelledText(text: example.0, labels: [example.1], line: line + 1)
        }
        let classifier = try ClassifierTraining(
            run.model, run.training, examples: examples, held: examples, start: .pretrained(source), threads: 1
        ).freshModel()
        let encoder = try #require(Model.classify(classifier).pretrainedEncoder)
        let lines = ["a fine letter", "the letter was bad"]
        let further = try training(lines, start: .encoder(encoder)) { $0.training.epochs = 20 }
        let fresh = try further.freshModel(), words = fresh.lexicon.words
        #expect(words.specials == ["<unk>", "<eos>"] && fresh.end == 1)
        #expect(Set(words.symbols).isSuperset(of: ["film", "fine", "bad", "letter"]))
        #expect(fresh.lexicon.characters == encoder.lexicon.characters)
        #expect(
            fresh.base.parameters.map(\.parameter.value.scalars)
                == source.base.parameters.map(\.parameter.value.scalars))
        func vector(_ word: String, _ words: Vocabulary, _ table: Tensor) -> [Float] {
            (0..<12).map { table[Int(words.idOrUnknown(word)) * 12 + $0] }
        }
        for word in ["film", "bad", "<unk>"] {
            #expect(
                vector(word, words, fresh.reader.words.table.value)
                    == vector(word, encoder.lexicon.words, encoder.reader.words.table.value), "\(word)")
        }
        let before = try #require(further.task().evaluate(fresh).metrics["perplexity"])
        #expect(try #require(trained(further).evaluation.metrics["perplexity"]) < before / 2)
    }

    @Test func aModelWithoutPretrainedLayersDoesNotReadOn() throws {
        var run = RunConfiguration(.classify)
        run.model.vocabulary.minimumCount = 1
        let examples = ["yes", "no"].enumerated().map { LabelledText(text: $1, labels: [$1], line: $0 + 1) }
        let classifier = try ClassifierTraining(
            run.model, run.training, examples: examples, held: examples, threads: 1
        ).freshModel()
        let encoder = try #require(Model.classify(classifier).pretrainedEncoder)
        let error = #expect(throws: TrainingError.self) { try training(["a fine letter"], start: .encoder(encoder)) }
        #expect(error?.description.contains("started from a pretrained one") == true)
    }

    @Test func wordsAreFoldedAsTheirLanguageDoes() throws {
        func symbols(_ language: String) throws -> [String] {
            try training(["Ilık su", "Isparta ılık"]) { $0.model.tokenizer.language = language }.freshModel().lexicon
                .words
                .symbols
        }
        #expect(try symbols("tr").contains("ısparta") && !symbols("tr").contains("isparta"))
        #expect(try symbols("en").contains("isparta"))
    }

    @Test func aTextWithoutWordsIsRefused() throws {
        #expect(throws: TrainingError.self) { try training([" "]) }
    }
}
