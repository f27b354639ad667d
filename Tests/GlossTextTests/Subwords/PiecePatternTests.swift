import GlossText
import Testing

struct PiecePatternTests {
    private static func lengths(_ pattern: PiecePattern, _ text: String) -> [Int] {
        var copy = text
        return copy.withUTF8 { bytes in
            var lengths: [Int] = []
            var start = 0
            while start < bytes.count {
                let end = pattern.endOfPiece(in: bytes, at: start)
                lengths.append(end - start)
                start = end
            }
            return lengths
        }
    }

    private static let texts = [
        "It's late; we'LL go, they've 12345 'tis.",
        "  a\n\n b \t\r\nc   ",
        "x\u{A0}y\u{3000}\u{3000}z e\u{301}a \u{915}\u{93F}\u{924}\u{93E}\u{92C} \u{E17}\u{E35}\u{E48} "
            + "\u{BD}\u{661}\u{662}\u{663}\u{664}",
        "(hi) \"x\"...\n\nno! #tag@a_b \u{1F469}\u{200D}\u{1F680}  .",
        String(repeating: "w", count: 70) + String(repeating: " ", count: 70) + String(repeating: "?", count: 70) + "7",
        " 'S '\u{17F} -a--b \u{301}c \u{301}\u{301}",
    ]

    /// From Python, `tokenizers` 0.23.3, with each pattern's `expression` as `p` and each text as `t`:
    /// `[len(s.encode()) for s, _ in pre_tokenizers.Split(Regex(p), "isolated").pre_tokenize_str(t)]`
    private static let expected: [(PiecePattern, [[Int]])] = [
        (
            .words,
            [
                [2, 2, 5, 1, 3, 1, 2, 3, 1, 5, 3, 4, 2, 2, 3, 1], [1, 2, 2, 2, 3, 1, 1, 3],
                [1, 2, 1, 3, 3, 1, 5, 16, 10, 7, 4], [1, 2, 1, 2, 1, 4, 1, 1, 2, 1, 2, 3, 1, 1, 1, 1, 12, 1, 2],
                [64, 6, 64, 5, 65, 6, 1], [2, 1, 2, 2, 2, 1, 2, 1, 4, 5],
            ]
        ),
        (
            .gpt2,
            [
                [2, 2, 5, 1, 3, 1, 2, 3, 1, 5, 3, 6, 2, 3, 1], [1, 2, 2, 2, 3, 1, 1, 3],
                [1, 2, 1, 3, 3, 1, 2, 2, 1, 4, 3, 3, 3, 3, 4, 6, 11],
                [1, 2, 1, 2, 1, 4, 1, 1, 2, 1, 2, 3, 1, 1, 1, 1, 12, 1, 2], [70, 69, 71, 1],
                [2, 1, 2, 2, 2, 1, 2, 1, 3, 1, 5],
            ]
        ),
        (
            .cl100k,
            [
                [2, 2, 5, 1, 3, 3, 3, 1, 5, 3, 1, 3, 2, 2, 3, 1], [1, 2, 2, 2, 4, 1, 3],
                [1, 3, 3, 4, 2, 3, 4, 6, 6, 4, 6, 1, 6, 4], [3, 1, 2, 1, 6, 2, 1, 2, 3, 2, 2, 12, 1, 2],
                [70, 69, 71, 1], [2, 1, 2, 2, 2, 1, 2, 1, 3, 1, 5],
            ]
        ),
        (
            .qwen2,
            [
                [2, 2, 5, 1, 3, 3, 3, 1, 5, 3, 1, 1, 1, 1, 1, 1, 2, 3, 1], [1, 2, 2, 2, 4, 1, 3],
                [1, 3, 3, 4, 2, 3, 4, 6, 6, 4, 6, 1, 2, 2, 2, 2, 2], [3, 1, 2, 1, 6, 2, 1, 2, 3, 2, 2, 12, 1, 2],
                [70, 69, 71, 1], [2, 1, 2, 2, 2, 1, 2, 1, 3, 1, 5],
            ]
        ),
    ]

    @Test(arguments: expected) func piecesAreThoseOfTheExpression(pattern: PiecePattern, expected: [[Int]]) {
        #expect(Self.texts.map { Self.lengths(pattern, $0) } == expected)
    }

    /// The quick way for ASCII words needs 17 bytes; the same words at a text's end take the other one.
    @Test(arguments: PiecePattern.allCases) func wordsAreCutAlikeWhateverFollows(pattern: PiecePattern) {
        for word in ["a", " a", "word", " words", " fifteenletters", " abcdefghijklmnopqrst", " caf\u{E9}", " ab'c"] {
            let alone = Self.lengths(pattern, word)
            let followed = Self.lengths(pattern, word + ". This is further text")
            #expect(followed.starts(with: alone), "\(word)")
        }
    }

    @Test(arguments: PiecePattern.allCases) func piecesCoverRandomText(pattern: PiecePattern) {
        var random = SystemRandomNumberGenerator()
        let scalars: [Unicode.Scalar] = [
            "a", "Z", " ", "\n", "\r", "\t", "'", "s", "1", "\u{660}", "é", "\u{301}", "中", "\u{1F600}", ".",
        ]
        for _ in 0..<300 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 1...60, using: &random)).map { _ in scalars.randomElement() ?? "a" }))
            let lengths = Self.lengths(pattern, text)
            #expect(lengths.reduce(0, +) == text.utf8.count, "\(text.debugDescription)")
            #expect(lengths.allSatisfy { $0 > 0 })
        }
    }
}
