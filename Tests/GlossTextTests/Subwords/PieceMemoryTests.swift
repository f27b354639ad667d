import GlossText
import Testing

struct PieceMemoryTests {
    private static func withText<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var copy = text
        return copy.withUTF8(body)
    }

    /// More pieces than the memory keeps, of all lengths: each has its own ids or is not remembered, never another's.
    @Test func piecesKeepTheirOwnIDs() {
        var memory = PieceMemory()
        var remembered = 0
        for round in 0..<2 {
            for number in 0..<150_000 {
                let piece = String(number) + String(repeating: "x", count: number % 23)
                let ids = (0...Int32(number % 6)).map { Int32(number) + $0 }
                Self.withText(piece + "behind it") { bytes in
                    let range = 0..<piece.utf8.count
                    var found: [Int32] = []
                    if memory.append(bytes, range, to: &found) {
                        if found != ids { Issue.record("“\(piece)” has the ids \(found), not \(ids)") }
                        remembered += round
                    } else {
                        memory.remember(bytes, range, ids[...])
                    }
                }
            }
        }
        #expect(remembered > 20_000)
    }

    @Test func aPieceIsFoundAtTheEndOfItsTextToo() {
        var memory = PieceMemory()
        let text = "word and further text, word"
        Self.withText(text) { bytes in
            memory.remember(bytes, 0..<4, [7, 8])
            var ids: [Int32] = []
            #expect(memory.append(bytes, text.utf8.count - 4..<text.utf8.count, to: &ids))
            #expect(ids == [7, 8])
            #expect(!memory.append(bytes, 0..<3, to: &ids))
        }
    }
}
