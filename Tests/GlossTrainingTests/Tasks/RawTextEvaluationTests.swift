import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct RawTextEvaluationTests {
    /// Cuts every text at the same places.
    private struct FixedSplitter: TextSplitter {
        let all: [Sentence]

        func sentences(in text: String) throws(TextError) -> [Sentence] { all }
    }

    /// “du chat dort. Oui.”, `du` being `de le`.
    private let gold = [
        TaggedSentence(
            tokens: ["de", "le", "chat", "dort", "."],
            tags: ["upos": ["ADP", "DET", "NOUN", "VERB", "PUNCT"], "tag": ["O", "B-X", "I-X", "O", "O"]],
            spaceAfter: [true, true, true, false, true], startsParagraph: true,
            multiwordTokens: [.init(words: 0..<2, form: "du")]),
        TaggedSentence(
            tokens: ["Oui", "."], tags: ["upos": ["INTJ", "PUNCT"], "tag": ["B-Y", "O"]], spaceAfter: [false, true]),
    ]

    private func token(_ text: String, _ range: Range<Int>, of surface: Range<Int>? = nil) -> Token {
        Token(text: text, range: range, surface: surface)
    }

    private func columns(_ sentences: [[String]]) -> [[ColumnTags]] {
        func column(_ name: String, _ tags: [String]) -> ColumnTags {
            ColumnTags(
                name: name, tags: tags, probabilities: tags.map { _ in 1 }, holdsSpans: name == "tag",
                spans: name == "tag" ? tags.map { $0 == "" ? 0 : 1 } : [])
        }
        let upos = ["de": "ADP", "le": "DET", "chat": "NOUN", "dort": "VERB", ".": "PUNCT", "Oui": "INTJ"]
        let tag = ["le": "B-X", "chat": "I-X", "Oui": "B-Y"]
        return sentences.map { words in
            [column("upos", words.map { upos[$0] ?? "X" }), column("tag", words.map { tag[$0] ?? "O" })]
        }
    }

    @Test func whatIsCutRightIsTaggedRight() throws {
        let splitter = FixedSplitter(all: [
            Sentence(
                range: 0..<13,
                tokens: [
                    token("de", 0..<2, of: 0..<2), token("le", 2..<2, of: 0..<2), token("chat", 3..<7),
                    token("dort", 8..<12), token(".", 12..<13),
                ]), Sentence(range: 14..<18, tokens: [token("Oui", 14..<17), token(".", 17..<18)]),
        ])
        let metrics = try RawTextEvaluation.evaluation(gold, splitter, tag: columns).metrics
        #expect(metrics.count == 5 && metrics.values.allSatisfy { $0 == 1 })
    }

    @Test func tagsOfWrongWordsAreWrong() throws {
        // One sentence, `du` in one piece, the last two words joined.
        let splitter = FixedSplitter(all: [
            Sentence(
                range: 0..<18,
                tokens: [
                    token("du", 0..<2), token("chat", 3..<7), token("dort", 8..<12), token(".", 12..<13),
                    token("Oui.", 14..<18),
                ])
        ])
        let metrics = try RawTextEvaluation.evaluation(gold, splitter, tag: columns).metrics
        #expect(metrics["token_f1"] == 2 * 4 / (6.0 + 5))
        // chat, dort and the full stop are words of both sides: 7 gold, 5 found.
        #expect(metrics["word_f1"] == 2 * 3 / (7.0 + 5))
        #expect(metrics["upos_f1"] == metrics["word_f1"])
        #expect(metrics["sentence_f1"] == 0)
        // “le chat” starts at no found word; one span was found, two are wanted.
        #expect(metrics["span_f1"] == 0)
    }

    @Test func severalColumnsOfSpansHaveFiguresOfTheirOwn() throws {
        let tags = ["upos": ["NOUN", "VERB"], "ner": ["B-PER", "O"], "chunk": ["B-NP", "B-VP"]]
        let sentence = TaggedSentence(tokens: ["Ada", "sings"], tags: tags)
        let sets = [
            TagSet(name: "ner", tags: ["O", "B-PER"]), TagSet(name: "chunk", tags: ["B-NP", "B-VP", "O"]),
        ]
        let both = TaggerTraining.evaluation([sentence], [[(sets[0], ["O", "O"]), (sets[1], ["B-NP", "B-VP"])]])
        #expect(
            both.metrics["ner_span_f1"] == 0 && both.metrics["chunk_span_f1"] == 1 && both.metrics["span_f1"] == nil)
        let one = TaggerTraining.evaluation([sentence], [[(sets[1], ["B-NP", "B-VP"])]])
        #expect(one.metrics["span_f1"] == 1)
    }

    @Test func aSlipInAColumnOfSpansIsTold() throws {
        let tags = Array(repeating: ["B-PER", "O"], count: 80)
        func training(_ last: String) throws -> TaggerTraining {
            var run = RunConfiguration(.tag)
            run.model.vocabulary.minimumCount = 1
            run.model.vocabulary.characterMinimumCount = 1
            let sentences = (tags + [[last, "O"]]).enumerated().map {
                var sentence = TaggedSentence(tokens: ["Ada", "sings"], tags: ["ner": $1], line: $0 * 3 + 1)
                sentence.file = "a.iob"
                return sentence
            }
            return try TaggerTraining(run.model, run.training, examples: sentences, held: sentences, threads: 1)
        }
        _ = try training("B-LOC")
        #expect { try training("BPER") } throws: { "\($0)".hasPrefix("a.iob:241: ") && "\($0)".contains("“BPER”") }
    }

    @Test func dataWithoutAColumnOfTheModelIsRefused() throws {
        func training(_ held: [String: [String]], columns: [String] = []) throws -> TaggerTraining {
            var run = RunConfiguration(.tag)
            run.model.vocabulary.minimumCount = 1
            run.model.vocabulary.characterMinimumCount = 1
            run.model.encoder.columns = columns
            let tags = ["upos": ["NOUN", "VERB"], "pos": ["a", "b"]]
            var judge = TaggedSentence(tokens: ["Ada", "sings"], tags: held, line: 7)
            judge.file = "dev.iob"
            return try TaggerTraining(
                run.model, run.training, examples: [TaggedSentence(tokens: ["Ada", "sings"], tags: tags, line: 1)],
                held: [judge], threads: 1)
        }
        _ = try training(["upos": ["NOUN", "VERB"]])
        #expect { try training(["ner": ["O", "O"]]) } throws: {
            "\($0)".hasPrefix("dev.iob: the data to judge by has no column “upos” or “pos”, but ner")
        }
        #expect { try training(["upos": ["NOUN", "VERB"]], columns: ["pos"]) } throws: {
            "\($0)".hasPrefix("dev.iob:7: the held-out data has no column “pos”")
        }
    }
}
