import GlossTraining
import Testing

@Suite struct TaggedSentenceTests {
    @Test func surfaceTokensAreTheWordsWithoutMultiwordTokens() {
        let sentence = TaggedSentence(tokens: ["a", "b"], tags: [:], spaceAfter: [false, true])
        #expect(sentence.surfaceTokens.map(\.form) == ["a", "b"])
        #expect(sentence.surfaceTokens.map(\.words) == [0..<1, 1..<2])
        #expect(sentence.surfaceTokens.map(\.spaceAfter) == [false, true])
    }

    @Test func aMultiwordTokenStandsForItsWords() {
        let sentence = TaggedSentence(
            tokens: ["a", "b", "c", "d"], tags: [:], spaceAfter: [true, false, false, true],
            multiwordTokens: [.init(words: 1..<3, form: "bc")])
        #expect(sentence.surfaceTokens.map(\.form) == ["a", "bc", "d"])
        #expect(sentence.surfaceTokens.map(\.words) == [0..<1, 1..<3, 3..<4])
        #expect(sentence.surfaceTokens.map(\.spaceAfter) == [true, false, true])
    }

    @Test func documentsAreWhatStartsSayAndAllOfIt() {
        func documents(_ starts: [Bool]) -> [Range<Int>] {
            starts.map { TaggedSentence(tokens: ["a"], tags: [:], startsDocument: $0) }.documents.map(\.indices)
        }
        #expect(documents([]) == [])
        #expect(documents([true, false, true, true]) == [0..<2, 2..<3, 3..<4])
        #expect(documents([false, false, true]) == [0..<2, 2..<3], "what stands before the first start")
    }

    @Test func withoutWordOnSpacesThereAreSpacesEverywhere() {
        #expect(TaggedSentence(tokens: ["a", "b"], tags: [:]).spaceAfter == [true, true])
    }

    /// Sentences that are held out one by one still know where a document begins; where there are many, documents stay whole.
    @Test(arguments: [3, 20]) func documentsAreHeldOutAsAWholeWhereThereAreMany(documents: Int) {
        let sentences = (0..<documents).flatMap { document in
            (0..<4).map { TaggedSentence(tokens: ["\(document)"], tags: [:], startsDocument: $0 == 0) }
        }
        let units = sentences.units
        #expect(units.count == (documents < 20 ? 4 * documents : documents))
        let part = [TaggedSentence](units.enumerated().filter { $0.offset % 4 != 0 }.map(\.element))
        for (index, sentence) in part.enumerated() {
            let isFirst = index == 0 || part[index - 1].tokens != sentence.tokens
            #expect(sentence.startsDocument == isFirst)
        }
        #expect([TaggedSentence](units) == sentences)
    }
}
