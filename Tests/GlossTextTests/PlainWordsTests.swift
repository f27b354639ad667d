import Foundation
import GlossTestSupport
import GlossText
import Testing

/// The words of the kind `icu` are ICU's own, to the byte, whoever found them.
struct PlainWordsTests {
    static let languages = ["en", "sv", "ja"]

    /// Our words and ICU's, which found them in the whole text, white space and what is invisible left out.
    struct Both {
        let tokenizer: Tokenizer
        let segmenter: Segmenter

        init(_ language: String) throws {
            tokenizer = try Tokenizer(
                TokenizerConfiguration(kind: .icu, language: language, splitsSentences: false, normalization: .none))
            segmenter = try Segmenter(.words(language: language))
        }

        func differ(_ text: String) throws -> Bool {
            let bytes = Array(text.utf8)
            var expected: [Range<Int>] = []
            try bytes.withUnsafeBufferPointer { bytes in
                try segmenter.forEachSegment(in: bytes) { segment in
                    let start = Blanks.skip(bytes, segment.start..<segment.end)
                    if start < segment.end { expected.append(start..<segment.end) }
                }
            }
            return try tokenizer.tokenRanges(in: text) != expected
        }
    }

    @Test(arguments: languages)
    func generatedTexts(_ language: String) throws {
        let both = try Both(language)
        var generator = GeneratedTexts(seed: 17)
        var differing: [String] = []
        for _ in 0..<GeneratedTexts.count {
            let text = String(decoding: generator.next(), as: UTF8.self)
            if try both.differ(text) { differing.append(text.debugDescription) }
        }
        #expect(differing == [])
    }

    /// Every row of up to four of the characters that the rules tell apart, as a text and within one.
    @Test(arguments: languages)
    func allShortRows(_ language: String) throws {
        let both = try Both(language)
        let characters = [
            "a", "1", "_", "'", ".", ",", ":", "-", "\"", "@", " ", "\n", "\u{202F}", "\u{301}", "\u{E9}", "\u{1}",
        ]
        var rows = [""]
        for _ in 0..<4 { rows = [""] + rows.flatMap { row in characters.map { row + $0 } } }
        #expect(try rows.filter(both.differ).map(\.debugDescription) == [])
        #expect(try !both.differ(rows.joined(separator: "abcdefghi ")))
        #expect(try !both.differ(rows.joined(separator: "x")))
    }

    /// Every three bytes of ASCII, in one text.
    @Test func allTriples() throws {
        var text: [UInt8] = []
        text.reserveCapacity(4 << 21)
        for first in 0..<UInt8(128) {
            for second in 0..<UInt8(128) {
                for third in 0..<UInt8(128) { text += [first, second, third, 0x20] }
            }
        }
        #expect(try !Both("en").differ(String(decoding: text, as: UTF8.self)))
    }

    @Test(.enabled(if: SampleData.isPresent, "needs the test files in ../shared/data"))
    func unicodesOwnLines() throws {
        let lines = try Conformance.lines("WordBreakTest").compactMap { Conformance.breaks($0.text)?.text }
        #expect(lines.count > 1000)
        let both = try Both("en")
        #expect(try lines.filter(both.differ) == [])
    }

    @Test(
        .enabled(if: SampleData.isPresent, "needs the corpora in ../shared/data"),
        arguments: ["books/dev.chesterton-thursday.txt", "ud/de_gsd-ud-dev.conllu", "ud/ja_gsd-ud-dev.conllu"])
    func wholeDocuments(_ name: String) throws {
        let text = try SampleData.text(name)
        #expect(text.utf8.count > 100_000)
        for language in Self.languages { #expect(try !Both(language).differ(text)) }
    }
}
