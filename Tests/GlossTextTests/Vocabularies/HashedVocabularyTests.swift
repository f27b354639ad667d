import Foundation
import GlossText
import Testing

struct HashedVocabularyTests {
    private static func vocabulary(_ lengths: ClosedRange<Int> = 3...6) throws -> HashedVocabulary {
        try HashedVocabulary(words: Vocabulary(symbols: ["cat"]), bucketCount: 1000, lengths: lengths)
    }

    /// The values of the hash's authors (http://www.isthe.com/chongo/tech/comp/fnv/), which for ASCII are fastText's.
    @Test func hashesAreThePublishedOnes() {
        #expect(HashedVocabulary.hash("".utf8) == 0x811C_9DC5)
        #expect(HashedVocabulary.hash("a".utf8) == 0xE40C_292C)
        #expect(HashedVocabulary.hash("foobar".utf8) == 0xBF9C_F968)
        // (2166136261 ^ 0xFFFFFFC3) * 16777619 mod 2³²
        #expect(HashedVocabulary.hash([0xC3]) == (UInt32(2_166_136_261) ^ 0xFFFF_FFC3) &* 16_777_619)
    }

    @Test func aWordIsItselfAndItsParts() throws {
        let vocabulary = try Self.vocabulary(3...4)
        let bucket = { (text: String) in Int32(3 + Int(HashedVocabulary.hash(text.utf8)) % 1000) }
        #expect(vocabulary.features(of: "cat") == [2] + ["<ca", "<cat", "cat", "cat>", "at>"].map(bucket))
        #expect(vocabulary.features(of: "é") == [bucket("<é>")])
        #expect(vocabulary.features(of: "") == [])
        #expect(try Self.vocabulary(1...2).features(of: "é") == ["<é", "é", "é>"].map(bucket))
        #expect(vocabulary.count == 1003)
    }

    @Test func anUnknownWordHasABucket() throws {
        let vocabulary = try Self.vocabulary()
        #expect(vocabulary.id(of: "cat") == 2)
        let ids = Set((0..<500).map { vocabulary.id(of: "word\($0)") })
        #expect(ids.allSatisfy { $0 >= 3 && $0 < 1003 })
        #expect(ids.count > 350)
        let again = try JSONDecoder().decode(HashedVocabulary.self, from: JSONEncoder().encode(vocabulary))
        #expect(again == vocabulary)
    }

    @Test func limitsAreChecked() throws {
        let words = try Vocabulary(symbols: ["a"])
        #expect(throws: TextError.self) { try HashedVocabulary(words: words, bucketCount: 0) }
        #expect(throws: TextError.self) { try HashedVocabulary(words: words, bucketCount: 9, lengths: 0...2) }
    }
}
