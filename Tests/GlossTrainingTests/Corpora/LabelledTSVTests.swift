import GlossTraining
import Testing

@Suite struct LabelledTSVTests {
    private func read(_ text: String, options: CorpusOptions = CorpusOptions()) throws -> Corpus<LabelledText> {
        let file = try TemporaryFile(text, suffix: ".tsv")
        var corpus = try CorpusReader.labelled(paths: [file.path], options: options)
        corpus.examples = corpus.examples.from(file)
        return corpus
    }

    @Test func rowsInOrderWithTheirLines() throws {
        let corpus = try read("label\ttext\r\npos\tfine \\n stays\r\n\r\nneg\t bad\u{301}")
        #expect(
            corpus.examples == [
                LabelledText(text: "fine \\n stays", labels: ["pos"], line: 2),
                LabelledText(text: " bad\u{301}", labels: ["neg"], line: 4),
            ])
    }

    @Test func columnsAreFoundByTheirNames() throws {
        let corpus = try read("id\ttext\tlabel\n7\tfine\tpos\n")
        #expect(corpus.examples == [LabelledText(text: "fine", labels: ["pos"], line: 2)])
    }

    @Test func emptyLinesBeforeTheHeaderArePassedOver() throws {
        #expect(try read("\n \nlabel\ttext\npos\t \u{301}\n").examples.map(\.line) == [4])
        let error = #expect(throws: CorpusError.self) { try read("\n\nx\ty\n") }
        #expect(error?.line == 3)
    }

    @Test func severalLabelsOnlyOnRequest() throws {
        let text = "label\ttext\na|b|a\tx\n"
        #expect(try read(text).examples.map(\.labels) == [["a|b|a"]])
        #expect(try read(text, options: CorpusOptions(labelSeparator: "|")).examples.map(\.labels) == [["a", "b"]])
        #expect(throws: CorpusError.self) {
            try read("label\ttext\na|\tx\n", options: CorpusOptions(labelSeparator: "|"))
        }
    }

    @Test(
        arguments: [
            ("pos\tfine\n", 1, "the header is \"pos\tfine\", without the columns label and text"),
            ("label\ttext\n", nil, "no example in 1 lines"),
            ("label\ttext\nfine\n", 2, "1 tab-separated columns where the header has 2"),
            ("label\ttext\na\tb\nc\td\te\n", 3, "3 tab-separated columns where the header has 2"),
            ("label\ttext\n\tfine\n", 2, "the label is empty"), ("label\ttext\n \tfine\n", 2, "the label is empty"),
            ("label\ttext\npos\t\n", 2, "the text is empty"),
        ] as [(String, Int?, String)])
    func faults(text: String, line: Int?, message: String) {
        let error = #expect(throws: CorpusError.self) { try read(text) }
        #expect(error?.line == line)
        #expect(error?.message == message)
        #expect(error?.kind == .badData)
    }

    @Test func badLinesAreCountedAndSkippedOnRequest() throws {
        let corpus = try read(
            "label\ttext\na\tb\nbroken\n\tx\nc\td\n", options: CorpusOptions(skipsBadLines: true, maximumLineBytes: 20))
        #expect(corpus.examples.map(\.text) == ["b", "d"])
        #expect(corpus.skipped == 2)
        #expect(
            try read(
                "label\ttext\n\(String(repeating: "x", count: 21))\na\tb\n",
                options: CorpusOptions(skipsBadLines: true, maximumLineBytes: 20)
            ).skipped == 1)
    }

    @Test func aFileOfBadLinesIsAnErrorAllTheSame() {
        let error = #expect(throws: CorpusError.self) {
            try read("label\ttext\nbroken\nbroken too\n", options: CorpusOptions(skipsBadLines: true))
        }
        #expect(error?.line == 2)
        #expect(error?.message.hasPrefix("no example in 3 lines, the first fault: 1 tab-separated") == true)
    }
}
