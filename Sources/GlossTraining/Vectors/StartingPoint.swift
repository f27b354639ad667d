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
    /// A model of `gloss train pretrain`, which another one may be trained further from as a whole.
    case pretrained(BidirectionalLanguageModel)
    /// What any other model knows of words: its words, characters and the layers below its stack.
    case encoder(PretrainedEncoder)
    /// A model that is trained further as a whole, by its own task: its words, layers and head.
    case whole(Model)

    /// What encoders start from, if it is more than vectors.
    private var encoder: PretrainedEncoder? {
        switch self {
        case .none, .file, .vectors, .whole: nil
        case .pretrained(let model): Model.pretrain(model).pretrainedEncoder
        case .encoder(let encoder): encoder
        }
    }

    /// The vocabularies of what encoders start from, if it is more than vectors.
    var known: Lexicon? { encoder?.lexicon }

    /// The model that is trained further as a whole, which `of` takes from one of its task; nil for any other start.
    ///
    /// Throws `TrainingError` for a model of another task.
    func whole<Known>(_ of: (Model) -> Known?) throws(TrainingError) -> Known? {
        guard case .whole(let model) = self else { return nil }
        guard let known = of(model) else {
            throw .configuration(
                key: "training.pretrained", value: "a model that can \(model.task.rawValue)",
                remedy:
                    "that is trained further by its own task alone; name one of this task, or set training.continues to "
                    + "false for one that reads words")
        }
        return known
    }

    /// The configuration of a model of words with the sizes that come with the starting point, its layers `widened` to `width`.
    /// Throws `TrainingError` for a model that is to be trained further by another task, and for layers that cannot be widened.
    func adapted(_ configuration: ModelConfiguration, width: Int) throws(TrainingError) -> ModelConfiguration {
        _ = try whole { _ in Model?.none }
        guard let source = encoder?.configuration else { return configuration }
        var adapted = configuration
        adapted.encoder.wordFeatures = source.wordFeatures
        adapted.encoder.foldsWords = source.foldsWords
        adapted.encoder.characterFeatures = source.characterFeatures
        adapted.encoder.characterHidden = source.characterHidden
        let dropout = configuration.encoder.base.dropout
        adapted.encoder.base = source.base
        adapted.encoder.base.dropout = dropout
        if width > 0 {
            let hidden = source.base.layers > 0 ? source.base.hidden : 0
            adapted.encoder.base.hidden = try Self.widened(hidden, to: width, features: source.wordFeatures)
        }
        return adapted
    }

    /// Hidden units of pretrained layers that are widened to `width`, where that is positive: they predict words of `features`,
    /// by a projection unless both are as many. Throws `TrainingError` for layers that are wider or none, and where a projection
    /// would come or go.
    static func widened(_ hidden: Int, to width: Int, features: Int) throws(TrainingError) -> Int {
        guard width > 0 else { return hidden }
        guard hidden > 0, width >= hidden, (hidden == features) == (width == features) else {
            throw .configuration(
                key: "training.pretrainedWidth", value: "\(width)",
                remedy: hidden == 0
                    ? "the pretrained model has no layers below a stack; leave it out"
                    : "the pretrained layers have \(hidden) hidden units and words \(features) features; give more units than "
                        + "either, or 0")
        }
        return width
    }

    /// The first `count` words, the most frequent where the source is in that order. Throws `CorpusError`.
    func words(_ count: Int) throws -> [String] {
        guard count > 0 else { return [] }
        switch self {
        case .file(let path): return try VectorFile.words(path, count: count)
        case .vectors(let vectors): return Self.frequent(vectors.words, count)
        case .none, .pretrained, .encoder, .whole:
            return encoder.map { Self.frequent($0.lexicon.words, count) } ?? []
        }
    }

    private static func frequent(_ words: Vocabulary, _ count: Int) -> [String] {
        Array(words.symbols.dropFirst(words.specialCount).prefix(count))
    }

    /// Puts all that is known into an encoder of `lexicon`, whose configuration was `adapted`: vectors of words as
    /// `fill(_:words:length:)`, and of a model the vectors of characters, the layers that read them, and the layers of both
    /// directions.
    func fill(_ encoder: inout Encoder, _ lexicon: Lexicon, length: Float) throws {
        try fill(&encoder.reader, lexicon, length: length)
        // The tensors are set one by one: a copied layer would share the identity, and with it the gradient.
        if let base = self.encoder?.base { encoder.base?.takeValues(of: base) }
    }

    /// The same of what reads words and their characters.
    private func fill(_ reader: inout WordReader, _ lexicon: Lexicon, length: Float) throws {
        try fill(&reader.words, words: lexicon.words, length: length)
        guard let start = encoder, let known = start.lexicon.characters, let characters = lexicon.characters,
            let source = start.reader.characters
        else { return }
        reader.characters?.layer.takeValues(of: source.layer)
        let vectors = source.embedding.table.value
        for id in 0..<Int32(characters.count) {
            // The first ids are the special symbols of both.
            guard let from = known.id(of: characters.symbol(id)) else { continue }
            reader.characters?.embedding.table.value.copyRow(Int(id), from: vectors, Int(from))
        }
    }

    /// The generator that is trained further; nil where it starts from none. Throws `TrainingError` for a model of another task.
    func generator() throws(TrainingError) -> Generator? {
        guard encoder == nil else {
            throw .configuration(
                key: "training.pretrained", value: "a model of words in both directions",
                remedy: "name one of gloss train generate")
        }
        return try whole { if case .generate(let generator) = $0 { generator } else { nil } }
    }

    /// Puts the vectors of known words into a generator of `codec`, which is new.
    func fill(_ network: inout LanguageModel, _ codec: SymbolCodec, length: Float) throws {
        guard case .words(let vocabulary) = codec else { return }
        try fill(&network.words, words: vocabulary, length: length)
    }

    /// Puts all that is known into a language model: all of a pretrained one whose words are the first ones of the model's, or
    /// what an encoder knows, which has predicted nothing.
    func fill(_ model: inout BidirectionalLanguageModel, length: Float) throws {
        if case .pretrained(let known) = self { return model.takeValues(of: known) }
        try fill(&model.reader, model.lexicon, length: length)
        if let base = encoder?.base { model.base.takeValues(of: base) }
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
        case .file(let path): found = try VectorFile.read(path, into: &table, words: words)
        case .vectors(let vectors): found = try Self.copy(vectors.table.value, of: vectors.words, into: &table, words)
        case .none, .pretrained, .encoder, .whole:
            guard let encoder else { return }
            let source = encoder.reader.words.table.value
            found = try Self.copy(source, of: encoder.lexicon.words, into: &table, words)
            // What stands for rare words has learned from them.
            if let unknown = words.unknownID, let from = encoder.lexicon.words.unknownID {
                table.copyRow(Int(unknown), from: source, Int(from))
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
    /// Takes the values of a module of the same parameters, one by one. Rows that a table has behind the other's keep their own; of
    /// wider layers what stands behind the other's units does, too, but for what the other's units would hear of it, which
    /// is zero, so that they do as before.
    mutating func takeValues(of other: Self) {
        var values = other.parameters.map(\.parameter.value)[...]
        forEachParameter("") { path, parameter in
            guard let value = values.popFirst() else { return }
            let shape = parameter.value.shape
            guard value.shape != shape else { return parameter.value = value }
            precondition(
                value.shape.count == shape.count && zip(value.shape, shape).allSatisfy { $0 <= $1 },
                "\(path): \(value.shape) for \(shape)")
            switch parameter.role {
            case .table, .tiedTable:
                precondition(value.columns == parameter.value.columns, "\(path): \(value.shape) for \(shape)")
                for row in 0..<value.rows { parameter.value.copyRow(row, from: value, row) }
            case .gates(let gates), .gateBias(let gates): parameter.value.takeBlock(value, parts: gates)
            case .matrix: parameter.value.takeBlock(value, parts: 1)
            case .vector: preconditionFailure("\(path): \(value.shape) for \(shape)")
            }
        }
    }
}

extension Tensor {
    /// Takes the numbers of a smaller tensor of as many axes, whose last one is several parts side by side, as this one's is; in these
    /// columns the rows behind the smaller one's are zero.
    mutating func takeBlock(_ other: Tensor, parts: Int) {
        let (columns, taken) = (shape[shape.count - 1], other.shape[other.shape.count - 1])
        for row in 0..<count / columns {
            for part in 0..<parts {
                for column in 0..<taken / parts {
                    let from = row * taken + part * (taken / parts) + column
                    self[row * columns + part * (columns / parts) + column] = from < other.count ? other[from] : 0
                }
            }
        }
    }

    /// Takes a row of a tensor with as many columns.
    mutating func copyRow(_ row: Int, from source: Tensor, _ other: Int) {
        for column in 0..<columns { self[row * columns + column] = source[other * columns + column] }
    }
}
