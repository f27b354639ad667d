import GlossTraining
import Testing

@Suite struct TagAccuracyTests {
    @Test func everyColumnIsCountedOverAllTokens() {
        var accuracy = TagAccuracy()
        accuracy.add(
            gold: ["upos": ["DET", "NOUN"], "xpos": ["DT", "NN"], "feats": ["_", "_"]],
            predicted: ["upos": ["DET", "VERB"], "xpos": ["DT", "NN"]])
        accuracy.add(
            gold: ["upos": ["X", "X"], "xpos": ["FW", "FW"]], predicted: ["upos": ["X", "X"], "xpos": ["NN", "NN"]])
        #expect(accuracy.columns == ["upos", "xpos"])
        #expect(accuracy.tokenCount == 4)
        #expect(accuracy.accuracy(of: "upos") == 0.75)
        #expect(accuracy.accuracy(of: "xpos") == 0.5)
        #expect(accuracy.accuracy(of: "feats") == nil)
    }

    @Test func nothingCounted() {
        #expect(TagAccuracy().accuracy(of: "upos") == nil)
    }
}
