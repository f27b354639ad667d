import GlossPipeline
import Testing

struct NGramsTests {
    @Test func featuresAreTheDistinctNGrams() {
        // a, b, a b, b a: "a" and "b" stand twice each and count once.
        let features = NGrams(words: 2).features(["a", "b", "a", "b"], buckets: 1 << 20)
        #expect(features.count == 4)
        #expect(features == features.sorted())
        #expect(NGrams(words: 1).features(["a", "b"], buckets: 1 << 20).count == 2)
        #expect(NGrams(words: 2).features([], buckets: 4).isEmpty)
        #expect(NGrams(words: 3).features(["a", "b", "c", "d"], buckets: 8).allSatisfy { $0 < 8 })
    }

    @Test func orderOfWordsMattersBeyondOneWord() {
        let ab = NGrams(words: 2).features(["a", "b"], buckets: 1 << 20)
        let ba = NGrams(words: 2).features(["b", "a"], buckets: 1 << 20)
        #expect(ab != ba)
        #expect(Set(ab).intersection(ba).count == 2)
    }

    @Test(arguments: [("ab", 2, 0), ("ab", 3, 2), ("ab", 4, 3), ("naïve", 5, 5 + 4 + 3), ("aaaaa", 3, 3)])
    func charactersOfAWordHaveItsEndsMarked(_ word: String, _ longest: Int, _ count: Int) {
        // Of ⌃ab⌃: ⌃ab, ab⌃, and with four characters all of it. In aaaaa the inner ones are the same.
        let features = NGrams(words: 1, characters: longest).features([word], buckets: 1 << 24)
        #expect(features.count == 1 + count)
    }

    @Test func wordsShareTheNGramsOfTheirCharacters() {
        func shared(_ one: String, _ other: String, _ characters: Int) -> Int {
            let ngrams = NGrams(words: 1, characters: characters)
            return Set(ngrams.features([one], buckets: 1 << 24))
                .intersection(ngrams.features([other], buckets: 1 << 24)).count
        }
        // ⌃wo, wor, ork and the two of four; but not the word itself, nor its end.
        #expect(shared("work", "works", 4) == 5)
        #expect(shared("work", "works", 0) == 0)
        // Only where a word begins or ends in both.
        #expect(shared("xabc", "abcx", 3) == 1)
    }

    @Test func aWordWithoutEndCostsNoMoreThanALongOne() {
        let ngrams = NGrams(words: 1, characters: 5)
        let long = String((0..<80).map { Character(Unicode.Scalar(0x4E00 + $0)!) })
        let endless = long + String(repeating: "x", count: 100_000)
        #expect(ngrams.features([endless], buckets: 1 << 24).count == ngrams.features([long], buckets: 1 << 24).count)
    }
}
