import GlossNN
import GlossPipeline
import GlossStore
import GlossText
import Testing

struct ServingModelTests {
    private func version(_ elementType: ElementType) throws -> ModelVersion {
        var configuration = ModelConfiguration(.classify)
        configuration.encoder.stack.hidden = 40
        var words = VocabularyBuilder()
        for word in ["a", "fine", "day", "and", "no", "rain"] { words.add(word) }
        var random = RandomSource(seed: 2)
        let model = try TextClassifier(
            configuration, lexicon: Lexicon(words: words.build(), characters: nil), labels: ["no", "yes"],
            using: &random)
        return try ModelVersion(
            .classify(model), name: "x", elementType: elementType, metrics: [:], sources: [], seed: 1, duration: 1,
            run: "", glossVersion: "0", licence: "")
    }

    private let texts = ["a fine day", "no rain", "a", "a fine day and no rain and no rain and no snow"]

    private func logits(_ model: Model, _ texts: [String]) throws -> [[Float]] {
        guard case .classify(let classifier) = model else { return [] }
        return classifier.logits(words: try texts.map { try classifier.words($0) }, threads: 2).map(\.network)
    }

    @Test func whatIsKeptIn8BitsComputesInThem() throws {
        let version = try version(.int8), model = try version.model()
        let serving = try logits(version.servingModel(), texts), plain = try logits(model, texts)
        #expect(serving == (try logits(model.prepared(.int8), texts)))
        #expect(serving != plain)
        for (a, b) in zip(serving.joined(), plain.joined()) { #expect(abs(a - b) < 0.05) }
        // Alone as together, to the bit.
        #expect(serving == (try texts.flatMap { try logits(version.servingModel(), [$0]) }))
    }

    @Test(arguments: [ElementType.float32, .float16, .bfloat16]) func theOthersComputeInFloat32(type: ElementType)
        throws
    {
        let version = try version(type)
        #expect(try logits(version.servingModel(), texts) == logits(version.model(), texts))
    }
}
