import GlossNN

/// Words → states: vectors of words, characters and further columns, then the recurrent stack.
public struct Encoder: Module {
    /// What it is made of.
    public let configuration: EncoderConfiguration
    /// Vectors of words.
    public var words: Embedding
    /// The sweep over each word's characters.
    public var characters: CharacterEncoder?
    /// Vectors of the values of further input columns.
    public var columns: [Embedding]
    /// The recurrent layers.
    public var stack: RecurrentStack

    /// An encoder for the vocabularies of `lexicon`.
    public init(_ configuration: EncoderConfiguration, _ lexicon: Lexicon, using random: inout RandomSource) {
        self.configuration = configuration
        words = Embedding(count: lexicon.words.count, features: configuration.wordFeatures, using: &random)
        words.dropout = configuration.embeddingDropout
        characters = lexicon.characters.map {
            CharacterEncoder(
                count: $0.count, features: configuration.characterFeatures, hidden: configuration.characterHidden,
                using: &random)
        }
        columns = lexicon.columns.map {
            Embedding(count: $0.count, features: configuration.columnFeatures, using: &random)
        }
        let width =
            configuration.wordFeatures + (characters?.output ?? 0) + columns.count * configuration.columnFeatures
        stack = RecurrentStack(input: width, configuration.stack, using: &random)
    }

    /// Walks words, characters, columns, stack.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try words.forEachParameter(join(path, "words"), body)
        try characters.forEachParameter(join(path, "characters"), body)
        try columns.forEachParameter(join(path, "columns"), body)
        try stack.forEachParameter(join(path, "stack"), body)
    }

    /// A batch → states [rows, stack.output].
    public func callAsFunction(_ batch: WordBatch, tape: Tape?) -> Variable {
        states(features(batch, tape: tape), batch.layout, tape: tape)
    }

    /// A batch → what the stack reads of each word, [rows, stack.input].
    func features(_ batch: WordBatch, tape: Tape?) -> Variable {
        let ids = wordDropout(batch.ids, configuration.wordDropout, unknown: batch.unknown, tape: tape)
        var parts = [words(ids, tape: tape)]
        if let characters {
            let forms = characters(batch.characters, dropout: configuration.inputDropout / 2, tape: tape)
            parts.append(gather(forms, rows: batch.wordIndex, tape: tape))
        }
        for (embedding, ids) in zip(columns, batch.columns) { parts.append(embedding(ids, tape: tape)) }
        return concatenate(parts, tape: tape)
    }

    /// Features [rows, stack.input] → states [rows, stack.output].
    func states(_ features: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
        let x = lockedDropout(features, configuration.inputDropout, layout, tape: tape)
        return lockedDropout(stack(x, layout, tape: tape), configuration.outputDropout, layout, tape: tape)
    }
}
