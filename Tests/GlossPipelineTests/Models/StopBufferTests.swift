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

    @Test func theEndOfTheTextShowsWhatWasHeld() {
        var buffer = StopBuffer(["END"])
        #expect(buffer.append("aEN") == ("a", false))
        #expect(buffer.finish("") == "EN")
        var stopped = StopBuffer(["END"])
        _ = stopped.append("EN")
        #expect(stopped.finish("D") == "")
    }
}
