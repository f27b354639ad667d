import GlossNN
import GlossPipeline
import GlossStore
import GlossText
import Testing

struct ServingModelTests {
    private func version(_ elementType: ElementType, wordFeatures: Int = 128, hidden: Int = 40) throws -> ModelVersion {
        var configuration = ModelConfiguration(.classify)
        configuration.encoder.wordFeatures = wordFeatures
        configuration.encoder.stack.hidden = hidden
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

    @Test func whatIsLargeIsKeptInFourBitsAndTheRestInEight() throws {
        func types(_ version: ModelVersion) -> [String: ElementType] {
            Dictionary(uniqueKeysWithValues: version.tensors.map { ($0.name, $0.elementType) })
        }
        let small = try types(version(.int4)), large = try version(.int4, wordFeatures: 12_000)
        #expect(!small.values.contains(.int4))
        #expect(
            Set(types(large).filter { $0.value == .int4 }.keys) == [
                "network.encoder.words.table", "network.encoder.stack.layers.0.forward.inputWeight",
                "network.encoder.stack.layers.0.backward.inputWeight",
            ])
        let whole = try version(.float32, wordFeatures: 12_000)
        #expect(try types(whole.converted(to: .int4, name: "y", metrics: [:])) == types(large))
        let serving = try logits(large.servingModel(), texts), plain = try logits(whole.model(), texts)
        #expect(serving == (try logits(large.model().prepared(.int8), texts)) && serving != plain)
        for (a, b) in zip(serving.joined(), plain.joined()) { #expect(abs(a - b) < 0.1) }
    }

    @Test func whatIsKeptInFourBitsComputesInEight() throws {
        // All that is not large is small, and stays float32.
        let version = try version(.int4, hidden: 200)
        #expect(Set(version.tensors.map(\.elementType)) == [.int4, .float32])
        #expect(try logits(version.servingModel(), texts) == logits(version.model().prepared(.int8), texts))
    }

    @Test func aTableThatTheOutputSharesIsKeptInFourBits() throws {
        var configuration = ModelConfiguration(.generate)
        configuration.encoder.stack.hidden = 24
        var builder = BytePairBuilder()
        builder.add("a fine day and no rain")
        let pairs = try builder.build(size: 280, specials: [Vocabulary.endOfSequence])
        var random = RandomSource(seed: 3)
        let generator = try Generator(configuration, codec: .bytePairs(pairs), using: &random)
        func version(_ type: ElementType) throws -> ModelVersion {
            try ModelVersion(
                .generate(generator), name: "x", elementType: type, metrics: [:], sources: [], seed: 1, duration: 1,
                run: "", glossVersion: "0", licence: "")
        }
        let stored = try version(.int4)
        #expect(stored.tensors.filter { $0.elementType == .int4 }.map(\.name) == ["words.table"])
        func scores(_ version: ModelVersion) throws -> [Float] {
            guard case .generate(let model) = try version.servingModel() else { return [] }
            var states = model.network.stack.zeroStates(batch: 1)
            return model.network.lastScores([1, 7, 9], states: &states)
        }
        let rounded = try scores(stored), plain = try scores(version(.float32))
        let greatest = plain.map(abs).max() ?? 0
        #expect(rounded != plain && rounded.count == generator.network.symbols)
        for (a, b) in zip(rounded, plain) { #expect(abs(a - b) < 0.3 * greatest) }
    }

    @Test(arguments: [ElementType.float32, .float16, .bfloat16]) func theOthersComputeInFloat32(type: ElementType)
        throws
    {
        let version = try version(type)
        #expect(try logits(version.servingModel(), texts) == logits(version.model(), texts))
    }
}
