import GlossPipeline
import Testing

struct TextClassifierTests {
    @Test func anAnswerIsTheSameAloneAndInABatchAndOnAnyThreads() throws {
        let model = try TinyModels.classifier()
        let together = try model(TinyModels.texts, threads: 1)
        #expect(try model(TinyModels.texts, threads: 2) == together)
        for (text, answer) in zip(TinyModels.texts, together) {
            #expect(try model([text]) == [answer])
        }
    }

    @Test func preparingChangesNoBit() throws {
        let model = try TinyModels.classifier { $0.head.pooling = [.last, .attention] }
        #expect(try model.prepared()(TinyModels.texts) == model(TinyModels.texts))
    }

    @Test func probabilitiesSumToOneUnlessLabelsAreIndependent() throws {
        let one = try TinyModels.classifier()(["a film"])[0]
        #expect(abs(one.probabilities.reduce(0, +) - 1) < 1e-5)
        #expect(one.probability == one.probabilities.max())
        let several = try TinyModels.classifier { $0.head.multiLabel = true }(["a film"])[0]
        // An untrained network's independent probabilities are each near one half.
        #expect(several.probabilities.reduce(0, +) > 1.1)
    }

    @Test func onlyTheFirstAndLastWordsOfALongTextAreRead() throws {
        let model = try TinyModels.classifier { $0.encoder.maximumTokens = 4 }
        #expect(try model(["a film the end"]) == model(["a film slow slow slow slow the end"]))
        #expect(try model(["a film the end"]) != model(["a was the end"]))
    }

    /// Swift holds both spellings of “é” for one string; a model that reads characters does not.
    @Test func wordsOfOtherScalarsHaveCharactersOfTheirOwn() throws {
        let model = try TinyModels.classifier(), composed = ["caf\u{E9}"], decomposed = ["cafe\u{301}"]
        let both = model.classify(words: [composed, decomposed])
        #expect(both[1] == model.classify(words: [decomposed])[0])
        #expect(both[1] != both[0])
    }
}
