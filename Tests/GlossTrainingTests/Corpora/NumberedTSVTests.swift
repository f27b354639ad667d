import GlossTraining
import Testing

@Suite struct NumberedTSVTests {
    private func read(_ text: String, options: CorpusOptions = CorpusOptions()) throws -> Corpus<NumberedText> {
        let file = try TemporaryFile(text)
        return try CorpusReader.numbered(paths: [file.path], options: options)
    }

    @Test func valuesAreRead() throws {
        let corpus = try read("value\ttext\n3.5\tfine\n-2e-3\tbad\n4\tx\n")
        #expect(corpus.examples.map(\.value) == [3.5, -0.002, 4])
        #expect(corpus.examples[0] == NumberedText(text: "fine", value: 3.5, line: 2))
    }

    @Test(arguments: ["nan", "inf", "1e99", "three", "3,5", " 3"])
    func aValueThatIsNoFiniteNumberIsAnError(value: String) throws {
        let error = #expect(throws: CorpusError.self) { try read("value\ttext\n\(value)\tx\n") }
        #expect(error?.line == 2)
        #expect(error?.message == "the value \"\(value)\" is not a finite number")
        let corpus = try read("value\ttext\n\(value)\tx\n1\ty\n", options: CorpusOptions(skipsBadLines: true))
        #expect(corpus.skipped == 1 && corpus.examples.count == 1)
    }

    @Test func aHeaderOfLabelsIsAnError() {
        let error = #expect(throws: CorpusError.self) { try read("label\ttext\na\tb\n") }
        #expect(error?.message == "the header is \"label\ttext\", without the columns value and text")
    }
}
