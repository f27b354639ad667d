import GlossNN
import GlossPipeline
import GlossText
import Testing

/// An untrained segmenter cuts at random places, and the same ones every time: nothing but white space may be lost.
struct TextSegmenterTests {
    static let texts = [
        "I don't know.  It's late,\nisn't it?\n\n\u{A0}New paragraph \u{1F469}\u{200D}\u{1F680}e\u{301}! ", "",
        " \n\t ",
        "日本語のテキスト。次の文", "ภาษาไทย ไม่มีช่องว่าง", "\u{301}\u{200D}\u{0}\u{FEFF}x", "a\r\n\r\nb\r\rc\u{2029}d",
        String(repeating: "word, ", count: 900), String(repeating: "(", count: 1300),
    ]

    static func segmenter(seed: UInt64 = 5) throws -> TextSegmenter {
        var configuration = ModelConfiguration(.tokenize)
        configuration.vocabulary.minimumCount = 1
        configuration.encoder.wordFeatures = 7
        configuration.encoder.stack.hidden = 9
        var random = RandomSource(seed: seed)
        let words = WordTable([("don't", ["do", "n't"]), ("late", ["le", "tard"])])
        return try TextSegmenter(
            configuration, paragraphs: texts.map { Array($0.utf8) }, words: words, using: &random)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func nothingButWhiteSpaceIsLost(_ seed: UInt64) throws {
        let segmenter = try Self.segmenter(seed: seed)
        for text in Self.texts {
            let bytes = Array(text.utf8)
            var end = 0
            for sentence in try segmenter.sentences(in: text) {
                #expect(sentence.range.lowerBound == sentence.tokens.first?.range.lowerBound)
                for token in sentence.tokens {
                    let range = token.surface ?? token.range
                    if range.upperBound == end { continue }
                    let gap = String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
                    #expect(gap.unicodeScalars.allSatisfy { $0.properties.isWhitespace })
                    #expect(String(validating: bytes[range], as: UTF8.self) != nil)
                    end = range.upperBound
                }
                #expect(sentence.range.upperBound == end)
            }
            let rest = String(decoding: bytes[end...], as: UTF8.self)
            #expect(rest.unicodeScalars.allSatisfy { $0.properties.isWhitespace })
        }
    }

    @Test func aLineBreakIsASpace() throws {
        let segmenter = try Self.segmenter()
        let text = "I don't know what he said. It was late. Mr. Fox went home, and so did they."
        for breaks in ["\n", "\t"] {
            #expect(try segmenter.sentences(in: text.replacing(" ", with: breaks)) == segmenter.sentences(in: text))
        }
        // An empty line is not.
        #expect(try segmenter.sentences(in: "so\n\ndid").count == 2)
        #expect(try segmenter.sentences(in: "so\r\n\r\ndid").count == 2)
    }

    /// A paragraph is cut the same alone and beside others, which fill its batch.
    @Test func neighboursChangeNothing() throws {
        let segmenter = try Self.segmenter()
        let text = Self.texts.filter { !$0.allSatisfy(\.isWhitespace) && !$0.contains("\n") && !$0.contains("\r") }
        let together = try segmenter.sentences(in: text.joined(separator: "\n\n"))
        let alone = try text.flatMap { try segmenter.sentences(in: $0) }
        #expect(together.map { $0.tokens.map(\.text) } == alone.map { $0.tokens.map(\.text) })
    }

    @Test func preparedAndStoredItCutsTheSame() throws {
        let segmenter = try Self.segmenter()
        let prepared = segmenter.prepared()
        guard case .tokenize(let stored) = try Model(Model.tokenize(segmenter).archive()) else {
            Issue.record("another task came back")
            return
        }
        for text in Self.texts {
            let sentences = try segmenter.sentences(in: text)
            #expect(try prepared.sentences(in: text) == sentences)
            #expect(try stored.sentences(in: text) == sentences)
        }
    }

    @Test func aTaggerCarriesIt() throws {
        let segmenter = try Self.segmenter()
        var tagger = try TinyModels.tagger(crf: false)
        tagger.segmenter = segmenter
        guard case .tag(let stored) = try Model(Model.tag(tagger).archive()) else {
            Issue.record("another task came back")
            return
        }
        #expect(try stored.sentences(in: Self.texts[0]) == segmenter.sentences(in: Self.texts[0]))
        #expect(try stored(Self.texts).map(\.count) == Self.texts.map { try segmenter.sentences(in: $0).count })
    }
}
