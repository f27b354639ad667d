import GlossText
import Testing

struct JSONNumberTests {
    /// serde_json 1.0 without its feature `float_roundtrip`: 17 digits as a whole number, which 53 bits cannot hold,
    /// divided by a power of ten.
    @Test func numbersAreRoundedTwice() throws {
        #expect(JSONNumber.parse("-9.007199254740993".utf8) == -9007199254740993.0 / 1e15)
        #expect(JSONNumber.parse("0.1".utf8) == 0.1)
        #expect(JSONNumber.parse("123456789012345678901234567890".utf8) == 12345678901234567890.0 * 1e10)
        #expect(JSONNumber.parse("1.5e-310".utf8) == 15.0 / 1e308 / 1e3)
        #expect(JSONNumber.parse("-2E3".utf8) == -2000)
        for text in ["", "-", ".5", "1e", "1x", "1e999", "--1", "1.2.3"] {
            #expect(JSONNumber.parse(text.utf8) == nil, "\(text)")
        }
    }

    @Test func whatCanBeWrittenIsReadToTheBit() {
        var random = SystemRandomNumberGenerator()
        var changed = 0
        for _ in 0..<20_000 {
            let value = Double.random(in: -30...0, using: &random)
            let writable = JSONNumber.writable(value)
            changed += writable == value ? 0 : 1
            #expect(abs(writable - value) <= value.ulp)
            #expect(JSONNumber.parse(JSONNumber.text(writable).utf8) == writable)
        }
        #expect(changed > 0)
    }
}
