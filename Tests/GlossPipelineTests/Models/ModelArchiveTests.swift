import Foundation
import GlossNN
import GlossPipeline
import GlossText
import Testing

struct ModelArchiveTests {
    @Test func aClassifierComesBackWithBothViews() throws {
        var model = try TinyModels.classifier()
        let table = (0..<16 * 3).map { Float($0) / 10 }
        model.ngrams = NGramClassifier(
            table: Tensor([16, 3], table), bias: Tensor([3], [1, 2, 3]), NGrams(words: 2, characters: 5))
        model.calibration.ngrams = 0.5
        model.calibration.network = 2
        guard case .classify(let back) = try Model(Model.classify(model).archive()) else {
            Issue.record("another task came back")
            return
        }
        #expect(try back(TinyModels.texts) == model(TinyModels.texts))
        #expect(back.ngrams?.ngrams == NGrams(words: 2, characters: 5))
    }

    @Test func aTaggerAndAGeneratorComeBack() throws {
        let tagger = try TinyModels.tagger(crf: true)
        guard case .tag(let tags) = try Model(Model.tag(tagger).archive()) else {
            Issue.record("another task came back")
            return
        }
        #expect(try tags(TinyModels.texts) == tagger(TinyModels.texts))
        let generator = try TinyModels.generator()
        guard case .generate(let writer) = try Model(Model.generate(generator).archive()) else {
            Issue.record("another task came back")
            return
        }
        var first = "", second = ""
        try generator.generate("the", Sampling(), seed: 3) {
            first += $0; return true
        }
        try writer.generate("the", Sampling(), seed: 3) {
            second += $0; return true
        }
        #expect(first == second)
    }

    @Test func aLanguageModelInBothDirectionsComesBack() throws {
        let model = try TinyModels.languageModel()
        guard case .pretrain(let back) = try Model(Model.pretrain(model).archive()) else {
            Issue.record("another task came back")
            return
        }
        let words = ["the", "film", "was", "Zugzwang"]
        let batch = WordBatch([model.lexicon.sequence(words)], back.lexicon)
        func nats(_ model: BidirectionalLanguageModel) -> [Double] {
            let nats = model.nats(batch, next: [1, 2, 3, 1], previous: [1, 2, 3, 4])
            return [nats.ahead, nats.back]
        }
        #expect(nats(back) == nats(model))
        #expect(nats(back)[0] != nats(back)[1])
        #expect(nats(back.prepared()) == nats(model))
    }

    /// Numbers that were stored in fewer bits answer as the same numbers in float32, before and after they are packed.
    @Test func storedNumbersAnswerAsTheyAre() throws {
        var classifier = try TinyModels.classifier()
        var random = RandomSource(seed: 4)
        classifier.ngrams = NGramClassifier(
            table: Tensor(uniform: [64, 3], bound: 1, using: &random), bias: Tensor([3], [1, 2, 3]), NGrams(words: 2))
        classifier.calibration.ngrams = 0.5
        let models: [Model] = [
            .classify(classifier), .tag(try TinyModels.tagger(crf: true)), .generate(try TinyModels.generator()),
        ]
        for model in models {
            let stored = try kept(model.archive()) { .compact($0) },
                plain = try kept(model.archive()) { .dense($0.tensor) }
            #expect(stored.byteCount < plain.byteCount)
            #expect(try answers(stored) == answers(plain))
            #expect(try answers(stored.prepared()) == answers(plain))
            #expect(try answers(Model(stored.prepared().archive())) == answers(plain))
        }
    }

    /// The model with its numbers in float16.
    private func kept(_ archive: ModelArchive, _ numbers: (CompactTensor) -> Numbers) throws -> Model {
        var archive = archive
        archive.tensors = archive.tensors.map { name, value in
            let halves = value.tensor.scalars.map { Float16($0) }.withUnsafeBytes { Array($0) }
            return (name, numbers(CompactTensor(value.shape, .float16, halves)))
        }
        return try Model(archive)
    }

