import GlossPipeline
import GlossText

extension Lexicon {
    /// The vocabularies of training words: frequent words, and characters where the encoder reads them.
    ///
    /// Throws `TextError` for a vocabulary without words.
    init(_ configuration: ModelConfiguration, words: [[String]], columns: [[[String]]] = []) throws {
        var wordBuilder = VocabularyBuilder()
        let folding = Normalizer(.none, foldsCase: configuration.encoder.foldsWords)
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
        self.init(
            words: try wordBuilder.build(
                minimumCount: configuration.vocabulary.minimumCount,
                maximumSize: configuration.vocabulary.maximumSize), characters: characters,
            columns: columnVocabularies, foldsWords: configuration.encoder.foldsWords)
    }
}
