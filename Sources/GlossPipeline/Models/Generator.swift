import GlossNN
import GlossText

/// Why a continuation ended.
public enum FinishReason: String, Codable, Sendable {
    /// The text ended, or a stop string was met.
    case stop
    /// The most symbols were reached.
    case length
    /// The reader wants no more.
    case cancelled
}

/// Text → continuation.
public struct Generator: Module {
    /// What it is made of.
    public let configuration: ModelConfiguration
    /// Text ↔ symbols.
    public let codec: SymbolCodec
    /// Symbols → scores.
    public var network: LanguageModel
    /// Cuts text into words, for a codec of words.
    public let tokenizer: Tokenizer

    /// A fresh model. Throws `TextError` when the tokenizer's configuration cannot be served.
    public init(_ configuration: ModelConfiguration, codec: SymbolCodec, using random: inout RandomSource)
        throws(TextError)
    {
        self.configuration = configuration
        self.codec = codec
        tokenizer = try Tokenizer(configuration.tokenizer)
        network = LanguageModel(configuration.encoder, symbols: codec.count, using: &random)
    }

    /// Walks network.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try network.forEachParameter(join(path, "network"), body)
    }

    /// Continues `prompt`; `emit` gets each complete piece of text as soon as it can no longer become part of a stop
    /// string, and says whether to go on.
    ///
    /// The same seed gives the same continuation. Throws `TextError` for a prompt that cannot be tokenized.
    @discardableResult
    public func generate(_ prompt: String, _ sampling: Sampling, seed: UInt64, emit: (String) -> Bool)
        throws(TextError) -> (reason: FinishReason, tokens: Int)
    {
        var continuation = try Continuation(of: prompt, by: self, sampling, seed: seed)
        while true {
            let step = continuation.advance()
            if !step.piece.isEmpty, !emit(step.piece) { return (.cancelled, continuation.count) }
            if let reason = step.reason { return (reason, continuation.count) }
        }
    }

    /// Continues `prompt` once for each seed, `together` at a time: where one ends, the next begins beside the others, and
    /// each is to the bit what it is alone. `emit` gets each step with its seed's index.
    ///
    /// Throws `TextError` for a prompt that cannot be tokenized.
    public func generate(
        _ prompt: String, _ sampling: Sampling, seeds: [UInt64], together: Int = 16,
        emit: (Int, Continuation.Step) -> Void
    ) throws(TextError) {
        var running: [Continuation] = [], indices: [Int] = [], next = 0
        while next < seeds.count || !running.isEmpty {
            while next < seeds.count, running.count < max(1, together) {
                running.append(try Continuation(of: prompt, by: self, sampling, seed: seeds[next]))
                indices.append(next)
                next += 1
            }
            let steps = Continuation.advance(&running)
            for (index, step) in zip(indices, steps) { emit(index, step) }
            for place in steps.indices.reversed() where steps[place].reason != nil {
                running.remove(at: place)
                indices.remove(at: place)
            }
        }
    }

    /// Symbols that are no text: padding and the unknown word.
    var excludedSymbols: Set<Int32> {
        switch codec {
        case .words(let vocabulary): Set([vocabulary.unknownID, vocabulary.paddingID].compactMap { $0 })
        case .bytePairs(let vocabulary):
            Set(vocabulary.specials.compactMap { vocabulary.id(ofSpecial: $0) }.filter { $0 != codec.end })
        }
    }
}
