import GlossTestSupport
import GlossTraining
import Testing

/// The corpora that come with Gloss are as their README says.
@Suite struct OwnCorporaTests {
    @Test(arguments: [
        ("sentiment/train.tsv", ["negative": 181, "positive": 181]),
        ("sentiment/dev.tsv", ["negative": 40, "positive": 40]),
        ("opinions/train.tsv", ["negative": 28_892, "neutral": 755, "positive": 27_514]),
        ("opinions/dev.tsv", ["negative": 3_209, "neutral": 78, "positive": 3_134]),
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

    @Test func nounsAskForTheTypesOfTREC() throws {
        let nouns = try CorpusReader.labelled(paths: [PackageFiles.path("corpora/questions/nouns.tsv")]).examples
        #expect(nouns.count == 5_583)
        #expect(Set(nouns.map(\.text)).count == nouns.count)
        let settings = try String(contentsOfFile: PackageFiles.path("bench/train/trec.toml"), encoding: .utf8)
        for label in Set(nouns.flatMap(\.labels)) {
            #expect(settings.contains("\"\(label)\" = "), "\(label)")
        }
    }

    @Test func whatAFrameLeavesOpenCanBeFilled() throws {
        let text = try String(contentsOfFile: PackageFiles.path("corpora/questions/frames.tsv"), encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(rows.count == 111)
        for frame in rows where frame[0] == "frame" {
            #expect(frame[2].contains("{noun}"))
            for part in ["clause", "object", "thing"] where frame[2].contains("{\(part)}") {
                let kind = part == "thing" ? "" : frame[1].prefix { $0 != ":" }
                #expect(rows.contains { $0[0] == part && $0[1] == kind }, "\(frame)")
            }
        }
    }

    @Test(arguments: [
        ("spans/train.conll", 96, 968, ["PER": 53, "LOC": 62, "ORG": 38]),
        ("spans/dev.conll", 24, 238, ["PER": 11, "LOC": 16, "ORG": 10]),
        ("names/train.conll", 50_320, 673_684, ["PER": 22_478, "LOC": 18_812, "ORG": 14_618]),
        ("names/dev.conll", 5_583, 74_941, ["PER": 2_553, "LOC": 2_021, "ORG": 1_589]),
    ])
    func nameCounts(file: String, sentences: Int, tokens: Int, names: [String: Int]) throws {
        let corpus = try CorpusReader.tagged(paths: [PackageFiles.path("corpora/\(file)")])
        #expect(corpus.examples.count == sentences)
        #expect(corpus.examples.reduce(0) { $0 + $1.tokens.count } == tokens)
        let begins = corpus.examples.flatMap { $0.tags["tag"] ?? [] }.filter { $0.hasPrefix("B-") }
        #expect(Dictionary(begins.map { (String($0.dropFirst(2)), 1) }, uniquingKeysWith: +) == names)
    }

    @Test(arguments: ["spans", "names"])
    func noSentenceComesTwice(folder: String) throws {
        let files = ["train", "dev"].map { PackageFiles.path("corpora/\(folder)/\($0).conll") }
        let examples = try CorpusReader.tagged(paths: files).examples
        let sentences = examples.map { $0.tokens.joined(separator: " ").lowercased() }
        #expect(sentences.count >= 120)
        #expect(Set(sentences).count == sentences.count)
    }

    @Test(arguments: [
        ("stories/train", 2_002, 17_681, 3_140_306), ("stories/dev", 156, 1_388, 252_188),
        ("tales/train", 8_204, 63_126, 10_562_030), ("tales/dev", 272, 2_107, 352_170),
    ])
    func storyCounts(file: String, stories: Int, paragraphs: Int, bytes: Int) throws {
        let text = try String(contentsOfFile: PackageFiles.path("corpora/\(file).txt"), encoding: .utf8)
        #expect(text.utf8.count == bytes)
        #expect(text.components(separatedBy: "\n\n").count == stories)
        #expect(text.split(separator: "\n").count == paragraphs)
        #expect(text.utf8.allSatisfy { $0 == 10 || (32...126).contains($0) })
    }

    @Test func noLongParagraphOfAStoryComesTwice() throws {
        let texts = try ["stories/train", "stories/dev", "tales/train", "tales/dev"].map {
            try String(contentsOfFile: PackageFiles.path("corpora/\($0).txt"), encoding: .utf8)
        }
        let paragraphs = texts.joined().split(separator: "\n").filter { $0.utf8.count > 60 }
        #expect(paragraphs.count > 20_000)
        #expect(Set(paragraphs).count == paragraphs.count)
    }
}
