import GlossTraining
import Testing

@Suite struct SpanSchemeTests {
    @Test(arguments: [
        ([["O", "B-A", "I-A"], ["B-A", "B-B"]], true), ([["B-A", "L-A", "U-B"]], true),
        ([["B-A", "M-A", "E-A", "O"]], true), ([["B", "I", "O"]], true), ([["B-A", "NN"]], false), ([["B-"]], false),
        ([["O-A"]], false), ([["O"], ["np-hl", "--"]], false),
    ])
    func columnsOfSpansAreKnown(sentences: [[String]], hasSpans: Bool) {
        #expect(SpanScheme.describes(sentences) == hasSpans)
    }

    @Test(arguments: [
        // Tjong Kim Sang and Veenstra 1999: the same two adjacent chunks in every scheme.
        (["I-N", "I-N", "B-N", "O", "I-V"], ["B-N", "I-N", "B-N", "O", "B-V"]),
        (["I-N", "I-V"], ["B-N", "B-V"]),
        (["B-N", "I-N", "B-N", "O", "B-V"], ["B-N", "I-N", "B-N", "O", "B-V"]),
        (["O", "I-N", "I-N", "I-V"], ["O", "B-N", "I-N", "B-V"]),
        (["B-N", "E-N", "S-N", "O", "S-V"], ["B-N", "I-N", "B-N", "O", "B-V"]),
        (["B-N", "M-N", "E-N", "U-V"], ["B-N", "I-N", "I-N", "B-V"]),
        // A span not closed, a stray E, an I after E, an end of another type.
        (["B-N", "O"], ["B-N", "O"]), (["O", "E-N"], ["O", "B-N"]), (["B-N", "E-N", "I-N"], ["B-N", "I-N", "B-N"]),
        (["B-N", "E-V"], ["B-N", "B-V"]), ([], []),
    ])
    func conversion(tags: [String], expected: [String]) {
        #expect(SpanScheme.toIOB2(tags) == expected)
    }

    @Test func conversionKeepsTheSpans() {
        for tags in [["B-N", "E-N", "I-N", "S-N"], ["I-A", "B-A", "I-B"], ["E-A", "E-A", "B-A", "I-A", "E-A"]] {
            #expect(LabelledSpan.spans(in: SpanScheme.toIOB2(tags)) == LabelledSpan.spans(in: tags))
        }
    }
}
