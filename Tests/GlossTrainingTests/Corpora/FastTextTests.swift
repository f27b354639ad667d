import GlossTraining
import Testing

@Suite struct FastTextTests {
    private func read(_ text: String) throws -> [LabelledText] {
        let file = try TemporaryFile(text)
        return try CorpusReader.labelled(paths: [file.path]).examples.from(file)
    }

    @Test func labelsStandBeforeTheText() throws {
        let examples = try read("__label__a one  two\n__label__b\t__label__c  __label__b three __label__d\n")
        #expect(
            examples == [
                LabelledText(text: "one  two", labels: ["a"], line: 1),
                LabelledText(text: "three __label__d", labels: ["b", "c"], line: 2),
            ])
    }

    @Test func aTextThatBeginsWithACombiningMarkIsKept() throws {
        #expect(try read("__label__a \u{301}x\n") == [LabelledText(text: "\u{301}x", labels: ["a"], line: 1)])
    }

    @Test(arguments: [
        ("__label__a x\nno label here\n", 2, "no label"), ("__label__ x\n", 1, "the label is empty"),
        ("__label__a\n", 1, "the text is empty"), ("__label__a  \n", 1, "the text is empty"),
    ])
    func faults(text: String, line: Int, message: String) {
        let error = #expect(throws: CorpusError.self) { try read(text) }
        #expect(error?.line == line)
        #expect(error?.message == message)
    }
}
