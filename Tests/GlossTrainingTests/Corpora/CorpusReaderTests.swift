import GlossTestSupport
import GlossTraining
import Testing

@Suite struct CorpusReaderTests {
    // The counts are those of the data's own README, which compares them with the published ones.
    private static let reason: Comment = "needs the corpora in ../shared/data"

    @Test(
        .enabled(if: SampleData.isPresent, reason),
        arguments: [
            ("sst/sst2.train.tsv", 6_920, 2), ("sst/sst2.dev.tsv", 872, 2), ("sst/sst5.train.tsv", 8_544, 5),
            ("sst/sst2.train_phrases.tsv.gz", 67_349, 2), ("imdb/train.tsv.gz", 22_500, 2),
            ("imdb/dev.tsv.gz", 2_500, 2),
            ("trec/trec6.train.tsv", 4_952, 6), ("ag_news/train.tsv.gz", 8_991, 4),
            ("newsgroups20/train.tsv.gz", 10_185, 20), ("tnews/dev.tsv.gz", 5_001, 15),
            ("umsab/hindi.train.tsv", 1_839, 3),
        ])
    func labelledCounts(file: String, rows: Int, labels: Int) throws {
        let corpus = try CorpusReader.labelled(paths: [SampleData.path(file)])
        #expect(corpus.examples.count == rows)
        #expect(Set(corpus.examples.flatMap(\.labels)).count == labels)
        #expect(corpus.skipped == 0)
    }

    @Test(
        .enabled(if: SampleData.isPresent, reason),
        arguments: [
            ("en_ewt-ud-train", 12_544, 201_962), ("en_ewt-ud-dev", 2_001, 24_787),
            ("en_gum-ud-train", 10_224, 174_263),
            ("fr_sequoia-ud-train", 2_231, 49_142), ("th_tud-ud-train", 2_902, 62_011),
            ("tr_imst-ud-train", 3_435, 36_415),
            ("zh_gsd-v1-ud-train", 3_997, 98_608), ("ja_gsd-ud-dev", 507, 12_287), ("de_gsd-ud-dev", 799, 12_316),
            ("fr_gsd-ud-dev", 1_476, 34_664), ("fi_tdt-ud-dev", 1_364, 18_290),
        ])
    func treebankCounts(stem: String, sentences: Int, surfaceTokens: Int) throws {
        let corpus = try CorpusReader.tagged(paths: [SampleData.path("ud/\(stem).conllu.gz")])
        #expect(corpus.examples.count == sentences)
        #expect(corpus.examples.reduce(0) { $0 + $1.surfaceTokens.count } == surfaceTokens)
    }

    @Test(
        .enabled(if: SampleData.isPresent, reason),
        arguments: [
            ("conll2003/train.conll.gz", 14_041, 203_621, 23_499), ("conll2003/dev.conll.gz", 3_250, 51_362, 5_942),
            ("uner_en_ewt/train.conll.gz", 12_543, 204_579, 7_005), ("uner_en_ewt/dev.conll.gz", 2_001, 25_149, 966),
            ("conll2002/esp.train.conll.gz", 8_323, 264_715, nil),
            ("conll2002/ned.train.conll.gz", 15_806, 202_644, nil),
            ("wnut17/train.conll.gz", 3_394, 62_730, nil), ("conll2000/train.conll.gz", 8_043, 190_313, nil),
            ("resume_ner_zh/train.conll.gz", 3_821, 124_099, nil), ("brown/dev.tagged.gz", 5_861, 116_366, nil),
        ] as [(String, Int, Int, Int?)])
    func columnsCounts(file: String, sentences: Int, tokens: Int, spans: Int?) throws {
        let corpus = try CorpusReader.tagged(paths: [SampleData.path(file)])
        #expect(corpus.examples.count == sentences)
        #expect(corpus.examples.reduce(0) { $0 + $1.tokens.count } == tokens)
        if let spans {
            let begins = corpus.examples.reduce(0) { sum, sentence in
                sum + (sentence.tags["tag"] ?? []).count { $0.hasPrefix("B-") }
            }
            #expect(begins == spans)
        }
    }

