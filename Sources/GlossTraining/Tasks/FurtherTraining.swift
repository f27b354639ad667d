import GlossNN
import GlossPipeline
import GlossText

// What training a model further as a whole keeps of it, and what it adds.

extension ModelConfiguration {
    /// This configuration of a model that is trained further, with what `other` drops while it learns.
    func dropping(as other: ModelConfiguration) -> ModelConfiguration {
        var copy = self
        copy.encoder.wordDropout = other.encoder.wordDropout
        copy.encoder.embeddingDropout = other.encoder.embeddingDropout
        copy.encoder.inputDropout = other.encoder.inputDropout
        copy.encoder.outputDropout = other.encoder.outputDropout
        copy.encoder.base.dropout = other.encoder.base.dropout
        copy.encoder.stack.dropout = other.encoder.stack.dropout
        copy.encoder.stack.weightDropout = other.encoder.stack.weightDropout
        return copy
    }

    /// The same, for a model of words: it also looks for new words as `other` says, reads labels under its names, and has a document's
    /// spans agree as much if it says so.
    func further(as other: ModelConfiguration) -> ModelConfiguration {
        var copy = dropping(as: other)
        copy.vocabulary = other.vocabulary
        copy.head.labelNames.merge(other.head.labelNames) { $1 }
        if other.head.consistency > 0 { copy.head.consistency = other.head.consistency }
        return copy
    }
}

extension Lexicon {
    /// What a model reads: the lexicon of one that is trained further with the training's symbols behind its own, else that of the
    /// training's words and `vectorWords` of those that `start` knows. Throws `TextError`, `CorpusError`.
    init(
        _ configuration: ModelConfiguration, further known: Lexicon?, words: [[String]], columns: [[[String]]] = [],
        start: StartingPoint, vectorWords: Int
    ) throws {
        self =
            try known?.appending(configuration, words: words, columns: columns)
            ?? Lexicon(configuration, words: words, columns: columns, more: start.words(vectorWords))
    }

    /// This lexicon with the symbols of training words that it lacks behind its own.
    private func appending(_ configuration: ModelConfiguration, words: [[String]], columns: [[[String]]] = []) throws
        -> Lexicon
    {
        // Words without a frequent one add none.
        guard let new = try? Lexicon(configuration, words: words, columns: columns) else { return self }
        func own(_ vocabulary: Vocabulary) -> [String] { Array(vocabulary.symbols.dropFirst(vocabulary.specialCount)) }
        var copy = self
        copy.words = try self.words.appending(own(new.words))
        copy.characters = try characters?.appending(new.characters.map(own) ?? [])
        copy.columns = try zip(self.columns, new.columns).map { try $0.appending(own($1)) }
        return copy
    }
}

extension SequenceModel {
    /// Takes what a training starts from: all of a model that is trained further, else what `start` knows, its vectors scaled to
    /// a mean length where `length` is positive. Throws as `StartingPoint.fill`.
    mutating func begin(further known: Self?, start: StartingPoint, length: Float) throws {
        if let known { goOn(from: known) } else { try start.fill(&encoder, lexicon, length: length) }
    }

    /// Takes all values of a model whose symbols are the first ones of this one's. Further symbols have the vector of unknown ones,
    /// as which they were read until now, so that all answers stay as they were.
    private mutating func goOn(from known: Self) {
        takeValues(of: known)
        func fill(_ table: inout Tensor, _ before: Vocabulary, _ now: Vocabulary) {
            guard let unknown = before.unknownID else { return }
            let vectors = table
            for id in before.count..<now.count { table.copyRow(id, from: vectors, Int(unknown)) }
        }
        fill(&encoder.reader.words.table.value, known.lexicon.words, lexicon.words)
        if let before = known.lexicon.characters, let now = lexicon.characters,
            var table = encoder.reader.characters?.embedding.table.value
        {
            fill(&table, before, now)
            encoder.reader.characters?.embedding.table.value = table
        }
        for (column, (before, now)) in zip(known.lexicon.columns, lexicon.columns).enumerated() {
            fill(&encoder.reader.columns[column].table.value, before, now)
        }
    }
}
