import Foundation
import GlossNN
import GlossPipeline
import Testing

struct ModelArchiveTests {
    @Test func aClassifierComesBackWithBothViews() throws {
        var model = try TinyModels.classifier()
        let table = (0..<16 * 3).map { Float($0) / 10 }
        model.ngrams = NGramClassifier(table: Tensor([16, 3], table), bias: Tensor([3], [1, 2, 3]), order: 2)
        model.calibration.ngrams = 0.5
        model.calibration.network = 2
        guard case .classify(let back) = try Model(Model.classify(model).archive()) else {
            Issue.record("another task came back")
            return
        }
        #expect(try back(TinyModels.texts) == model(TinyModels.texts))
        #expect(back.ngrams?.order == 2)
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

    @Test func whatIsMissingIsNamed() throws {
        var archive = try Model.tag(TinyModels.tagger(crf: false)).archive()
        let dropped = archive.tensors.removeLast()
        #expect(throws: ArchiveError.missingTensor(dropped.name)) { try Model(archive) }
        archive.tensors.append((dropped.name, Tensor(zeros: [1, 2])))
        #expect(throws: ArchiveError.self) { try Model(archive) }
        archive.assets["tags"] = nil
        #expect(throws: ArchiveError.missingAsset("tags")) { try Model(archive) }
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
}
