import GlossText
import Testing

struct JSONTreeTests {
    @Test func whatIsReadIsWritten() throws {
        let text = #"{"a":[1,-2.5,true,false,null,"x\"\\é"],"b":{},"a":[]}"#
        #expect(try JSONTree(parsing: " " + text + "\n").text() == text)
        #expect(try JSONTree(parsing: #""\u00e9\ud83d\ude00\t\/""#).string == "\u{E9}\u{1F600}\t/")
        #expect(try JSONTree(parsing: "1e3").id == 1000)
        #expect(try JSONTree(parsing: "1.5").id == nil)
        #expect(JSONTree.string("\u{0}\n").text() == #""\u0000\u000a""#)
    }

    @Test func canonicallyEquivalentKeysAreTwo() throws {
        let tree = try JSONTree(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(tree.members?.count == 2)
        #expect(tree["e\u{301}"]?.id == 2)
        #expect(tree["\u{E9}"]?.id == 1)
    }

    @Test(arguments: [
        "", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"a", "\"\n\"", "\"\\x\"", "\"\\ud800\"", "tru",
        "1 2", "-", "nan",
        String(repeating: "[", count: 100_000),
    ])
    func nonsenseIsRefused(text: String) {
        let error = #expect(throws: TextError.self) { try JSONTree(parsing: text) }
        #expect(error?.kind == .malformed)
        #expect(error?.place?.byte != nil)
    }
}
