import GlossPipeline
import GlossText

extension Lexicon {
    /// The vocabularies of training words: frequent words, then those of `more` that are not among them, and characters
    /// where the encoder reads them.
    ///
    /// Throws `TextError` for a vocabulary without words.
    init(_ configuration: ModelConfiguration, words: [[String]], columns: [[[String]]] = [], more: [String] = []) throws
    {
        var wordBuilder = VocabularyBuilder()
        let language = configuration.tokenizer.language
        let folding = Normalizer(.none, foldsCase: configuration.encoder.foldsWords, language: language)
        for text in words { for word in text { wordBuilder.add(folding(word)) } }
        var characters: Vocabulary?
        if configuration.encoder.characterFeatures > 0 {
            var builder = VocabularyBuilder()
            for text in words { for word in text { for scalar in word.unicodeScalars { builder.add(String(scalar)) } } }
            characters = try builder.build(minimumCount: configuration.vocabulary.characterMinimumCount)
        }
        let columnVocabularies = try configuration.encoder.columns.indices.map { column in
            var builder = VocabularyBuilder()
            for sentence in columns { for value in sentence[column] { builder.add(value) } }
            return try builder.build()
        }
        let frequent = try wordBuilder.build(
            minimumCount: configuration.vocabulary.minimumCount, maximumSize: configuration.vocabulary.maximumSize)
        self.init(
            words: try frequent.appending(more.map { folding($0) }), characters: characters,
            columns: columnVocabularies, foldsWords: configuration.encoder.foldsWords, language: language)
    }
}

extension Vocabulary {
    /// This vocabulary with further symbols after its own, those left out that it has or that come twice.
    func appending(_ more: [String]) throws -> Vocabulary {
        var seen = Set<String>()
        let new = more.filter { id(of: $0) == nil && seen.insert($0).inserted }
        guard !new.isEmpty else { return self }
        return try Vocabulary(
            specials: specials, symbols: symbols.dropFirst(specialCount) + new,
            counts: counts + Array(repeating: 0, count: new.count))
    }
}
