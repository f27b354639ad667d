import GlossNN
import GlossText

/// The words of a text as the network reads them.
public struct WordSequence: Sendable {
    /// The id of each word.
    public var ids: [Int32]
    /// The words; empty where characters are not read.
    public var words: [String]
    /// The ids of each further input column.
    public var columns: [[Int32]]

    /// Words of one sequence.
    public init(ids: [Int32], words: [String], columns: [[Int32]] = []) {
        self.ids = ids
        self.words = words
        self.columns = columns
    }

    /// The number of words.
    public var count: Int { ids.count }
}

/// The vocabularies of an encoder: words → ids.
public struct Lexicon: Codable, Sendable, Equatable {
    /// The words.
    public var words: Vocabulary
    /// The characters; nil where they are not read.
    public var characters: Vocabulary?
    /// The values of each further input column.
    public var columns: [Vocabulary]
    /// Whether words are looked up without regard to case; characters always keep it.
    public let foldsWords: Bool
    /// The language whose case folding counts (BCP 47).
    public let language: String
    private let folding: Normalizer

    private enum CodingKeys: CodingKey { case words, characters, columns, foldsWords, language }

    /// A lexicon of its vocabularies.
    public init(
        words: Vocabulary, characters: Vocabulary?, columns: [Vocabulary] = [], foldsWords: Bool = false,
        language: String = "en"
    ) {
        self.foldsWords = foldsWords
        self.language = language
        self.words = words
        self.characters = characters
        self.columns = columns
        folding = Normalizer(.none, foldsCase: foldsWords, language: language)
    }

    /// Decodes a lexicon; one written before words could be folded does not fold them, and one written before their language
    /// counted folds them as in English.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            words: try values.decode(Vocabulary.self, forKey: .words),
            characters: try values.decodeIfPresent(Vocabulary.self, forKey: .characters),
            columns: try values.decode([Vocabulary].self, forKey: .columns),
            foldsWords: try values.decodeIfPresent(Bool.self, forKey: .foldsWords) ?? false,
            language: try values.decodeIfPresent(String.self, forKey: .language) ?? "en")
    }

    /// The sequence of a text's words, cut to its first and last words where it is longer than `maximum` (0: never).
    public func sequence(_ words: [String], columns: [[String]] = [], maximum: Int = 0) -> WordSequence {
        // A network reads at least one word: nothing is read as something unknown.
        var words = words.isEmpty ? [""] : words
        var columns = columns
        if maximum > 0, words.count > maximum {
            let head = maximum / 2
            func cut(_ values: [String]) -> [String] {
                Array(values[..<head] + values[(values.count - maximum + head)...])
            }
            words = cut(words)
            columns = columns.map(cut)
        }
        return WordSequence(
            ids: words.map { self.words.idOrUnknown(key($0)) }, words: characters == nil ? [] : words,
            columns: zip(columns, self.columns).map { values, vocabulary in values.map { vocabulary.idOrUnknown($0) } })
    }

    /// The form under which a word is looked up.
    public func key(_ word: String) -> String { folding(word) }

    /// The characters of a word, its middle left out beyond 32 of them; at least one.
    func characterIDs(_ word: String) -> [Int32] {
        guard let characters else { return [] }
        var ids = word.unicodeScalars.map { characters.idOrUnknown(String($0)) }
        if ids.count > 32 { ids.removeSubrange(20..<(ids.count - 12)) }
        return ids.isEmpty ? [characters.idOrUnknown(" ")] : ids
    }
}
