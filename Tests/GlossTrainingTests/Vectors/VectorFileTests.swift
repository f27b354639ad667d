import Foundation
import GlossNN
import GlossText
import GlossTraining
import Testing

struct VectorFileTests {
    private func read(_ text: String) throws -> (Tensor, [Int32]) {
        let path = NSTemporaryDirectory() + "gloss-vectors-\(UUID().uuidString).txt"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        var table = Tensor(zeros: [4, 2])
        let words = try Vocabulary(symbols: ["cat", "dog"])
        let found = try VectorFile.read(path, into: &table, words: words)
        return (table, found)
    }

    @Test(arguments: ["2 2\n", ""]) func vectorsOfKnownWordsAreTaken(header: String) throws {
        let (table, found) = try read(header + "dog 0.5 -1\nbird 9 9\n")
        #expect(found == [3])
        #expect(table.scalars == [0, 0, 0, 0, 0, 0, 0.5, -1])
    }

    /// As in GloVe's vectors of 840 thousand million words; a first line with a space could as well be of another dimension.
    @Test func wordsMayHaveSpaces() throws {
        let (table, found) = try read("dog 0.5 -1\n. . 7 7\nat name@domain.com 7 7\ncat 3 4\n")
        #expect(found == [3, 2])
        #expect(table.scalars == [0, 0, 0, 0, 3, 4, 0.5, -1])
        #expect(throws: (any Error).self) { try read("at name@domain.com 7 7\ndog 0.5 -1\n") }
    }

    @Test func anotherDimensionOrNoNumberIsAnErrorWithItsLine() {
        for (text, place) in [("cat 1 2\ndog 1 2 3\n", ":2:"), ("cat 1 x\n", ":1:"), ("cat 1 nan\n", ":1:")] {
            #expect {
                try read(text)
            } throws: { "\($0)".contains(place) }
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        let words = try Vocabulary(symbols: ["cat", "two words", "dog"])
        var text = ""
        VectorFile.write(Tensor([5, 2], [9, 9, 9, 9, 0.1, -2, 9, 9, 1e-9, 3]), words: words) { text += $0 }
        #expect(text == "2 2\ncat 0.1 -2.0\ndog 1e-09 3.0\n")
        let (table, found) = try read(text)
        #expect(found.count == 2)
        #expect(table.scalars == [0, 0, 0, 0, 0.1, -2, 1e-9, 3])
    }

    @Test func theFirstOfTwoVectorsOfAWordStands() throws {
        let (table, found) = try read("dog 0.5 -1\ncat 3 4\ndog 9 9\n")
        #expect(found == [3, 2])
        #expect(table.scalars == [0, 0, 0, 0, 3, 4, 0.5, -1])
    }
}
