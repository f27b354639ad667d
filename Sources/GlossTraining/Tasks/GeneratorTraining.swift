import GlossNN
import GlossPipeline
import GlossText

/// From plain text to a generator.
public struct GeneratorTraining: Sendable {
    /// What the model is made of.
    public let model: ModelConfiguration
    /// How it is trained.
    public let training: TrainingConfiguration
    let threads: Int
    let start: StartingPoint
    let codec: SymbolCodec
    let symbols, held: [Int32]
    let heldBytes: Int

    /// Prepares training on `text`, judged on `held`. Throws `TextError` for a vocabulary without words.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, text: String, held: String,
        start: StartingPoint = .none, threads: Int
    ) throws {
        guard !model.encoder.stack.bidirectional else {
            throw TrainingError.configuration(
                key: "encoder.stack.bidirectional", value: "true",
                remedy: "a direction that has read the continuation cannot predict it; set it to false")
        }
        self.model = model
        self.training = training
        self.threads = threads
        self.start = start
        let tokenizer = try Tokenizer(model.tokenizer)
        switch model.vocabulary.kind {
        case .bytePairs:
            var builder = BytePairBuilder()
            builder.add(text)
            codec = .bytePairs(
                try builder.build(size: model.vocabulary.maximumSize, specials: [Vocabulary.endOfSequence]))
        case .words:
            var builder = VocabularyBuilder()
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                for token in try tokenizer.tokens(in: String(line)) { builder.add(token.text) }
            }
            codec = .words(
                try builder.build(
                    minimumCount: model.vocabulary.minimumCount, maximumSize: model.vocabulary.maximumSize,
                    specials: [Vocabulary.unknown, Vocabulary.endOfSequence]))
        }
        symbols = [codec.end] + (try codec.encode(text, tokenizer: tokenizer))
        self.held = [codec.end] + (try codec.encode(held, tokenizer: tokenizer))
        heldBytes = held.utf8.count
    }

    /// A fresh model.
    public func freshModel() throws -> Generator {
        var random = RandomSource(seed: training.seed)
        var fresh = try Generator(model, codec: codec, using: &random)
        if case .words(let vocabulary) = codec {
            try start.fill(&fresh.network.words, words: vocabulary, length: training.vectorLength)
        }
        return fresh
    }

    /// The network's task.
    public func task() throws -> LanguageModelTask {
        try LanguageModelTask(
            symbols: symbols, held: held, heldBytes: heldBytes, vocabulary: codec.count,
            configuration: training.stream, threads: threads)
    }
}
