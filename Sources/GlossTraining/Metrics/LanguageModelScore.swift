import Foundation

/// How well a language model predicts a text.
public struct LanguageModelScore: Sendable, Hashable {
    /// The sum of −ln p over the tokens predicted, in nats.
    public private(set) var nats: Double
    /// Tokens predicted.
    public private(set) var tokens: Int
    /// Bytes of text (UTF-8) that the tokens stand for.
    public private(set) var bytes: Int

    /// A score from sums over a text.
    public init(nats: Double = 0, tokens: Int = 0, bytes: Int = 0) {
        self.nats = nats
        self.tokens = tokens
        self.bytes = bytes
    }

    /// Adds the sums over another part of the text.
    public mutating func add(nats: Double, tokens: Int, bytes: Int) {
        self.nats += nats
        self.tokens += tokens
        self.bytes += bytes
    }

    /// e to the mean nats a token; 1 without tokens.
    public var perplexity: Double { tokens == 0 ? 1 : exp(nats / Double(tokens)) }

    /// The bits a byte of text costs: nats / ln 2 / bytes, comparable across tokenizers; 0 without bytes.
    public var bitsPerByte: Double { bytes == 0 ? 0 : nats / log(2) / Double(bytes) }
}
