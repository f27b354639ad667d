import GlossTraining
import Testing

@Suite struct LanguageModelScoreTests {
    @Test func perplexityAndBitsPerByte() {
        // Ten tokens, each with p = 1/8: 3 bits or 3 ln 2 nats each; five bytes a token.
        let nats = 10 * 3 * 0.6931471805599453
        let score = LanguageModelScore(nats: nats, tokens: 10, bytes: 50)
        #expect(abs(score.perplexity - 8) < 1e-9)
        #expect(abs(score.bitsPerByte - 0.6) < 1e-12)
    }

    @Test func partsAddUp() {
        var score = LanguageModelScore()
        #expect(score.perplexity == 1 && score.bitsPerByte == 0)
        score.add(nats: 1, tokens: 2, bytes: 3)
        score.add(nats: 10, tokens: 20, bytes: 30)
        #expect(score == LanguageModelScore(nats: 11, tokens: 22, bytes: 33))
    }
}
