import GlossText
import Testing

struct BytePairVocabularyTests {
    @Test func frequentPairsMergeFirst() throws {
        var builder = BytePairBuilder()
        for _ in 0..<5 { builder.add("abab") }
        builder.add("ac")
        let vocabulary = try builder.build(size: 260, specials: ["<pad>", "<unk>"])
        #expect(vocabulary.merges.count == 2)
        #expect(vocabulary.bytes(of: 258) == Array("ab".utf8))
        #expect(vocabulary.bytes(of: 259) == Array("abab".utf8))
        #expect(vocabulary.encode("ababac") == [259, 2 + 97, 2 + 99])
    }

    @Test(arguments: [
        "", "don't\u{0} \u{1F469}\u{200D}\u{1F680}  x\r\n\r\n\t12345 ...\u{3000}\u{65E5}\u{672C}", " ", "\n",
    ])
    func encodingLosesNothing(text: String) throws {
        var builder = BytePairBuilder()
        builder.add("the cat sat on the mat. The cats don't sit 12345 日本 日本")
        let vocabulary = try builder.build(size: 300)
        #expect(vocabulary.decode(vocabulary.encode(text)) == Array(text.utf8))
    }
}
