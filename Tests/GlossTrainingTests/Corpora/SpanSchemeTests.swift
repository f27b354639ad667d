import GlossTraining
import Testing

@Suite struct SpanSchemeTests {
    @Test(
        arguments: [
            ([["O", "B-A", "I-A"], ["B-A", "B-B"]], .iob2),
            ([["I-A", "I-A", "O", "I-B"], ["I-A", "B-A"]], .iob1),
            ([["B-A", "O"], ["O", "I-A"], ["B-B"]], .iob2),
            ([["B-A", "E-A", "S-B"]], .bioes), ([["B-A", "L-A", "U-B"]], .bioes),
            ([["B-A", "M-A", "E-A", "O"]], .bioes),
            ([["B", "I", "O"]], .iob2),
            ([["O", "O"], []], nil), ([], nil), ([["B-A", "NN"]], nil), ([["B-"]], nil), ([["O-A"]], nil),
            ([["np-hl", "--"]], nil),
        ] as [([[String]], SpanScheme?)])
    func detection(sentences: [[String]], scheme: SpanScheme?) {
        #expect(SpanScheme.detect(sentences) == scheme)
    }

    @Test(
        arguments: [
            // Tjong Kim Sang and Veenstra 1999: the same two adjacent chunks in every scheme.
            (.iob1, ["I-N", "I-N", "B-N", "O", "I-V"], ["B-N", "I-N", "B-N", "O", "B-V"], 0),
            (.iob1, ["I-N", "I-V"], ["B-N", "B-V"], 0),
            (.iob2, ["B-N", "I-N", "B-N", "O", "B-V"], ["B-N", "I-N", "B-N", "O", "B-V"], 0),
            (.iob2, ["O", "I-N", "I-N", "I-V"], ["O", "B-N", "I-N", "B-V"], 2),
            (.bioes, ["B-N", "E-N", "S-N", "O", "S-V"], ["B-N", "I-N", "B-N", "O", "B-V"], 0),
            (.bioes, ["B-N", "M-N", "E-N", "U-V"], ["B-N", "I-N", "I-N", "B-V"], 0),
            // A span not closed, a stray E, an I after E, an end of another type, a span not closed at the sentence's
            // end.
            (.bioes, ["B-N", "O"], ["B-N", "O"], 1),
            (.bioes, ["O", "E-N"], ["O", "B-N"], 1),
            (.bioes, ["B-N", "E-N", "I-N"], ["B-N", "I-N", "B-N"], 2),
            (.bioes, ["B-N", "E-V"], ["B-N", "B-V"], 1),
            (.bioes, ["B-N"], ["B-N"], 1),
            (.iob2, [], [], 0),
        ] as [(SpanScheme, [String], [String], Int)])
    func conversion(scheme: SpanScheme, tags: [String], expected: [String], repaired: Int) {
        let result = scheme.toIOB2(tags)
        #expect(result.tags == expected)
        #expect(result.repaired == repaired)
    }

    @Test func conversionKeepsTheSpans() {
        for tags in [["B-N", "E-N", "I-N", "S-N"], ["I-A", "B-A", "I-B"], ["E-A", "E-A", "B-A", "I-A", "E-A"]] {
            #expect(LabelledSpan.spans(in: SpanScheme.bioes.toIOB2(tags).tags) == LabelledSpan.spans(in: tags))
        }
    }
}
