import GlossNN
import GlossPipeline
import Testing

struct NGramClassifierTests {
    @Test func logitsAreTheBiasAndTheFeaturesWeights() {
        let words = ["a", "b", "c"]
        let table = (0..<64 * 2).map { Float($0) }
        let model = NGramClassifier(table: Tensor([64, 2], table), bias: Tensor([2], [0.5, -0.5]), NGrams(words: 2))
        var expected: [Float] = [0.5, -0.5]
        for feature in NGrams(words: 2).features(words, buckets: 64) {
            for label in 0..<2 { expected[label] += table[Int(feature) * 2 + label] }
        }
        #expect(model.logits(words) == expected)
    }
}
