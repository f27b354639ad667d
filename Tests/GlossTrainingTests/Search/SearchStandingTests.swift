import GlossTraining
import Testing

struct SearchStandingTests {
    @Test func theFigureIsTheMetricThatIsShown() {
        let accuracy = Evaluation(
            score: 0.8709, metrics: ["accuracy": 0.871, "macro_f1": 0.8709], shown: "accuracy 0.8710")
        #expect(accuracy.figure == ("accuracy", 0.871))
        let perplexity = Evaluation(score: -95.25, metrics: ["perplexity": 95.25], shown: "perplexity 95.25")
        #expect(perplexity.figure == ("perplexity", 95.25))
        let both = Evaluation(score: 0.95, metrics: ["upos": 0.96, "xpos": 0.94], shown: "upos 0.9600, xpos 0.9400")
        #expect(both.figure == ("score", 0.95))
    }
}
