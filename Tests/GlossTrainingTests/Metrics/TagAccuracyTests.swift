import GlossTraining
import Testing

@Suite struct TagAccuracyTests {
    @Test func everyColumnIsCountedOverTheTokensThatHaveIt() {
        var accuracy = TagAccuracy()
        accuracy.add(
            gold: ["upos": ["DET", "NOUN"], "xpos": ["DT", "NN"], "feats": ["_", "_"]],
            predicted: ["upos": ["DET", "VERB"], "xpos": ["DT", "NN"]])
        accuracy.add(
            gold: ["upos": ["X", "X"], "xpos": ["FW", "FW"]], predicted: ["upos": ["X", "X"], "xpos": ["NN", "NN"]])
        #expect(accuracy.columns == ["upos", "xpos"])
        #expect(accuracy.accuracy(of: "upos") == 0.75)
        #expect(accuracy.accuracy(of: "xpos") == 0.5)
        #expect(accuracy.accuracy(of: "feats") == nil)
        accuracy.add(gold: ["upos": ["X", "X"]], predicted: ["upos": ["X", "X"]])
        #expect(accuracy.accuracy(of: "upos") == 5.0 / 6)
        #expect(accuracy.accuracy(of: "xpos") == 0.5)
    }

    @Test func nothingCounted() {
        #expect(TagAccuracy().accuracy(of: "upos") == nil)
    }
}
