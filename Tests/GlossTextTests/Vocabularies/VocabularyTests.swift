import Foundation
import GlossText
import Testing

struct VocabularyTests {
    @Test func idsGoByCountThenByScalars() throws {
        var builder = VocabularyBuilder()
        for word in ["b", "a", "c", "c", "<unk>", "\u{E9}", "e\u{301}"] { builder.add(word) }
        let vocabulary = try builder.build(maximumSize: 6)
        #expect(
            vocabulary.symbols.map { Array($0.utf8) }
                == ["<pad>", "<unk>", "c", "a", "b", "e\u{301}"].map { Array($0.utf8) })
        #expect(vocabulary.counts == [0, 2, 2, 1, 1, 1])
        #expect(vocabulary.idOrUnknown("\u{E9}") == 1)
        #expect(vocabulary.id(of: "e\u{301}") == 5)
        #expect(vocabulary.symbol(2) == "c")
    }

    @Test func tableAndJSONGiveTheSameVocabulary() throws {
        var builder = VocabularyBuilder()
        for word in ["a\tb", "\\", "line\nbreak", "#", "\r"] { builder.add(word, count: 3) }
        let vocabulary = try builder.build(specials: ["<pad>", "<unk>", "<eos>"])
        #expect(try Vocabulary.read(vocabulary.write()) == vocabulary)
        #expect(try JSONDecoder().decode(Vocabulary.self, from: JSONEncoder().encode(vocabulary)) == vocabulary)
    }
}
