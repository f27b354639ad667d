import GlossNN
import GlossPipeline
import Testing

struct NGramClassifierTests {
    @Test func featuresAreTheDistinctNGrams() {
        // a, b, a b, b a: "a" and "b" stand twice each and count once.
        let features = NGramClassifier.features(["a", "b", "a", "b"], order: 2, buckets: 1 << 20)
        #expect(features.count == 4)
        #expect(features == features.sorted())
        #expect(NGramClassifier.features(["a", "b"], order: 1, buckets: 1 << 20).count == 2)
        #expect(NGramClassifier.features([], order: 2, buckets: 4).isEmpty)
        #expect(NGramClassifier.features(["a", "b", "c", "d"], order: 3, buckets: 8).allSatisfy { $0 < 8 })
    }

    @Test func orderOfWordsMattersBeyondOneWord() {
        let ab = NGramClassifier.features(["a", "b"], order: 2, buckets: 1 << 20)
        let ba = NGramClassifier.features(["b", "a"], order: 2, buckets: 1 << 20)
        #expect(ab != ba)
        #expect(Set(ab).intersection(ba).count == 2)
    }

    @Test func logitsAreTheBiasAndTheFeaturesWeights() {
        let words = ["a", "b", "c"]
        let table = (0..<64 * 2).map { Float($0) }
        let model = NGramClassifier(table: Tensor([64, 2], table), bias: Tensor([2], [0.5, -0.5]), order: 2)
        var expected: [Float] = [0.5, -0.5]
        for feature in NGramClassifier.features(words, order: 2, buckets: 64) {
            for label in 0..<2 { expected[label] += table[Int(feature) * 2 + label] }
        }
        #expect(model.logits(words) == expected)
    }
}
