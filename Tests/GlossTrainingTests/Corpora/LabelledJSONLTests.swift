import GlossTraining
import Testing

@Suite struct LabelledJSONLTests {
    private func read(_ text: String, options: CorpusOptions = CorpusOptions()) throws -> Corpus<LabelledText> {
        let file = try TemporaryFile(text, suffix: ".jsonl")
        var corpus = try CorpusReader.labelled(paths: [file.path], options: options)
        corpus.examples = corpus.examples.from(file)
        return corpus
    }

    @Test func labelsOfEveryKind() throws {
        let corpus = try read(
            """
            {"label":"pos","text":"fine\\tand\\u00e9 \\ud83d\\ude42","id":[1,{"x":null}]}
            {"text":"number","label":1}
            {"text":"boolean","label":true}

            {"text":"several","labels":["a",2,"a"]}
            """)
        #expect(
            corpus.examples == [
                LabelledText(text: "fine\tandé 🙂", labels: ["pos"], line: 1),
                LabelledText(text: "number", labels: ["1"], line: 2),
                LabelledText(text: "boolean", labels: ["true"], line: 3),
                LabelledText(text: "several", labels: ["a", "2"], line: 5),
            ])
    }

    @Test(arguments: [
        ("{\"label\":\"a\"}", "the key \"text\" is missing"), ("{\"text\":\"a\"}", "no label"),
        ("{\"text\":\"a\",\"labels\":[]}", "no label"), ("{\"text\":\"a\",\"label\":\"\"}", "the label is empty"),
        ("{\"text\":\"\",\"label\":\"a\"}", "the text is empty"),
        ("{\"text\":5,\"label\":\"a\"}", "the value of \"text\" has the wrong type"),
        ("{\"text\":\"a\",\"labels\":\"b\"}", "the value of \"labels\" has the wrong type"),
        ("{\"text\":\"a\",\"label\":1.5}", "a label is neither a string nor an integer nor a boolean"),
        ("{\"text\":\"a\"", "not valid JSON"), ("[1]", "not a JSON object"), ("text", "not valid JSON"),
    ])
    func faults(line: String, message: String) throws {
        let good = #"{"label":"a","text":"b"}"#
        let error = #expect(throws: CorpusError.self) { try read(good + "\n" + line + "\n") }
        #expect(error?.line == 2)
        #expect(error?.message == message)
        let corpus = try read(good + "\n" + line + "\n" + good, options: CorpusOptions(skipsBadLines: true))
        #expect(corpus.examples.count == 2 && corpus.skipped == 1)
    }
}
