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
    /// The generator that is trained further.
    private let known: Generator?
    let codec: SymbolCodec
    let symbols, held: [Int32]
    let heldBytes: Int

    /// Prepares training on `text`, judged on `held`. A generator that is trained further keeps its sizes, but for
    /// `training.pretrainedWidth`, and its symbols.
    ///
    /// Throws `TextError` for a vocabulary without words, `TrainingError` for a start from a model of another task and for layers
    /// that cannot be widened.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, text: String, held: String,
        start: StartingPoint = .none, threads: Int
    ) throws {
        guard !model.encoder.stack.bidirectional else {
            throw TrainingError.configuration(
                key: "encoder.stack.bidirectional", value: "true",
                remedy: "a direction that has read the continuation cannot predict it; set it to false")
        }
        known = try start.generator()
        var model = known?.configuration.dropping(as: model) ?? model
        if known != nil {
            model.encoder.stack.hidden = try StartingPoint.widened(
                model.encoder.stack.hidden, to: training.pretrainedWidth, features: model.encoder.wordFeatures)
        }
        self.model = model
        self.training = training
        self.threads = threads
        self.start = start
        let tokenizer = try Tokenizer(model.tokenizer)
        codec = try known?.codec ?? Self.codec(model.vocabulary, of: text, tokenizer)
        symbols = [codec.end] + (try codec.encode(text, tokenizer: tokenizer))
        self.held = [codec.end] + (try codec.encode(held, tokenizer: tokenizer))
        heldBytes = held.utf8.count
    }

    /// The symbols of a text. Throws `TextError` for one without words.
    private static func codec(_ configuration: VocabularyConfiguration, of text: String, _ tokenizer: Tokenizer) throws
        -> SymbolCodec
    {
        switch configuration.kind {
        case .bytePairs:
            var builder = BytePairBuilder()
            builder.add(text)
            return .bytePairs(
                try builder.build(size: configuration.maximumSize, specials: [Vocabulary.endOfSequence]))
        case .words:
            var builder = VocabularyBuilder()
            for line in text.lines {
                for token in try tokenizer.tokens(in: String(line.withoutReturn)) { builder.add(token.text) }
            }
            return .words(
                try builder.build(
                    minimumCount: configuration.minimumCount, maximumSize: configuration.maximumSize,
                    specials: [Vocabulary.unknown, Vocabulary.endOfSequence]))
        }
    }

    /// A model with the values that it starts from. Throws `CorpusError`, `TrainingError`.
    public func freshModel() throws -> Generator {
        var random = RandomSource(seed: training.seed)
        var fresh = try Generator(model, codec: codec, using: &random)
        if let known {
            fresh.network.takeValues(of: known.network)
        } else {
            try start.fill(&fresh.network, codec, length: training.vectorLength)
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
