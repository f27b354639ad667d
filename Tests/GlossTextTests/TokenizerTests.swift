import GlossText
import Testing

struct TokenizerTests {
    @Test func wordsHaveTheirBytes() throws {
        let text = "Fine caf\u{E9}. She left."
        let sentences = try Tokenizer(TokenizerConfiguration()).sentences(in: text)
        #expect(sentences.map { $0.tokens.map(\.text) } == [["Fine", "café", "."], ["She", "left", "."]])
        #expect(sentences[0].tokens.map(\.range) == [0..<4, 5..<10, 10..<11])
        #expect(sentences.map(\.range) == [0..<11, 12..<21])
    }

    @Test func whitespaceKeepsTokensAndLines() throws {
        let tokenizer = try Tokenizer(TokenizerConfiguration(kind: .whitespace))
        let sentences = try tokenizer.sentences(in: "don't . <unk>\u{A0}x\r\n\r\n it's\n")
        #expect(sentences.map { $0.tokens.map(\.text) } == [["don't", ".", "<unk>", "x"], ["it's"]])
    }

    @Test func charactersAreGraphemeClusters() throws {
        let tokenizer = try Tokenizer(TokenizerConfiguration(kind: .characters, splitsSentences: false))
        #expect(try tokenizer.tokens(in: "a e\u{301}\u{1F469}\u{200D}\u{1F680}").map(\.text) == ["a", "é", "👩‍🚀"])
    }

    @Test func textIsNormalizedWhereRangesAreNot() throws {
        let tokenizer = try Tokenizer(TokenizerConfiguration(kind: .icu, normalization: .nfkc, foldsCase: true))
        let tokens = try tokenizer.tokens(in: "Stra\u{DF}e \u{FB01}t E\u{301}")
        #expect(tokens.map { Array($0.text.utf8) } == ["strasse", "fit", "\u{E9}"].map { Array($0.utf8) })
        #expect(tokens.map(\.range) == [0..<7, 8..<12, 13..<16])
    }

    @Test func nothingGivesNothing() throws {
        for kind in TokenizerConfiguration.Kind.allCases {
            let tokenizer = try Tokenizer(TokenizerConfiguration(kind: kind))
            #expect(try tokenizer.sentences(in: "").isEmpty)
            #expect(try tokenizer.sentences(in: " \n\t\u{3000}\r\n").isEmpty)
        }
    }

    @Test(arguments: [
        ("en", true), ("EN", true), ("EN-us", true), ("eng", true), ("en_GB", true), ("enm", false), ("de", false),
    ])
    func aLanguageHasSeveralNames(language: String, isEnglish: Bool) throws {
        let tokens = try? Tokenizer(TokenizerConfiguration(kind: .words, language: language)).tokens(in: "can't")
        #expect((tokens?.map(\.text) == ["ca", "n't"]) == isEnglish)
    }

    @Test func unknownLanguagesAreNamed() {
        let error = #expect(throws: TextError.self) {
            try Tokenizer(TokenizerConfiguration(kind: .words, language: "qq"))
        }
        #expect(error?.kind == .unknownLanguage)
        #expect(error?.description.contains("qq") == true)
    }
}
