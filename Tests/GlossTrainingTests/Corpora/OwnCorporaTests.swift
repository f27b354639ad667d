import GlossTestSupport
import GlossTraining
import Testing

/// The corpora that come with Gloss are as their README says.
@Suite struct OwnCorporaTests {
    @Test(arguments: [
        ("sentiment/train.tsv", ["negative": 181, "positive": 181]),
        ("sentiment/dev.tsv", ["negative": 40, "positive": 40]),
        ("opinions/train.tsv", ["negative": 4_106, "neutral": 560, "positive": 3_717]),
        ("opinions/dev.tsv", ["negative": 406, "neutral": 48, "positive": 477]),
        ("topics/train.tsv", ["cooking": 60, "money": 60, "music": 60, "space": 60, "sports": 60]),
        ("topics/dev.tsv", ["cooking": 14, "money": 14, "music": 14, "space": 14, "sports": 14]),
    ])
    func labelCounts(file: String, counts: [String: Int]) throws {
        let corpus = try CorpusReader.labelled(paths: [PackageFiles.path("corpora/\(file)")])
        #expect(Dictionary(corpus.examples.flatMap(\.labels).map { ($0, 1) }, uniquingKeysWith: +) == counts)
        #expect(corpus.skipped == 0)
    }

    @Test(arguments: ["sentiment", "opinions", "topics"])
    func noTextComesTwice(folder: String) throws {
        let files = ["train", "dev"].map { PackageFiles.path("corpora/\(folder)/\($0).tsv") }
        let texts = try CorpusReader.labelled(paths: files).examples.map { $0.text.lowercased() }
        #expect(texts.count > 300)
        #expect(Set(texts).count == texts.count)
    }

    @Test(arguments: [
        ("spans/train.conll", 96, 968, ["PER": 53, "LOC": 62, "ORG": 38]),
        ("spans/dev.conll", 24, 238, ["PER": 11, "LOC": 16, "ORG": 10]),
        ("names/train.conll", 3_729, 41_881, ["PER": 1_146, "LOC": 1_671, "ORG": 1_431]),
        ("names/dev.conll", 412, 4_761, ["PER": 127, "LOC": 179, "ORG": 169]),
    ])
    func nameCounts(file: String, sentences: Int, tokens: Int, names: [String: Int]) throws {
        let corpus = try CorpusReader.tagged(paths: [PackageFiles.path("corpora/\(file)")])
        #expect(corpus.examples.count == sentences)
        #expect(corpus.examples.reduce(0) { $0 + $1.tokens.count } == tokens)
        #expect(corpus.spanSchemes["tag"] == .iob2)
        let begins = corpus.examples.flatMap { $0.tags["tag"] ?? [] }.filter { $0.hasPrefix("B-") }
        #expect(Dictionary(begins.map { (String($0.dropFirst(2)), 1) }, uniquingKeysWith: +) == names)
    }
}