    @Test(
        .enabled(if: SampleData.isPresent, reason),
        arguments: [
            ("wikitext2/wiki.train.tokens.gz", 36_718, 2_088_628), ("wikitext2/wiki.valid.tokens.gz", 3_760, 217_646),
            ("ptb/ptb.train.txt.gz", 42_068, 929_589), ("ptb/ptb.valid.txt.gz", 3_370, 73_760),
        ])
    func plainTextCounts(file: String, lines: Int, tokensWithLineEnds: Int) throws {
        var seen = 0
        var tokens = 0
        let skipped = try PlainText.forEachLine(paths: [SampleData.path(file)]) { (line) throws(CorpusError) in
            seen += 1
            tokens += line.utf8.split(separator: UInt8(ascii: " ")).count + 1
        }
        #expect(skipped == 0)
        #expect(seen == lines)
        #expect(tokens == tokensWithLineEnds)
    }

    @Test(.enabled(if: SampleData.isPresent, reason))
    func xzIsRead() throws {
        var lines = 0
        _ = try PlainText.forEachLine(paths: [SampleData.path("imdb/unsup.txt.xz")]) { (_) throws(CorpusError) in
            lines += 1
        }
        #expect(lines == 49_211)
    }

    @Test func severalFilesAreOneCorpusInTheirOrder() throws {
        let first = try TemporaryFile("label\ttext\na\tone\n", suffix: ".tsv")
        let second = try TemporaryFile("{\"label\":\"b\",\"text\":\"two\"}\n")
        let corpus = try CorpusReader.labelled(paths: [first.path, second.path])
        #expect(
            corpus.examples == [
                LabelledText(text: "one", labels: ["a"], line: 2, file: first.path),
                LabelledText(text: "two", labels: ["b"], line: 1, file: second.path),
            ])
    }

    @Test(arguments: ["", "\n \n\n"])
    func aFileWithoutExamplesIsAnError(text: String) throws {
        let file = try TemporaryFile(text)
        #expect(throws: CorpusError.self) { try CorpusReader.labelled(paths: [file.path]) }
        #expect(throws: CorpusError.self) { try CorpusReader.numbered(paths: [file.path]) }
        for format in [CorpusFormat.columns, .conllu] {
            let error = #expect(throws: CorpusError.self) {
                try CorpusReader.tagged(paths: [file.path], format: format)
            }
            #expect(error?.kind == .badData)
            #expect(error?.file == file.path)
        }
        let error = #expect(throws: CorpusError.self) {
            try CorpusReader.labelled(paths: [file.path], format: .fastText)
        }
        #expect(error?.message == (text.isEmpty ? "the file is empty" : "no label") || error?.line == 2)
    }

    /// What a name or the first line does not say, the lines behind the comments do.
    @Test(arguments: ["", ".tsv"]) func sentencesOfAnyName(suffix: String) throws {
        let word = "1\tA\t_\tX\t_\t_\t0\troot\t_\t_\n\n"
        for comments in ["", "# a note\n", "\n# a note\n#another\n\n# text = A\n"] {
            let file = try TemporaryFile(comments + word, suffix: suffix)
            let sentence = try #require(CorpusReader.tagged(paths: [file.path]).examples.first)
            #expect(sentence.tags["upos"] == ["X"] && sentence.file == file.path)
            #expect(sentence.line == comments.split(separator: "\n", omittingEmptySubsequences: false).count)
        }
        for columns in ["#\tSYM\n1\tNUM\n", "# global.columns = FORM UPOS\n1\tNUM\n"] {
            let file = try TemporaryFile(columns, suffix: suffix)
            #expect(try CorpusReader.tagged(paths: [file.path]).examples[0].tags["tag"]?.last == "NUM")
        }
        let labelled = try TemporaryFile("label\ttext\na\tb\n", suffix: suffix)
        let error = #expect(throws: CorpusError.self) { try CorpusReader.tagged(paths: [labelled.path]) }
        #expect(error?.message == "tsv data holds no tagged sentences")
    }

    @Test func dataOfAnotherTaskIsNamed() throws {
        let tagged = try TemporaryFile("1\tA\t_\tX\t_\t_\t0\troot\t_\t_\n\n")
        let error = #expect(throws: CorpusError.self) { try CorpusReader.labelled(paths: [tagged.path]) }
        #expect(error?.message == "conllu data holds no labelled texts")
        let labelled = try TemporaryFile("__label__a text\n")
        #expect(throws: CorpusError.self) { try CorpusReader.tagged(paths: [labelled.path]) }
        #expect(throws: CorpusError.self) { try CorpusReader.numbered(paths: [labelled.path]) }
    }
}
