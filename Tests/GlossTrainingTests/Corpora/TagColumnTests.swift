import GlossTraining
import Testing

@Suite struct TagColumnTests {
    @Test(arguments: [
        ("last", TagColumn.last), ("3", TagColumn(name: "tag", source: .number(3))),
        ("pos=2", TagColumn(name: "pos", source: .number(2))), ("NER", TagColumn(name: "ner", source: .named("NER"))),
        ("chunk=last", TagColumn(name: "chunk", source: .last)), ("a=B", TagColumn(name: "a", source: .named("B"))),
    ])
    func reads(text: String, expected: TagColumn) {
        #expect(TagColumn(text) == expected)
        #expect(TagColumn(expected.description) == expected)
    }

    @Test(arguments: ["", "0", "-1", "=2", "pos=", "pos=0"])
    func refuses(text: String) {
        #expect(TagColumn(text) == nil)
    }
}
