import GlossPipeline
import Testing

struct StopBufferTests {
    @Test func whatMayBecomeAStopStringIsHeldBack() {
        var buffer = StopBuffer(["END"])
        #expect(buffer.append("abE") == ("ab", false))
        #expect(buffer.append("N") == ("", false))
        #expect(buffer.append("x") == ("ENx", false))
        #expect(buffer.append("yEND z") == ("y", true))
    }

    @Test func theEarliestStopStringCounts() {
        var buffer = StopBuffer(["cd", "b", ""])
        #expect(buffer.append("abcd") == ("a", true))
    }

    /// A stop string counts within a character, too: in a line end, and before a mark.
    @Test func scalarsAreCompared() {
        var buffer = StopBuffer(["\r", "e"])
        #expect(buffer.append("a\r\n") == ("a", true))
        #expect(buffer.append("ne\u{301}") == ("n", true))
        var composed = StopBuffer(["\u{E9}"])
        #expect(composed.append("e\u{301}") == ("e\u{301}", false))
    }

    @Test func theEndOfTheTextShowsWhatWasHeld() {
        var buffer = StopBuffer(["END"])
        #expect(buffer.append("aEN") == ("a", false))
        #expect(buffer.finish("") == "EN")
        var stopped = StopBuffer(["END"])
        _ = stopped.append("EN")
        #expect(stopped.finish("D") == "")
    }
}
