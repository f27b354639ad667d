import GlossNN
import GlossPipeline
import GlossText
import Testing

struct ExplanationTests {
    /// A model that computes in 8 bits is explained by what it is in float32, as exactly as any other.
    @Test func aModelOf8BitsIsExplainedInFloat32() throws {
        let model = try TinyModels.classifier()
        for text in ["It was a film that I liked.", "the end"] {
            let explained = try model.prepared(.int8).explain(text)
            #expect(explained.completenessError <= 0.01)
            #expect(abs(explained.logit - (try model.explain(text)).logit) < 0.02)
        }
    }

    /// A model whose n-gram view has random weights.
    private func classifier(
        _ ngrams: NGrams = NGrams(words: 2), _ change: (inout ModelConfiguration) -> Void = { _ in }
    ) throws -> TextClassifier {
        var model = try TinyModels.classifier(change)
        var random = RandomSource(seed: 9)
        model.ngrams = NGramClassifier(
            table: Tensor(uniform: [256, 3], bound: 1, using: &random), bias: Tensor([3], [0.1, -0.2, 0.3]),
            ngrams)
        model.calibration.ngrams = 0.7
        model.calibration.network = 1.3
        return model
    }

    @Test(arguments: [[Pooling.max, .mean], [.attention], [.last]], [0, 4])
    func attributionsAddUpToTheLogit(pooling: [Pooling], characters: Int) throws {
        let model = try classifier(NGrams(words: 2, characters: characters)) { $0.head.pooling = pooling }
        for text in TinyModels.texts {
            let explanation = try model.explain(text)
            #expect(explanation.words.map(\.token.text) == (try model.words(text)))
            #expect(explanation.completenessError <= 0.01, "\(text): \(explanation)")
            let logits = try model.logits(words: [model.words(text)], threads: 1)[0]
            #expect(explanation.logit == model.calibration.combine(logits.network, logits.ngrams).max())
        }
    }

    /// Steps beside each other are those one after the other; and few of them come close to many.
    @Test func stepsAreTakenTogether() throws {
        let model = try classifier { $0.head.pooling = [.max, .mean] }
        let short = "the film was a end", long = Array(repeating: short, count: 30).joined(separator: " ")
        for text in [short, long] {
            let few = try model.explain(text, maximumSteps: 27), many = try model.explain(text, maximumSteps: 2187)
            let size = many.words.reduce(0) { $0 + abs($1.attribution) }
            for (one, other) in zip(few.words, many.words) {
                #expect(abs(one.attribution - other.attribution) <= 0.02 * size)
            }
        }
    }

    /// Words that speak against each other leave little to explain, and are explained all the same.
    @Test func whatCancelsOutIsExplained() throws {
        let model = try classifier()
        let passes = try TinyModels.texts.map { text in
            var passes = 0
            _ = try model.explain(text) { passes += 1 }
            return passes
        }
        #expect(passes.allSatisfy { (0...3).contains($0) }, "\(passes)")
    }

    /// A model that serves has let go of the matrices that gradients read.
    @Test func aPreparedModelExplainsTheSame() throws {
        let model = try classifier(), prepared = model.prepared()
        for text in TinyModels.texts { #expect(try prepared.explain(text) == model.explain(text)) }
    }

    /// Without the network, a word has its own weights and half of those of its pairs.
    @Test func ngramsAreSharedByTheirWords() throws {
        var model = try classifier()
        model.calibration.network = 0
        let words = ["film", "was", "film"]
        let explanation = try model.explain(words.joined(separator: " "))
        let logits = try #require(model.ngrams).logits(words)
        let label = try #require(logits.indices.max { logits[$0] < logits[$1] })
        func weight(_ words: [String]) throws -> Float {
            let ngrams = try #require(model.ngrams)
            let shorter = Set(words.flatMap { NGrams(words: 1).features([$0], buckets: 256) })
            let bucket = try #require(
                NGrams(words: words.count).features(words, buckets: 256).first {
                    words.count == 1 || !shorter.contains($0)
                })
            return ngrams.table.value[Int(bucket) * 3 + label] * 0.7
        }
        let film = try weight(["film"]) / 2, was = try weight(["was"])
        let before = try weight(["film", "was"]) / 2, after = try weight(["was", "film"]) / 2
        for (word, expected) in zip(explanation.words, [film + before, was + before + after, film + after]) {
            #expect(abs(word.attribution - expected) <= 1e-5)
        }
    }

    /// Only the words at both ends are read by the network; those between have n-grams alone.
    @Test func wordsThatAreNotReadHaveNoShareOfTheNetwork() throws {
        var model = try classifier { $0.encoder.maximumTokens = 4 }
        model.calibration.ngrams = 0
        let explanation = try model.explain("the film was a end it film the")
        let shares = explanation.words.map(\.attribution)
        #expect(shares[2..<6].allSatisfy { $0 == 0 })
        #expect((shares[..<2] + shares[6...]).allSatisfy { $0 != 0 })
    }

    @Test func whoAsksMayGiveUpBetweenTwoPasses() throws {
        struct Enough: Error {}
        var passes = 0
        #expect(throws: Enough.self) {
            try TinyModels.classifier().explain(
                Array(repeating: "the film was a end", count: 400).joined(separator: " ")
            ) {
                passes += 1
                if passes == 3 { throw Enough() }
            }
        }
        #expect(passes == 3)
    }
}
