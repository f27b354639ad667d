import GlossText
import Testing

struct JSONValueTests {
    @Test func whatIsReadIsWritten() throws {
        let text = #"{"a":[1,-2.50,true,false,null,"x\"\\é"],"b":{},"a":[]}"#
        #expect(try JSONValue(parsing: (" " + text + "\n").utf8).json == text)
        #expect(try JSONValue(parsing: #""\u00e9\ud83d\ude00\t\/""#.utf8).string == "\u{E9}\u{1F600}\t/")
        #expect(try JSONValue(parsing: "1e3".utf8).double == 1000)
        #expect(try JSONValue(parsing: "1.5".utf8).int == nil)
        #expect(JSONValue.string("\u{0}\n").json == #""\u0000\n""#)
    }

    @Test func canonicallyEquivalentKeysAreTwo() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)
        #expect(value.fields?.count == 2)
        #expect(value["e\u{301}"]?.int == 2)
        #expect(value["\u{E9}"]?.int == 1)
    }

    @Test func nullIsNothing() throws {
        #expect(try JSONValue(parsing: #"{"a":null}"#.utf8)["a"] == nil)
    }

    @Test(arguments: [#""\ud800""#, #""\udc00""#, #""\ud800\u0041""#])
    func halfASurrogatePairIsRepairedOnRequest(text: String) throws {
        #expect(try JSONValue(parsing: text.utf8).string?.unicodeScalars.first == "\u{FFFD}")
        #expect(throws: TextError.self) { try JSONValue(vocabulary: text) }
    }

    @Test(arguments: [
        "", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"a", "\"\n\"", "\"\\x\"", "\"\\u12\"", "tru",
        "1 2", "-", "nan", "+1", "+01", "01", "1.", ".5", "1e", "1e+", "--1", "1-2", "\"\\u+123\"", "\"\\u-000\"",
        String(repeating: "[", count: 100_000),
    ])
    func nonsenseIsRefused(text: String) {
        let error = #expect(throws: TextError.self) { try JSONValue(parsing: text.utf8) }
        #expect(error?.kind == .malformed)
        #expect(error?.place?.byte != nil)
    }
}
