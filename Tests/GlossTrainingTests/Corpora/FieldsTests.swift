import GlossTraining
import Testing

@Suite struct FieldsTests {
    @Test func emptyFieldsAreKeptUnlessOmitted() {
        #expect(Fields.split("a\t\tb\t", at: "\t") == ["a", "", "b", ""])
        #expect(Fields.split(" a  b ", at: " ", omitsEmpty: true) == ["a", "b"])
        #expect(Fields.split("", at: "\t") == [""])
    }

    @Test func aSeparatorBeforeACombiningMarkCuts() {
        #expect(Fields.split("a \u{301}b", at: " ").map { Array($0.unicodeScalars) } == [["a"], ["\u{301}", "b"]])
    }
}
