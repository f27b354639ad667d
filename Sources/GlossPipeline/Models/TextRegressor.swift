import GlossNN
import GlossText

/// Text → number.
public struct TextRegressor: Module {
    /// What it is made of.
    public let configuration: ModelConfiguration
    /// Words → number.
    public var network: SequenceModel<NumberHead>
    private let tokenizer: Tokenizer

    /// A fresh model. Throws `TextError` when the tokenizer's configuration cannot be served.
    public init(_ configuration: ModelConfiguration, lexicon: Lexicon, using random: inout RandomSource)
        throws(TextError)
    {
        self.configuration = configuration
        tokenizer = try Tokenizer(configuration.tokenizer)
        let encoder = Encoder(configuration.encoder, lexicon, using: &random)
        let head = NumberHead(configuration.head, stack: encoder.stack, using: &random)
        network = SequenceModel(lexicon: lexicon, encoder: encoder, head: head)
    }

    /// Walks network.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try network.forEachParameter(join(path, "network"), body)
    }

    /// A text's words. Throws `TextError` for a text that ICU cannot read.
    public func words(_ text: String) throws(TextError) -> [String] { try tokenizer.tokens(in: text).map(\.text) }

    /// The numbers of texts, in order.
    public func callAsFunction(_ texts: [String], threads: Int = 1) throws(TextError) -> [Float] {
        var sequences: [WordSequence] = []
        for text in texts {
            sequences.append(
                network.lexicon.sequence(try words(text), maximum: configuration.encoder.maximumTokens))
        }
        return network.answers(sequences, threads: threads)
    }
}
