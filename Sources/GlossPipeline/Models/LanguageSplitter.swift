import GlossText
import Synchronization

/// Cuts each text as its language asks; a classifier whose labels are codes of languages finds which that is.
public final class LanguageSplitter: TextSplitter {
    /// Bytes of a text that its language is found by.
    private static let readBytes = 2000

    private let classifier: TextClassifier
    private let configuration: TokenizerConfiguration
    private let tokenizers = Mutex<[String: Tokenizer]>([:])

    /// A splitter that does all but the language as `configuration` says; a text without a token has its language.
    public init(_ classifier: TextClassifier, _ configuration: TokenizerConfiguration) {
        self.classifier = classifier
        self.configuration = configuration
    }

    /// The sentences of a text with their tokens. Throws `TextError.Kind.unknownLanguage` where the classifier's label is no
    /// language, and as every splitter.
    public func sentences(in text: String) throws(TextError) -> [Sentence] {
        let language = try language(of: text)
        if let known = tokenizers.withLock({ $0[language] }) { return try known.sentences(in: text) }
        var found = configuration
        found.language = language
        let tokenizer = try Tokenizer(found)
        tokenizers.withLock { $0[language] = tokenizer }
        return try tokenizer.sentences(in: text)
    }

    /// The code of a text's language, found by its first words.
    public func language(of text: String) throws(TextError) -> String {
        // Bytes that a scalar needs more of are left out.
        var start = text.utf8.prefix(Self.readBytes)[...]
        if start.count == Self.readBytes {
            while let last = start.last, last & 0xC0 == 0x80 { start = start.dropLast() }
            start = start.dropLast()
        }
        let words = try classifier.words(String(decoding: start, as: UTF8.self))
        return words.isEmpty ? configuration.language : classifier.classify(words: [words])[0].label
    }
}
