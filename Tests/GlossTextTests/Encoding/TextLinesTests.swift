import GlossText
import Testing

struct TextLinesTests {
    @Test(arguments: [
        ("", [""]), ("a", ["a"]), ("a\nb\n", ["a", "b", ""]), ("a\r\nb\r\n", ["a", "b", ""]), ("a\rb\r", ["a\rb"]),
        ("\r\n\n\u{301}", ["", "", "\u{301}"]),
    ])
    func linesEndWithALineFeed(text: String, expected: [String]) {
        #expect(text.lines.map { String($0.withoutReturn) } == expected)
        #expect(text.lines.joined(separator: "\n").utf8.elementsEqual(text.utf8))
    }

    @Test func aMarkBehindASpaceIsNoBlank() {
        #expect("".isBlank && " \t\u{3000}\r\n".isBlank)
        #expect(!" \u{301}".isBlank && !" a".isBlank)
        #expect(
            " a\u{301} \u{301}\r\nb".chunks.map { Array($0.unicodeScalars) } == [["a", "\u{301}"], ["\u{301}"], ["b"]])
    }
}
