import GlossNN
import GlossPipeline
import GlossText

/// Untrained models of a few units: their answers are arbitrary, and the same every time.
enum TinyModels {
    static let texts = [
        "A film that I liked.", "", "No.", "It was long, and it was slow; but the end, the end was worth the wait.",
        "naïve café 🙂 日本語", "the the the the the the the the the the the the the the the the the the the the",
    ]

    static func configuration(_ task: Task) -> ModelConfiguration {
        var configuration = ModelConfiguration(task)
        configuration.encoder.wordFeatures = 7
        configuration.encoder.characterFeatures = task == .generate ? 0 : 5
        configuration.encoder.characterHidden = 3
        configuration.encoder.stack.hidden = 9
        configuration.encoder.stack.layers = 2
        return configuration
    }

    static func lexicon() throws -> Lexicon {
        var words = VocabularyBuilder(), characters = VocabularyBuilder()
        for word in ["the", "film", "was", "a", "it", "end", ".", ","] { words.add(word) }
        for character in "abcdefghijklmnopqrstuvwxyz.,;" { characters.add(String(character)) }
        return Lexicon(words: try words.build(), characters: try characters.build())
    }

    static func classifier(
        _ change: (inout ModelConfiguration) -> Void = { _ in }
    ) throws -> TextClassifier {
        var configuration = configuration(.classify)
        change(&configuration)
        var random = RandomSource(seed: 3)
        return try TextClassifier(
            configuration, lexicon: lexicon(), labels: ["negative", "neutral", "positive"], using: &random)
    }

    static func tagger(crf: Bool, consistency: Float = 0) throws -> Tagger {
        var configuration = configuration(.tag)
        configuration.head.crf = crf
        configuration.head.consistency = consistency
        var random = RandomSource(seed: 4)
        let spans = TagSet(name: "tag", tags: ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
        let parts = TagSet(name: "upos", tags: ["NOUN", "VERB", "PUNCT"])
        return try Tagger(configuration, lexicon: lexicon(), tagSets: [parts, spans], using: &random)
    }

    static func languageModel() throws -> BidirectionalLanguageModel {
        var configuration = configuration(.pretrain)
        configuration.encoder.base.hidden = 6
        var words = VocabularyBuilder()
        for word in ["the", "film", "was", "a", "it", "end", ".", ","] { words.add(word) }
        let lexicon = Lexicon(
            words: try words.build(specials: [Vocabulary.unknown, Vocabulary.endOfSequence]),
            characters: try lexicon().characters, foldsWords: true)
        var random = RandomSource(seed: 6)
        return BidirectionalLanguageModel(configuration, lexicon: lexicon, using: &random)
    }

    static func generator() throws -> Generator {
        var builder = BytePairBuilder()
        builder.add("the cat sat on the mat and the dog sat on the log; naïve 🙂 café\n")
        var random = RandomSource(seed: 5)
        return try Generator(
            configuration(.generate), codec: .bytePairs(builder.build(size: 290, specials: [Vocabulary.endOfSequence])),
            using: &random)
    }
}
