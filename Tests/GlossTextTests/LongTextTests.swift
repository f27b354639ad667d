import GlossText
import Testing

/// Texts on which a look ahead or behind at every place would never end.
struct LongTextTests {
    static let size = 1 << 20

    @Test(arguments: [
        "x", ".", "'", "a.", "a-", "1,", "1.", "a@", "(:", "\u{301}", "\u{200D}", "👩", "ก", "\u{0}", "http://",
    ])
    func oneChunkOfAMegabyte(_ unit: String) throws {
        let text = String(repeating: unit, count: Self.size / unit.utf8.count)
        let tokenizer = try Tokenizer(TokenizerConfiguration())
        #expect(LosslessTests.fault(try tokenizer.sentences(in: text), text) == nil)
    }

    @Test(arguments: [TokenizerConfiguration.Kind.words, .icu])
    func sentencesWithoutAnEndAreEnded(_ kind: TokenizerConfiguration.Kind) throws {
        let text = String(repeating: "a,", count: 3 * Tokenizer.longestSentence) + " b"
        let sentences = try Tokenizer(TokenizerConfiguration(kind: kind)).sentences(in: text)
        #expect(LosslessTests.fault(sentences, text) == nil)
        #expect(sentences.map(\.tokens.count) == [4096, 4096, 4096, 4096, 4096, 4096, 1])
    }

    @Test func marksOnOneLetter() throws {
        let text = "a" + String(repeating: "\u{301}\u{323}", count: Self.size / 4)
        for kind in TokenizerConfiguration.Kind.allCases {
            let tokens = try Tokenizer(TokenizerConfiguration(kind: kind)).tokens(in: text)
            #expect(tokens.map(\.range) == [0..<text.utf8.count])
        }
    }
}
