import GlossTraining
import Testing

@Suite struct CoNLLUTests {
    private func read(_ text: String, options: CorpusOptions = CorpusOptions()) throws -> Corpus<TaggedSentence> {
        let file = try TemporaryFile(text, suffix: ".conllu")
        return try CorpusReader.tagged(paths: [file.path], options: options)
    }

    /// A word line with `id`, `form`, `upos` and `misc`.
    private static func word(_ id: String, _ form: String, _ upos: String = "X", misc: String = "_") -> String {
        "\(id)\t\(form)\t_\t\(upos)\tx\(upos)\tA=b\t_\t_\t_\t\(misc)\n"
    }

    @Test func everythingOfASentence() throws {
        let text =
            "# newdoc id = d\n# newpar\n# sent_id = 1\n# text = du chat, là\n"
            + Self.word("1-2", "du", "_") + Self.word("1", "de", "ADP")
            + Self.word("2", "le", "DET", misc: "SpaceAfter=No")
            + Self.word("3", "chat", "NOUN", misc: "A=b|SpaceAfter=No") + Self.word("3.1", "est", "AUX")
            + Self.word("4", ",", "PUNCT") + Self.word("5-6", "là", "_", misc: "SpaceAfter=No")
            + Self.word("5", "l", "PART")
            + Self.word("6", "à", "ADV") + "\n" + "#newpar\n" + Self.word("1", "_") + "\n"
        var sentences = try read(text).examples
        #expect(sentences.count == 2 && sentences.allSatisfy { $0.file.hasSuffix(".conllu") })
        sentences[0].file = ""
        #expect(
            sentences[0]
                == TaggedSentence(
                    tokens: ["de", "le", "chat", ",", "l", "à"],
                    tags: [
                        "upos": ["ADP", "DET", "NOUN", "PUNCT", "PART", "ADV"],
                        "xpos": ["xADP", "xDET", "xNOUN", "xPUNCT", "xPART", "xADV"],
                        "feats": Array(repeating: "A=b", count: 6),
                    ],
                    spaceAfter: [false, true, false, true, false, false], text: "du chat, là", startsDocument: true,
                    startsParagraph: true, line: 5,
                    multiwordTokens: [.init(words: 0..<2, form: "du"), .init(words: 4..<6, form: "là")]))
        #expect(sentences[0].surfaceTokens.map(\.form) == ["du", "chat", ",", "là"])
        #expect(sentences[0].surfaceTokens.map(\.spaceAfter) == [true, false, true, false])
        #expect(sentences[1].tokens == ["_"])
        #expect(!sentences[1].startsDocument && sentences[1].startsParagraph)
        #expect(sentences[1].text == nil)
    }

    @Test func theFirstSentenceOfAFileStartsADocumentAndAMissingLastLineEndIsAccepted() throws {
        let corpus = try read(Self.word("1", "a") + "\r\n" + Self.word("1", "b").dropLast())
        #expect(corpus.examples.map(\.tokens) == [["a"], ["b"]])
        #expect(corpus.examples.map(\.startsDocument) == [true, false])
        #expect(corpus.examples.map(\.startsParagraph) == [true, false])
    }

    @Test func aDocumentNamedBeforeAnEmptyLineStartsWithTheNextSentence() throws {
        let corpus = try read(Self.word("1", "a") + "\n# newdoc\n\n" + Self.word("1", "b") + "\n")
        #expect(corpus.examples.map(\.startsDocument) == [true, true])
    }

    @Test(arguments: [
        ("1\ta\t_\tX\n", 3, "4 tab-separated columns where CoNLL-U has 10"),
        ("1 a _ X _ _ _ _ _ _\n", 3, "1 tab-separated columns where CoNLL-U has 10"),
        ("1\ta\t_\t\t_\t_\t_\t_\t_\t_\n", 3, "column 4 (UPOS) is empty"),
        ("1\t\t_\t_\t_\t_\t_\t_\t_\t_\n", 3, "column 2 (FORM) is empty"),
        (word("2", "a"), 3, "the word ID 2 stands where 1 is due"),
        (word("1", "a") + word("1", "b"), 4, "the word ID 1 stands where 2 is due"),
        (word("x", "a"), 3, "the ID \"x\" is no number, range or empty node"),
        (word("1.x", "a"), 3, "the ID \"1.x\" is no number, range or empty node"),
        (word("1", "a") + word("1-2", "b"), 4, "the multiword token 1-2 stands where word 2 is due"),
        (word("1-1", "a") + word("1", "a"), 3, "the multiword token 1-1 stands where word 1 is due"),
        (word("1-3", "ab") + word("1", "a") + word("2", "b"), 3, "the multiword token 1-3 reaches past word 2"),
        (
            word("1-9223372036854775807", "ab") + word("1", "a"), 3,
            "the multiword token 1-9223372036854775807 reaches past word 1"
        ),
    ])
    func faults(sentence: String, line: Int, message: String) throws {
        let good = Self.word("1", "good") + "\n"
        let error = #expect(throws: CorpusError.self) { try read(good + sentence + "\n" + good) }
        #expect(error?.line == line)
        #expect(error?.message == message)
        #expect(error?.kind == .badData)
        // Skipped, the sentence counts once, however many of its lines are bad, and the next one is whole.
        let corpus = try read(
            good + "# newdoc\n" + sentence + "bad\n\n" + good, options: CorpusOptions(skipsBadLines: true))
        #expect(corpus.examples.map(\.tokens) == [["good"], ["good"]])
        #expect(corpus.examples.map(\.startsDocument) == [true, true])
        #expect(corpus.skipped == 1)
    }

    @Test func twoFaultySentencesCountTwice() throws {
        let corpus = try read(
            "bad\n\nbad\nbad\n\n" + Self.word("1-2", "ab") + Self.word("1", "a") + "\n" + Self.word("1", "c"),
            options: CorpusOptions(skipsBadLines: true))
        #expect(corpus.examples.map(\.tokens) == [["c"]])
        #expect(corpus.skipped == 3)
    }

    /// “_” says of a part of speech that it is not known, of features that there are none.
    @Test func whatIsNotKnownIsNoTag() throws {
        let corpus = try read("1\tAda\t_\tPROPN\t_\t_\t_\t_\t_\t_\n2\tsings\t_\t_\t_\t_\t_\t_\t_\t_\n\n")
        let sentence = try #require(corpus.examples.first)
        #expect(sentence.tags["upos"] == ["PROPN", "_"])
        #expect(sentence.tags["xpos"] == nil)
        #expect(sentence.tags["feats"] == ["_", "_"])
    }
}
