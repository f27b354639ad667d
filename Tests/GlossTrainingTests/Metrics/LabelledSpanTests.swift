import GlossTraining
import Testing

@Suite struct LabelledSpanTests {
    private static func span(_ type: String, _ tokens: Range<Int>) -> LabelledSpan {
        LabelledSpan(type: type, tokens: tokens)
    }

    @Test(
        arguments: [
            ([], []),
            (["O", "O"], []),
            (["B-A", "I-A", "O", "B-B"], [span("A", 0..<2), span("B", 3..<4)]),
            (["B-A", "B-A"], [span("A", 0..<1), span("A", 1..<2)]),
            // Ill-formed: an I after O, and an I of another type, begin spans.
            (["I-A", "I-A", "I-B"], [span("A", 0..<2), span("B", 2..<3)]),
            (["B-A", "O", "I-A"], [span("A", 0..<1), span("A", 2..<3)]),
            // BIOES, well-formed and not.
            (["B-A", "E-A", "S-A", "S-B"], [span("A", 0..<2), span("A", 2..<3), span("B", 3..<4)]),
            (["B-A", "E-A", "I-A"], [span("A", 0..<2), span("A", 2..<3)]),
            (["B", "I", "O", "B"], [span("", 0..<2), span("", 3..<4)]),
            (["B-A-B", "I-A-B", "nonsense", "I-A-B"], [span("A-B", 0..<2), span("A-B", 3..<4)]),
        ] as [([String], [LabelledSpan])])
    func spans(tags: [String], expected: [LabelledSpan]) {
        #expect(LabelledSpan.spans(in: tags) == expected)
    }
}
