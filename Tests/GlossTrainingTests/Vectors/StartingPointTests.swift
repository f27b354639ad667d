import Foundation
import GlossNN
import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct StartingPointTests {
    private func vectors() throws -> WordVectors {
        WordVectors(
            configuration: ModelConfiguration(.vectors), words: try Vocabulary(symbols: ["fine", "rare", "bad"]),
            table: Tensor([5, 2], [0, 0, 0, 0, 3, 4, 6, 8, -3, 4]))
    }

    private func model(_ source: StartingPoint, _ change: (inout RunConfiguration) -> Void) throws -> TextClassifier {
        var run = RunConfiguration(.classify)
        run.model.encoder.wordFeatures = 2
        run.model.encoder.stack.hidden = 3
        run.model.vocabulary.minimumCount = 1
        change(&run)
        let examples = [("fine day", "yes"), ("bad day", "no")].enumerated().map { line, example in
            LabelledText(text: example.0, labels: [example.1], line: line + 1)
        }
        return try ClassifierTraining(
            run.model, run.training, examples: examples, held: examples, start: source, threads: 1
        ).freshModel()
    }

    private func row(_ model: TextClassifier, _ word: String) throws -> [Float]? {
        guard let id = model.network.lexicon.words.id(of: word) else { return nil }
        return (0..<2).map { model.network.encoder.reader.words.table.value[Int(id) * 2 + $0] }
    }

    @Test func knownWordsStartFromTheirVectors() throws {
        let plain = try model(.none) { _ in }
        let started = try model(.vectors(vectors())) { _ in }
        #expect(try row(started, "fine") == [3, 4])
        #expect(try row(started, "bad") == [-3, 4])
        #expect(try row(started, "day") == row(plain, "day"))
        #expect(try row(started, "rare") == nil)
    }

    @Test func wordsThatOnlyTheVectorsKnowMayBeTaken() throws {
        let started = try model(.vectors(vectors())) { $0.training.vectorWords = 2 }
        #expect(try row(started, "rare") == [6, 8])
    }

    @Test func vectorsAreScaledToAMeanLength() throws {
        let started = try model(.vectors(vectors())) { $0.training.vectorLength = 1 }
        #expect(try row(started, "fine") == [0.6, 0.8])
    }

    @Test func aFileGivesWhatItsModelGives() throws {
        let path = NSTemporaryDirectory() + "gloss-vectors-\(UUID().uuidString).txt"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var text = ""
        VectorFile.write(try vectors().table.value, words: try vectors().words) { text += $0 }
        #expect(text == "3 2\nfine 3.0 4.0\nrare 6.0 8.0\nbad -3.0 4.0\n")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let change: (inout RunConfiguration) -> Void = { $0.training.vectorWords = 2 }
        let (fromFile, fromModel) = (try model(.file(path), change), try model(.vectors(vectors()), change))
        #expect(fromFile.network.lexicon == fromModel.network.lexicon)
        #expect(
            fromFile.network.encoder.reader.words.table.value.scalars
                == fromModel.network.encoder.reader.words.table.value.scalars)
    }

    @Test func anotherDimensionOrOtherWordsAreErrors() throws {
        #expect(throws: TrainingError.self) {
            try model(.vectors(vectors())) { $0.model.encoder.wordFeatures = 3 }
        }
        let strangers = WordVectors(
            configuration: ModelConfiguration(.vectors), words: try Vocabulary(symbols: ["xyz"]),
            table: Tensor([3, 2], [0, 0, 0, 0, 1, 1]))
        #expect(throws: TrainingError.self) { try model(.vectors(strangers)) { _ in } }
    }

    /// What a classifier that has a language model's layers knows; its words are "fine", "bad" and "day".
    private func known() throws -> (classifier: TextClassifier, encoder: PretrainedEncoder) {
        let classifier = try model(.none) {
            $0.model.encoder.characterFeatures = 3
            $0.model.encoder.characterHidden = 4
            $0.model.encoder.base.layers = 1
            $0.model.encoder.base.hidden = 5
            $0.training.seed = 7
        }
        return (classifier, try #require(Model.classify(classifier).pretrainedEncoder))
    }

    @Test func anotherTaskStartsFromWhatAClassifierKnows() throws {
        let (classifier, encoder) = try known()
        var run = RunConfiguration(.tag)
        run.model.vocabulary.minimumCount = 1
        run.model.vocabulary.characterMinimumCount = 1
        run.training.vectorWords = 10
        let sentence = TaggedSentence(tokens: ["day", "fy"], tags: ["upos": ["NOUN", "X"]], line: 1)
        let tagger = try TaggerTraining(
            run.model, run.training, examples: [sentence], held: [sentence], start: .encoder(encoder), threads: 1
        ).freshModel()
        let source = classifier.network.encoder, started = tagger.network.encoder
        #expect(started.configuration.wordFeatures == 2 && started.configuration.characterHidden == 4)
        #expect(try values(#require(started.base)) == values(#require(source.base)))
        let (own, other) = (try #require(started.reader.characters), try #require(source.reader.characters))
        #expect(values(own.layer) == values(other.layer))
        func row(_ encoder: Encoder, _ lexicon: Lexicon, _ word: String) -> [Float] {
            (0..<2).map { encoder.reader.words.table.value[Int(lexicon.words.idOrUnknown(word)) * 2 + $0] }
        }
        // "bad" comes with the words of the classifier, "fy" is new.
        for word in ["day", "bad", "<unk>"] {
            #expect(row(started, tagger.network.lexicon, word) == row(source, classifier.network.lexicon, word))
        }
        #expect(tagger.network.lexicon.words.id(of: "fy") != nil)
    }

    @Test func aModelWithoutLayersBelowItsStackIsNotWidened() throws {
        let encoder = try #require(Model.classify(model(.none) { _ in }).pretrainedEncoder)
        #expect {
            try model(.encoder(encoder)) { $0.training.pretrainedWidth = 400 }
        } throws: { "\($0)".contains("no layers below a stack") }
    }

    private func scores(_ generator: Generator, _ text: String) throws -> [Float] {
        var states = generator.network.stack.zeroStates(batch: 1)
        return generator.network.lastScores(
            try generator.codec.encode(text, tokenizer: generator.tokenizer), states: &states)
    }

    @Test func aGeneratorIsTrainedFurther() throws {
        func training(_ text: String, _ start: StartingPoint, _ change: (inout RunConfiguration) -> Void = { _ in })
            throws -> GeneratorTraining
        {
            var run = RunConfiguration(.generate)
            run.model.vocabulary.maximumSize = 300
            run.model.encoder.wordFeatures = 8
            run.model.encoder.stack.hidden = 12
            run.training.stream.columns = 2
            run.training.epochs = 1
            change(&run)
            return try GeneratorTraining(run.model, run.training, text: text, held: text, start: start, threads: 1)
        }
        let source = try training(String(repeating: "the cat sat on the mat. ", count: 40), .none).freshModel()
        let further = try training(String(repeating: "a dog ran into the fog! ", count: 40), .whole(.generate(source)))
        {
            // Other sizes and symbols: those of the generator count.
            $0.model.vocabulary.maximumSize = 280
            $0.model.encoder.stack.hidden = 3
            $0.model.encoder.stack.weightDropout = 0.25
            // Other random numbers: what is equal was taken.
            $0.training.seed = 9
        }
        var model = try further.freshModel()
        let words = "the fog sat on a dog"
        #expect(
            try model.codec.encode(words, tokenizer: model.tokenizer)
                == source.codec.encode(words, tokenizer: source.tokenizer))
        #expect(model.configuration.encoder.stack.weightDropout == 0.25)
        #expect(model.parameters.map(\.parameter.value.scalars) == source.parameters.map(\.parameter.value.scalars))
        let wider = try training("a dog ran", .whole(.generate(source))) {
            $0.training.pretrainedWidth = 17
            $0.training.seed = 9
        }.freshModel()
        #expect(wider.configuration.encoder.stack.hidden == 17 && wider.parameterCount > source.parameterCount)
        for (score, known) in try zip(scores(wider, words), scores(source, words)) {
            #expect(abs(score - known) < 1e-5)
        }
        let task = try further.task(), before = task.evaluate(model.network).score
        model.network = try Trainer(task, further.training, TrainingHooks(fingerprint: "")).train(model.network).model
        #expect(task.evaluate(model.network).score > before)
    }

    private func texts(_ examples: (text: String, label: String)...) -> [LabelledText] {
        examples.enumerated().map { LabelledText(text: $1.text, labels: [$1.label], line: $0 + 1) }
    }

    private func values(_ module: some Module) -> [[Float]] { module.parameters.map(\.parameter.value.scalars) }

    @Test func aClassifierIsTrainedFurther() throws {
        let source = try known().classifier
        var run = RunConfiguration(.classify)
        // Other sizes and random numbers: those of the classifier count, and what is dropped, new words and names are as here.
        run.model.encoder.stack.hidden = 7
        run.model.encoder.outputDropout = 0.25
        run.model.vocabulary.minimumCount = 1
        run.model.vocabulary.characterMinimumCount = 1
        run.model.head.labelNames = ["1": "yes"]
        run.training.seed = 9
        run.training.epochs = 20
        run.training.optimizer.rate = 0.02
        run.training.optimizer.averageDecay = 0.9
        let examples = texts(("fine fox", "1"), ("fine box", "no"), ("bad fox", "1"), ("bad box", "no"))
        let training = try ClassifierTraining(
            run.model, run.training, examples: examples, held: examples, start: .whole(.classify(source)), threads: 1)
        var model = try training.freshModel()
        #expect(model.labels == source.labels)
        #expect(model.configuration.encoder.stack.hidden == 3 && model.configuration.encoder.outputDropout == 0.25)
        #expect(values(model.network.encoder.stack) == values(source.network.encoder.stack))
        #expect(values(model.network.head) == values(source.network.head))
        let words = [["fine", "day"], ["bad", "fox"]]
        #expect(
            model.logits(words: words, threads: 1).map(\.network)
                == source.logits(words: words, threads: 1).map(\.network))
        let (lexicon, first) = (model.network.lexicon, source.network.lexicon)
        #expect(first.words.symbols == lexicon.words.symbols.prefix(first.words.count).map(\.self))
        #expect(
            try lexicon.words.count == first.words.count + 2
                && #require(lexicon.words.id(of: "fox")) >= first.words.count)
        #expect(first.characters?.id(of: "x") == nil && lexicon.characters?.id(of: "x") != nil)
        let task = training.task(), before = task.evaluate(model.network).score
        #expect(before < 1)
        model.network = try Trainer(task, training.training, TrainingHooks(fingerprint: "")).train(model.network).model
        #expect(task.evaluate(model.network).metrics["accuracy"] == 1)
    }

    @Test func aClassifierThatIsTrainedFurtherRefusesWhatItHasNoClassFor() throws {
        let source = try known().classifier, run = RunConfiguration(.classify)
        let examples = texts(("fine day", "yes"), ("bad day", "perhaps"))
        #expect {
            try ClassifierTraining(
                run.model, run.training, examples: examples, held: examples, start: .whole(.classify(source)),
                threads: 1)
        } throws: { "\($0)".hasPrefix(":2: ") && "\($0)".contains("“perhaps”") && "\($0)".contains("no, yes") }
    }

    @Test func aTaggerIsTrainedFurther() throws {
        func sentence(_ tokens: [String], _ tags: [String: [String]]) -> TaggedSentence {
            TaggedSentence(tokens: tokens, tags: tags, line: 1)
        }
        func training(_ sentences: [TaggedSentence], _ start: StartingPoint, hidden: Int) throws -> TaggerTraining {
            var run = RunConfiguration(.tag)
            run.model.vocabulary.minimumCount = 1
            run.model.vocabulary.characterMinimumCount = 1
            run.model.encoder.stack.hidden = hidden
            run.model.head.consistency = Float(hidden)
            run.training.seed = UInt64(hidden)
            run.training.patience = 0
            run.training.optimizer.rate = 0.02
            run.training.optimizer.averageDecay = 0.9
            return try TaggerTraining(
                run.model, run.training, examples: sentences, held: sentences, start: start, threads: 1)
        }
        let first = [sentence(["a", "day"], ["upos": ["DET", "NOUN"], "xpos": ["DT", "NN"]])]
        var source = try training(first, .none, hidden: 4).freshModel()
        var random = RandomSource(seed: 1)
        source.segmenter = try TextSegmenter(
            ModelConfiguration(.tokenize), paragraphs: [Array("A day.".utf8)], words: WordTable([]), using: &random)
        // Fewer columns and tags, in another order, and new words.
        let more = [sentence(["night", "falls", "day"], ["upos": ["NOUN", "NOUN", "DET"]])]
        let further = try training(more, .whole(.tag(source)), hidden: 5)
        let model = try further.freshModel()
        #expect(model.network.head.tagSets == source.network.head.tagSets)
        #expect(model.segmenter != nil, "it cuts text as the one that it was")
        #expect(model.configuration.head.consistency == 5, "how a document's spans agree may be set anew")
        let same = try training(more, .whole(.tag(source)), hidden: 0)
        #expect(same.model.head.consistency == 4, "what is not asked for stays as it was")
        #expect(model.tag([[["a", "day"]]]) == source.tag([[["a", "day"]]]))
        #expect(model.network.lexicon.words.id(of: "night") != nil)
        let task = further.task(), before = task.evaluate(model.network).score
        let after = try Trainer(task, further.training, TrainingHooks(fingerprint: "")).train(model.network).model
        #expect(task.evaluate(after).score > before)
        for (tags, said) in [(["upos": ["NOUN", "VERB"]], "“VERB”"), (["chunk": ["B", "I"]], "“chunk”")] {
            #expect {
                try training([sentence(["night", "falls"], tags)], .whole(.tag(source)), hidden: 4)
            } throws: { "\($0)".contains(said) }
        }
    }

    @Test func aModelOfNumbersIsTrainedFurtherOnItsOwnScale() throws {
        func model(_ values: [Float], _ start: StartingPoint, seed: UInt64) throws -> TextRegressor {
            var run = RunConfiguration(.number)
            run.model.vocabulary.minimumCount = 1
            run.training.seed = seed
            let examples = values.enumerated().map { NumberedText(text: "the day \($0)", value: $1, line: $0 + 1) }
            return try RegressorTraining(
                run.model, run.training, examples: examples, held: examples, start: start, threads: 1
            ).freshModel()
        }
        let source = try model([1, 2, 6], .none, seed: 1)
        let further = try model([100, 300, 500, 900], .whole(.number(source)), seed: 2)
        #expect(try further(["the day 2"]) == source(["the day 2"]))
        #expect(further.network.head.mean == 3)
    }

    @Test func aStartFromAModelOfAnotherKindIsRefused() throws {
        let (_, encoder) = try known()
        let run = RunConfiguration(.generate), text = String(repeating: "the cat sat on the mat. ", count: 40)
        func generator(_ start: StartingPoint) throws -> Generator {
            try GeneratorTraining(run.model, run.training, text: text, held: text, start: start, threads: 1)
                .freshModel()
        }
        #expect(throws: TrainingError.self) { try generator(.encoder(encoder)) }
        let source = try generator(.none)
        #expect(throws: TrainingError.self) { try model(.whole(.generate(source))) { _ in } }
        let classifier = try known().classifier
        #expect(throws: TrainingError.self) { try generator(.whole(.classify(classifier))) }
        #expect(Model.generate(source).pretrainedEncoder == nil)
    }
}
