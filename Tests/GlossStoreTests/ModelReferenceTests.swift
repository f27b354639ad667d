import GlossStore
import Testing

@Suite struct ModelReferenceTests {
    @Test(arguments: [
        ("sentiment", "sentiment", nil), ("sentiment:3", "sentiment", 3), ("a.b_c-9", "a.b_c-9", nil), ("9:1", "9", 1),
        (String(repeating: "x", count: 64), String(repeating: "x", count: 64), nil as Int?),
    ])
    func parses(text: String, name: String, version: Int?) throws {
        let reference = try ModelReference(parsing: text)
        #expect(reference.name == name)
        #expect(reference.version == version)
        #expect(reference.description == text)
    }

    @Test(arguments: [
        ("", "empty"), (":1", "empty"), ("a:", "not a number"), ("a:x", "\"x\" is not a number"),
        ("a:-1", "\"-1\" is not a number"),
        ("a:+1", "\"+1\" is not a number"), ("a:0", "version 0"), ("a:1:2", "\"1:2\" is not a number"),
        ("a:99999999999999999999", "not a number"), ("a/b", "\"/\" may not stand"), ("a b", "\" \" may not stand"),
        ("naïve", "\"ï\" may not stand"), ("..", "begins with a letter"), ("-x", "begins with a letter"),
        ("a\n:1", "may not stand"), (String(repeating: "x", count: 65), "65 characters, the limit is 64"),
    ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: StoreError.self) { try ModelReference(parsing: text) }
        #expect(error?.kind == .invalid)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("\n") == false)
    }
}