    private func answers(_ model: Model) throws -> [String] {
        switch model {
        case .classify(let model):
            return try model(TinyModels.texts).map { "\($0)" } + ["\(try model.explain("a film"))"]
        case .tag(let model): return try model(TinyModels.texts).map { "\($0)" }
        case .generate(let model):
            var text = ""
            try model.generate("the", Sampling(), seed: 3) {
                text += $0
                return true
            }
            return [text]
        default: return []
        }
    }

    @Test func whatIsMissingIsNamed() throws {
        var archive = try Model.tag(TinyModels.tagger(crf: false)).archive()
        let dropped = archive.tensors.removeLast()
        #expect(throws: ArchiveError.missingTensor(dropped.name)) { try Model(archive) }
        archive.tensors.append((dropped.name, .dense(Tensor(zeros: [1, 2]))))
        #expect(throws: ArchiveError.self) { try Model(archive) }
        archive.assets["tags"] = nil
        #expect(throws: ArchiveError.missingAsset("tags")) { try Model(archive) }
    }

    /// Answers that their classes do not make are no model.
    @Test func answersAreThoseOfTheirClasses() throws {
        var archive = try Model.classify(
            TinyModels.classifier {
                $0.head.groups = ["bad": "negative", "meh": "neutral", "good": "positive", "what": ""]
            }
        ).archive()
        #expect(throws: Never.self) { try Model(archive) }
        archive.assets["labels"] = try JSONEncoder().encode(["negative", "positive"])
        #expect(throws: ArchiveError.missingAsset("labels")) { try Model(archive) }
    }

    @Test func aConfigurationOfAnEarlierGlossIsRead() throws {
        let configuration = TinyModels.configuration(.tag)
        let data = try JSONEncoder().encode(configuration)
        #expect(try ModelConfiguration(stored: data) == configuration)
        var tree = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        var encoder = try #require(tree["encoder"] as? [String: Any])
        encoder["foldsWords"] = nil
        tree["encoder"] = encoder
        let read = try ModelConfiguration(stored: JSONSerialization.data(withJSONObject: tree))
        // The plain default, not the task's: a key that was not there had no effect.
        #expect(!read.encoder.foldsWords)
        #expect(read.encoder.stack == configuration.encoder.stack)
    }

    /// What no training makes: a file from elsewhere may hold it, with every checksum right.
    @Test func whatMakesNoModelIsRefused() throws {
        let archive = try Model.classify(TinyModels.classifier()).archive()
        func refused(_ change: (inout ModelArchive) throws -> Void) throws -> ArchiveError? {
            var copy = archive
            try change(&copy)
            return #expect(throws: ArchiveError.self) { try Model(copy) }
        }
        func size(_ text: String, _ other: String) throws -> ArchiveError? {
            try refused {
                let configuration = String(decoding: $0.configuration, as: UTF8.self)
                try #require(configuration.contains(text))
                $0.configuration = Data(configuration.replacing(text, with: other).utf8)
            }
        }
        #expect("\(try #require(try size(#""wordFeatures":7"#, #""wordFeatures":-7"#)))".contains("wordFeatures = -7"))
        #expect("\(try #require(try size(#""layers":2"#, #""layers":4611686018427387904"#)))".contains("layers"))
        #expect(
            "\(try #require(try size(#""characterHidden":3"#, #""characterHidden":0"#)))".contains(
                "characterHidden = 0"))
        // Sizes of what is left out say nothing.
        let bare = try Model.classify(
            TinyModels.classifier {
                ($0.encoder.characterFeatures, $0.encoder.characterHidden, $0.encoder.columnFeatures) = (0, 0, 0)
                $0.encoder.base.hidden = 0
            })
        #expect(throws: Never.self) { try Model(bare.archive()) }
        let twice = try refused { $0.assets["labels"] = Data(#"["negative","negative","positive"]"#.utf8) }
        #expect("\(try #require(twice))".contains("labels"))
        let unknown = try refused {
            let lexicon = String(decoding: try #require($0.assets["lexicon"]), as: UTF8.self)
            $0.assets["lexicon"] = Data(lexicon.replacing(Vocabulary.unknown, with: "<other>").utf8)
        }
        #expect("\(try #require(unknown))".contains("a vocabulary without"))
    }
}
