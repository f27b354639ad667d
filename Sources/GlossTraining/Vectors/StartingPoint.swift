import GlossNN
import GlossPipeline
import GlossText

/// What a new model starts from.
public enum StartingPoint: Sendable {
    /// Nothing: all is random.
    case none
    /// Vectors of words in a text file.
    case file(String)
    /// A model of `gloss train vectors`.
    case vectors(WordVectors)
    /// A model of `gloss train pretrain`: words, characters and the layers below the stack.
    case pretrained(BidirectionalLanguageModel)

    /// The configuration with the sizes that come with the starting point.
    func adapted(_ configuration: ModelConfiguration) -> ModelConfiguration {
        guard case .pretrained(let model) = self else { return configuration }
        var adapted = configuration
        let source = model.configuration.encoder
        adapted.encoder.wordFeatures = source.wordFeatures
        adapted.encoder.foldsWords = source.foldsWords
        adapted.encoder.characterFeatures = source.characterFeatures
        adapted.encoder.characterHidden = source.characterHidden
        let dropout = configuration.encoder.base.dropout
        adapted.encoder.base = source.base
        adapted.encoder.base.dropout = dropout
        return adapted
    }

    /// The first `count` words, the most frequent where the source is in that order. Throws `CorpusError`.
    func words(_ count: Int) throws -> [String] {
        guard count > 0 else { return [] }
        switch self {
        case .none: return []
        case .file(let path): return try VectorFile.words(path, count: count)
        case .vectors(let vectors): return Self.frequent(vectors.words, count)
        case .pretrained(let model): return Self.frequent(model.lexicon.words, count)
        }
    }

    private static func frequent(_ words: Vocabulary, _ count: Int) -> [String] {
        Array(words.symbols.dropFirst(words.specialCount).prefix(count))
    }

    /// Puts all that is known into an encoder of `lexicon`, whose configuration was `adapted`: vectors of words as
    /// `fill(_:words:length:)`, and of a pretrained model the vectors of characters, the layers that read them, and the
    /// layers of both directions.
    func fill(_ encoder: inout Encoder, _ lexicon: Lexicon, length: Float) throws {
        try fill(&encoder.reader.words, words: lexicon.words, length: length)
        guard case .pretrained(let model) = self else { return }
        // The tensors are set one by one: a copied layer would share the identity, and with it the gradient.
        encoder.base?.takeValues(of: model.base)
        guard let known = model.lexicon.characters, let characters = lexicon.characters,
            let source = model.reader.characters
        else { return }
        encoder.reader.characters?.layer.takeValues(of: source.layer)
        let vectors = source.embedding.table.value
        for id in 0..<Int32(characters.count) {
            // The first ids are the special symbols of both.
            guard let from = known.id(of: characters.symbol(id)) else { continue }
            encoder.reader.characters?.embedding.table.value.copyRow(Int(id), from: vectors, Int(from))
        }
    }

    /// Puts all that is known into a language model: all of a pretrained one whose words are the first ones of the model's, or
    /// the vectors of words.
    func fill(_ model: inout BidirectionalLanguageModel, length: Float) throws {
        if case .pretrained(let known) = self { return model.takeValues(of: known) }
        try fill(&model.reader.words, words: model.lexicon.words, length: length)
    }

    /// Puts the vectors of known words into an embedding, scaled to a mean length where `length` is positive; words
    /// without a vector keep their random one.
    ///
    /// Throws `CorpusError` for a file as `VectorFile.read`, `TrainingError` for another dimension and where no word of
    /// the vocabulary has a vector.
    func fill(_ embedding: inout Embedding, words: Vocabulary, length: Float) throws {
        var table = embedding.table.value
        var found: [Int32] = []
        switch self {
        case .none: return
        case .file(let path): found = try VectorFile.read(path, into: &table, words: words)
        case .vectors(let vectors): found = try Self.copy(vectors.table.value, of: vectors.words, into: &table, words)
        case .pretrained(let model):
            found = try Self.copy(model.reader.words.table.value, of: model.lexicon.words, into: &table, words)
            // What stands for rare words has learned from them.
            if let unknown = words.unknownID, let from = model.lexicon.words.unknownID {
                table.copyRow(Int(unknown), from: model.reader.words.table.value, Int(from))
            }
        }
        guard !found.isEmpty else {
            throw TrainingError.data(
                "what words start from has no vector of any of the \(words.count) words of the vocabulary; give vectors "
                    + "of the same language and case")
        }
        if length > 0 { Self.scale(&table, rows: found, meanLength: length) }
        embedding.table.value = table
    }

    /// Copies the vectors of the words that both vocabularies have: their ids.
    private static func copy(
        _ source: Tensor, of known: Vocabulary, into table: inout Tensor, _ words: Vocabulary
    ) throws -> [Int32] {
        guard source.columns == table.columns else {
            throw TrainingError.configuration(
                key: "model.encoder.wordFeatures", value: "\(table.columns)",
                remedy: "the vectors have \(source.columns) features; set it to that")
        }
        return (Int32(words.specialCount)..<Int32(words.count)).filter { id in
            guard let from = known.id(of: words.symbol(id)) else { return false }
            table.copyRow(Int(id), from: source, Int(from))
            return true
        }
    }

    private static func scale(_ table: inout Tensor, rows: [Int32], meanLength: Float) {
        let features = table.columns
        let lengths = rows.map { row in
            (0..<features).reduce(Float(0)) { sum, feature in
                let value = table[Int(row) * features + feature]
                return sum + value * value
            }.squareRoot()
        }
        let mean = lengths.reduce(0, +) / Float(rows.count)
        guard mean > 0 else { return }
        for row in rows {
            for feature in 0..<features { table[Int(row) * features + feature] *= meanLength / mean }
        }
    }
}

extension Module {
    /// Takes the values of a module of the same shape, parameter by parameter; the rows that a table has behind the other's
    /// keep their own.
    fileprivate mutating func takeValues(of other: Self) {
        var values = other.parameters.map(\.parameter.value)[...]
        forEachParameter("") { path, parameter in
            guard let value = values.popFirst() else { return }
            if [.table, .tiedTable].contains(parameter.role), value.rows < parameter.value.rows {
                for row in 0..<value.rows { parameter.value.copyRow(row, from: value, row) }
                return
            }
            precondition(value.shape == parameter.value.shape, "\(path): \(value.shape)")
            parameter.value = value
        }
    }
}

extension Tensor {
    /// Takes a row of a tensor with as many columns.
    fileprivate mutating func copyRow(_ row: Int, from source: Tensor, _ other: Int) {
        for column in 0..<columns { self[row * columns + column] = source[other * columns + column] }
    }
}
