/// How a text becomes sentences and tokens; part of every model, so that training and serving never differ.
///
/// Decoding takes the default for every key that is missing.
public struct TokenizerConfiguration: Codable, Hashable, Sendable {
    /// What a token is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Words as treebanks write them: contractions, punctuation, numbers, addresses and symbols by Gloss's rules.
        case words
        /// The words of UAX #29 as ICU finds them.
        case icu
        /// Maximal runs without white space; sentences are lines.
        case whitespace
        /// Grapheme clusters.
        case characters
    }

    /// What a token is.
    public var kind = Kind.words
    /// The language as a BCP 47 or ICU locale: "en", "th", "zh-Hant".
    public var language = "en"
    /// Whether the text is split into sentences; if not, the whole text is one.
    public var splitsSentences = true
    /// The normalization form of `Token.text`; ranges point into the original text whatever the form.
    public var normalization = Normalization.nfc
    /// Whether `Token.text` is case-folded.
    public var foldsCase = false

    /// The default configuration: English words in sentences, NFC, case kept.
    public init() {}

    /// A configuration of a kind, with the other values by default.
    public init(
        kind: Kind, language: String = "en", splitsSentences: Bool = true, normalization: Normalization = .nfc,
        foldsCase: Bool = false
    ) {
        self.kind = kind
        self.language = language
        self.splitsSentences = splitsSentences
        self.normalization = normalization
        self.foldsCase = foldsCase
    }

    /// Decodes a configuration, with the default for every missing key.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decodeIfPresent(Kind.self, forKey: .kind) ?? kind
        language = try values.decodeIfPresent(String.self, forKey: .language) ?? language
        splitsSentences = try values.decodeIfPresent(Bool.self, forKey: .splitsSentences) ?? splitsSentences
        normalization = try values.decodeIfPresent(Normalization.self, forKey: .normalization) ?? normalization
        foldsCase = try values.decodeIfPresent(Bool.self, forKey: .foldsCase) ?? foldsCase
    }
}
