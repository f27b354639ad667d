import GlossNN
import GlossPipeline
import GlossText

/// From plain text to a language model in both directions.
public struct Pretraining: Sendable {
    /// What the model is made of.
    public let model: ModelConfiguration
    /// How it is trained.
    public let training: TrainingConfiguration
    let threads: Int
    let start: StartingPoint
    let text, held: WordStream
    let lexicon: Lexicon

    /// Prepares training on `text`, judged on `held`; words are those of `text` that are frequent enough. A model that is
    /// pretrained further, or of another task, keeps its sizes and its words, and has those of `text` behind them, as far as
    /// `model.vocabulary.maximumSize` allows.
    ///
    /// Throws `TrainingError` for a text that is too short or a start from a model without pretrained layers, `TextError` for a
    /// vocabulary without words.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, text: WordStream, held: WordStream,
        start: StartingPoint = .none, threads: Int
    ) throws {
        let model = try start.adapted(model, width: training.pretrainedWidth)
        guard model.encoder.base.layers > 0 else {
            throw TrainingError.configuration(
                key: "model.encoder.base.layers", value: "\(model.encoder.base.layers)",
                remedy: start.known == nil ? "give at least 1" : "start from a model that started from a pretrained one"
            )
        }
        guard held.count > 0 else { throw TrainingError.data("the held-out text has no word; give more text") }
        self.model = model
        self.training = training
        self.threads = threads
        self.start = start
        self.text = text
        self.held = held
        if let known = start.known {
            // A text without a frequent word adds none.
            let more = try? Lexicon(model, of: text).words
            lexicon = try known.predictable().appending(more, maximumSize: model.vocabulary.maximumSize)
        } else {
            lexicon = try Lexicon(model, of: text)
        }
    }

    /// Words that are read, and different ones that are predicted.
    public var size: (tokens: Int, words: Int) { (text.indices.count, lexicon.words.count) }

    /// A model with the values that it starts from. Throws `CorpusError`, `TextError`, `TrainingError`.
    public func freshModel() throws -> BidirectionalLanguageModel {
        var random = RandomSource(seed: training.seed)
        var fresh = BidirectionalLanguageModel(model, lexicon: lexicon, using: &random)
        try start.fill(&fresh, length: training.vectorLength)
        return fresh
    }

    /// The model's task.
    public func task() -> PretrainingTask {
        PretrainingTask(
            text: IdentifiedWords(text, lexicon), held: IdentifiedWords(held, lexicon), lexicon: lexicon,
            configuration: training.stream, batchTokens: training.batchTokens, threads: threads)
    }
}

extension Lexicon {
    /// This lexicon with the special symbols of a language model in both directions: of one already, as it is.
    fileprivate func predictable() throws -> Lexicon {
        guard words.id(of: Vocabulary.endOfSequence) == nil else { return self }
        var copy = self
        copy.words = try Vocabulary(
            specials: Self.predictedSpecials, symbols: Array(words.symbols.dropFirst(words.specialCount)),
            counts: Self.predictedSpecials.map { _ in 0 } + words.counts.dropFirst(words.specialCount))
        copy.columns = []
        return copy
    }

    private static let predictedSpecials = [Vocabulary.unknown, Vocabulary.endOfSequence]

    /// This lexicon with further words behind its own, the first ones up to `maximumSize` symbols in all.
    fileprivate func appending(_ more: Vocabulary?, maximumSize: Int) throws -> Lexicon {
        let new = (more?.symbols.dropFirst(more?.specialCount ?? 0) ?? []).filter { words.id(of: $0) == nil }
        var copy = self
        copy.words = try words.appending(Array(new.prefix(max(0, maximumSize - words.count))))
        return copy
    }

    /// The vocabularies of a language model in both directions, its words with the symbol that ends a text.
    fileprivate init(_ configuration: ModelConfiguration, of text: WordStream) throws {
        var words = VocabularyBuilder(), characters = VocabularyBuilder()
        let language = configuration.tokenizer.language
        let folding = Normalizer(.none, foldsCase: configuration.encoder.foldsWords, language: language)
        for (word, count) in zip(text.words, text.counts) {
            words.add(folding(word), count: count)
            for scalar in word.unicodeScalars { characters.add(String(scalar), count: count) }
        }
        self.init(
            words: try words.build(
                minimumCount: configuration.vocabulary.minimumCount,
                maximumSize: configuration.vocabulary.maximumSize,
                specials: Self.predictedSpecials),
            characters: configuration.encoder.characterFeatures > 0
                ? try characters.build(minimumCount: configuration.vocabulary.characterMinimumCount) : nil,
            foldsWords: configuration.encoder.foldsWords, language: language)
    }
}

/// A stream of words with the id of each.
package struct IdentifiedWords: Sendable {
    let stream: WordStream
    /// By different word.
    let ids: [Int32]

    package init(_ stream: WordStream, _ lexicon: Lexicon) {
        self.stream = stream
        ids = stream.words.map { lexicon.words.idOrUnknown(lexicon.key($0)) }
    }

    /// Lengths of the texts.
    var lengths: [Int] { (0..<stream.count).map { stream.starts[$0 + 1] - stream.starts[$0] } }

    /// How often each id comes, the end once a text.
    func counts(vocabulary: Int, end: Int32) -> [Int] {
        var counts = [Int](repeating: 0, count: vocabulary)
        for (id, count) in zip(ids, stream.counts) { counts[Int(id)] += count }
        counts[Int(end)] += stream.count
        return counts
    }

    /// The words of a window, and the id behind each and before it; `end` stands on either side of a text.
    package func read(_ window: SequenceWindow, end: Int32) -> (words: WordSequence, next: [Int32], previous: [Int32]) {
        let text = stream.starts[window.sequence]..<stream.starts[window.sequence + 1]
        let from = text.lowerBound + window.steps.lowerBound
        let indices = stream.indices[from..<text.lowerBound + window.steps.upperBound]
        let read = indices.map { ids[Int($0)] }
        func id(at place: Int) -> Int32 { text.contains(place) ? ids[Int(stream.indices[place])] : end }
        return (
            WordSequence(ids: read, words: indices.map { stream.words[Int($0)] }),
            read.dropFirst() + [id(at: from + read.count)], [id(at: from - 1)] + read.dropLast()
        )
    }
}
