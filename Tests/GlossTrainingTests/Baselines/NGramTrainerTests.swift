import GlossPipeline
import GlossTraining
import Testing

struct NGramTrainerTests {
    private func configuration() -> NGramConfiguration {
        var configuration = NGramConfiguration()
        configuration.bucketBits = 12
        return configuration
    }

    @Test func whatWordsTellApartIsLearned() {
        let words = (0..<60).map { index in
            [["cold", "ice", "w\(index)"], ["hot", "fire", "w\(index)"], ["wet", "rain", "w\(index)"]][index % 3]
        }
        let targets = (0..<60).map { [Int32($0 % 3)] }
        let trainer = NGramTrainer(configuration(), classes: 3, seed: 1, threads: 2)
        let model = trainer.train(words: words, targets: targets) { _ in 0 }
        for (word, label) in [("ice", 0), ("fire", 1), ("rain", 2)] {
            let logits = model.logits([word, "unseen"])
            #expect(logits.indices.max { logits[$0] < logits[$1] } == label)
        }
    }

    @Test func theJudgeChoosesAndTheResultIsTheSameTwice() {
        let words = (0..<20).map { [$0 % 2 == 0 ? "a" : "b", "c\($0)"] }
        let targets = (0..<20).map { [Int32($0 % 2)] }
        func train(_ threads: Int) -> (NGramClassifier, [Double]) {
            var scores: [Double] = []
            let model = NGramTrainer(configuration(), classes: 2, seed: 1, threads: threads)
                .train(words: words, targets: targets) { candidate in
                    scores.append(-Double(abs(candidate.logits(["a"])[0] - 1)))
                    return scores[scores.count - 1]
                }
            return (model, scores)
        }
        let (model, scores) = train(1)
        // Four costs and three interpolations.
        #expect(scores.count == 12)
        #expect(-Double(abs(model.logits(["a"])[0] - 1)) == scores.max())
        #expect(train(2).0.table.value.scalars == model.table.value.scalars)
    }
}
