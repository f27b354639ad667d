import GlossPipeline
import Testing

struct SpanTagsTests {
    @Test func aSpanIsContinuedByItsOwnTypeOnly() {
        #expect(SpanTags.allows("I-PER", after: "B-PER"))
        #expect(SpanTags.allows("I-PER", after: "I-PER"))
        #expect(!SpanTags.allows("I-PER", after: "B-LOC"))
        #expect(!SpanTags.allows("I-PER", after: "O"))
        #expect(!SpanTags.allows("I-PER", after: nil))
        #expect(SpanTags.allows("B-PER", after: nil))
    }

    @Test func repairBeginsWhatContinuesNothing() {
        #expect(
            SpanTags.repaired(["I-PER", "I-PER", "O", "I-LOC", "I-PER"]) == ["B-PER", "I-PER", "O", "B-LOC", "B-PER"])
    }

    @Test func spansAreRangesWithTypes() {
        let spans = SpanTags.spans(["B-PER", "I-PER", "B-PER", "O", "B-LOC"])
        #expect(spans.map(\.range) == [0..<2, 2..<3, 4..<5])
        #expect(spans.map(\.type) == ["PER", "PER", "LOC"])
    }

    @Test func onlySetsOfSpanTagsAreSpanTags() {
        #expect(SpanTags.describes(["O", "B-PER", "I-PER"]))
        #expect(!SpanTags.describes(["O", "NOUN"]))
        #expect(!SpanTags.describes(["O"]))
    }
}
