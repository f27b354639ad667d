import GlossNN

/// Words → features: vectors of words, of their characters and of further columns, side by side.
public struct WordReader: Module {
    /// What it is made of.
    public let configuration: EncoderConfiguration
    /// Vectors of words.
    public var words: Embedding
    /// The sweep over each word's characters.
    public var characters: CharacterEncoder?
    /// Vectors of the values of further input columns.
    public var columns: [Embedding]

    /// A reader for the vocabularies of `lexicon`; `tied` where an output layer shares the vectors of words.
    public init(
        _ configuration: EncoderConfiguration, _ lexicon: Lexicon, tied: Bool = false, using random: inout RandomSource
    ) {
        self.configuration = configuration
        words = Embedding(
            count: lexicon.words.count, features: configuration.wordFeatures, tied: tied, using: &random)
        words.dropout = configuration.embeddingDropout
        characters = lexicon.characters.map {
            CharacterEncoder(
                count: $0.count, features: configuration.characterFeatures, hidden: configuration.characterHidden,
                using: &random)
        }
        columns = lexicon.columns.map {
            Embedding(count: $0.count, features: configuration.columnFeatures, using: &random)
        }
    }

    /// Features of words and characters, which stand first in a row.
    public var wordWidth: Int { configuration.wordFeatures + (characters?.output ?? 0) }

    /// Features of a row.
    public var output: Int { wordWidth + columns.count * configuration.columnFeatures }

    /// Walks words, characters, columns.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try words.forEachParameter(join(path, "words"), body)
        try characters.forEachParameter(join(path, "characters"), body)
        try columns.forEachParameter(join(path, "columns"), body)
    }

    /// A batch → [rows, output].
    public func callAsFunction(_ batch: WordBatch, tape: Tape?) -> Variable {
        let ids = wordDropout(batch.ids, configuration.wordDropout, unknown: batch.unknown, tape: tape)
        var parts = [words(ids, tape: tape)]
        if let characters {
            let forms = characters(batch.characters, dropout: configuration.inputDropout / 2, tape: tape)
            parts.append(gather(forms, rows: batch.wordIndex, tape: tape))
        }
        for (embedding, ids) in zip(columns, batch.columns) { parts.append(embedding(ids, tape: tape)) }
        return concatenate(parts, tape: tape)
    }
}
