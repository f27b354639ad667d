import GlossTestSupport
import Testing

import GlossText

/// The plain kinds of ICU against UAX #29's own tests.
struct SegmenterConformanceTests {
    struct File: Sendable, CustomTestStringConvertible {
        let name: String
        let rules: Segmenter.Rules
        /// Lines that ICU breaks otherwise; each is named.
        let differing: [String]
        var testDescription: String { "\(name) \(rules)" }
    }

    static let files = [
        File(name: "WordBreakTest", rules: .words(language: "root"), differing: colons),
        File(name: "WordBreakTest", rules: .words(language: "sv"), differing: []),
        File(name: "SentenceBreakTest", rules: .sentences(language: "root"), differing: []),
        File(name: "GraphemeBreakTest", rules: .graphemes(language: "root"), differing: []),
    ]

    /// Since Unicode 15 a colon joins letters in Finnish and Swedish alone, and ICU has it so; the files, of Unicode 14,
    /// join them in all languages. No other line differs.
    static let colons = [
        "÷ 0061 × 003A × 0041 ÷", "÷ 0061 × 003A × 0308 × 0041 ÷", "÷ 0061 × 003A × 05D0 ÷",
        "÷ 0061 × 003A × 0308 × 05D0 ÷", "÷ 0061 × 003A × 0061 × 2060 ÷", "÷ 0061 × 003A × 0308 × 0061 × 2060 ÷",
        "÷ 0061 × 003A × 0061 ÷ 003A ÷", "÷ 0061 × 003A × 0308 × 0061 ÷ 003A ÷", "÷ 0061 × 003A × 0061 ÷ 0027 ÷",
        "÷ 0061 × 003A × 0308 × 0061 ÷ 0027 ÷", "÷ 0061 × 003A × 0061 ÷ 0027 × 2060 ÷",
        "÷ 0061 × 003A × 0308 × 0061 ÷ 0027 × 2060 ÷", "÷ 0061 × 003A × 0061 ÷ 002C ÷",
        "÷ 0061 × 003A × 0308 × 0061 ÷ 002C ÷", "÷ 0041 × 003A × 0041 ÷",
    ]

    @Test(.enabled(if: SampleData.isPresent, "needs the test files in ../shared/data"), arguments: files)
    func breaksWhereUnicodeSays(_ file: File) throws {
        let segmenter = try Segmenter(file.rules)
        let lines = try Conformance.lines(file.name)
        #expect(lines.count > 400)
        var differing: [String] = []
        for line in lines {
            guard let (text, expected) = Conformance.breaks(line.text) else {
                // A lone surrogate is no text in UTF-8.
                differing.append(line.text)
                continue
            }
            let places = Array(text.utf8).withUnsafeBufferPointer { bytes in
                var ends = [0]
                // A segmenter that fails leaves too few.
                try? segmenter.forEachSegment(in: bytes) { ends.append($0.end) }
                return ends
            }
            if places != expected { differing.append(line.text) }
        }
        #expect(differing == file.differing)
    }
}
