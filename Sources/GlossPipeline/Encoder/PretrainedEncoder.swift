import GlossNN

/// What a model has learned of words in their sentences, apart from its task: what encoders of other models start from.
public struct PretrainedEncoder: Sendable {
    /// The sizes of its parts.
    public let configuration: EncoderConfiguration
    /// The vocabularies.
    public let lexicon: Lexicon
    /// Words → features.
    public let reader: WordReader
    /// The layers of a language model in both directions, where the model has them.
    public let base: DirectionalStack?
}

extension Model {
    /// What a model that reads words has learned of them; nil for one that reads characters or symbols, or has vectors alone.
    public var pretrainedEncoder: PretrainedEncoder? {
        func of(_ encoder: Encoder, _ lexicon: Lexicon) -> PretrainedEncoder {
            PretrainedEncoder(
                configuration: encoder.configuration, lexicon: lexicon, reader: encoder.reader, base: encoder.base)
        }
        return switch self {
        case .classify(let model): of(model.network.encoder, model.network.lexicon)
        case .number(let model): of(model.network.encoder, model.network.lexicon)
        case .tag(let model): of(model.network.encoder, model.network.lexicon)
        case .pretrain(let model):
            PretrainedEncoder(
                configuration: model.configuration.encoder, lexicon: model.lexicon, reader: model.reader,
                base: model.base)
        case .generate, .tokenize, .vectors: nil
        }
    }
}
