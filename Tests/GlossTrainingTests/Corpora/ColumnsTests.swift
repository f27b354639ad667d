import GlossTraining
import Testing

@Suite struct ColumnsTests {
    private func read(_ text: String, options: CorpusOptions = CorpusOptions()) throws -> Corpus<TaggedSentence> {
        let file = try TemporaryFile(text)
        return try CorpusReader.tagged(paths: [file.path], options: options)
    }

    @Test func theLastColumnIsTheTag() throws {
        let corpus = try read("-DOCSTART-\n\nA DT x y\ncat  NN x z\n\n\n# # x y\r\n\r\n-DOCSTART-\n\nB NN x y")
        #expect(corpus.examples.map(\.tokens) == [["A", "cat"], ["#"], ["B"]])
        #expect(corpus.examples.map { $0.tags["tag"] } == [["y", "z"], ["y"], ["y"]])
        #expect(corpus.examples.map(\.startsDocument) == [true, false, true])
        #expect(corpus.examples.map(\.line) == [3, 7, 11])
        #expect(corpus.examples[0].spaceAfter == [true, true])
    }

    @Test func tabsSeparateWhereTheFirstLineHasOne() throws {
        let corpus = try read("New York\tB-LOC\n\u{3000}\tO\n")
        #expect(corpus.examples[0].tokens == ["New York", "\u{3000}"])
        #expect(corpus.examples[0].tags["tag"] == ["B-LOC", "O"])
    }

    @Test func columnsAreChosenByNumberAndName() throws {
        let text = "# global.columns = FORM POS NER\nA DT O\nB NN B-X\n"
        let options = CorpusOptions(tagColumns: ["pos=2", "NER", "last"].compactMap(TagColumn.init))
        let corpus = try read(text, options: options)
        #expect(corpus.examples[0].tags == ["pos": ["DT", "NN"], "ner": ["O", "B-X"], "tag": ["O", "B-X"]])
    }

    @Test(arguments: [
        ("A x\nB\n", "last", 2, "1 columns where the file's first line has 2"),
        ("A x\nB y z\n", "last", 2, "3 columns where the file's first line has 2"),
        ("A\tx\nB\t\n", "last", 2, "column 2 is empty"),
        ("A\nB\n", "last", 1, "one column where a token and its tag are needed"),
        ("A x\n", "3", 1, "no column 3 among 2"), ("A x\n", "ner", 1, "the file does not name its columns"),
        ("A x\n-DOCSTART- x\n", "last", 2, "-DOCSTART- inside a sentence"),
        ("# global.columns = FORM NER\nA x\n", "pos", 2, "no column pos among FORM NER"),
    ])
    func faults(text: String, column: String, line: Int, message: String) throws {
        let options = CorpusOptions(tagColumns: [try #require(TagColumn(column))])
        let error = #expect(throws: CorpusError.self) { try read(text, options: options) }
        #expect(error?.line == line)
        #expect(error?.message == message)
    }

    @Test func tokensAloneAreReadWhereNoTagIsAskedFor() throws {
        let corpus = try read("One\ntwo\n\n#\n", options: CorpusOptions(tagColumns: []))
        #expect(corpus.examples.map(\.tokens) == [["One", "two"], ["#"]])
        #expect(corpus.examples.allSatisfy { $0.tags.isEmpty })
    }

    @Test func twoColumnsUnderOneNameAreAnError() throws {
        let options = CorpusOptions(tagColumns: ["a=1", "a=2"].compactMap(TagColumn.init))
        let error = #expect(throws: CorpusError.self) { try read("A x\n", options: options) }
        #expect(error?.message == "two tag columns are called a")
    }

    @Test func aFaultySentenceIsSkippedOnRequest() throws {
        let corpus = try read("A x\nB\nC y\n\nD z\n", options: CorpusOptions(skipsBadLines: true))
        #expect(corpus.examples.map(\.tokens) == [["D"]])
        #expect(corpus.skipped == 1)
    }

    @Test func schemesBecomeIOB2AcrossAllFiles() throws {
        let first = try TemporaryFile("a I-X\nb I-X\nc B-X\n", suffix: ".iob")
        let second = try TemporaryFile("d O\ne I-Y\n", suffix: ".iob")
        let corpus = try CorpusReader.tagged(paths: [first.path, second.path])
        #expect(corpus.examples.map { $0.tags["tag"] } == [["B-X", "I-X", "B-X"], ["O", "B-Y"]])
    }
}
