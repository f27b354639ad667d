import Foundation
import GlossNN
import GlossText

/// What a model is made of. Stored with its weights, so that training and serving never differ.
public struct ModelConfiguration: Codable, Sendable, Equatable {
    /// How text becomes tokens.
    public var tokenizer = TokenizerConfiguration()
    /// Which symbols have an id.
    public var vocabulary = VocabularyConfiguration()
    /// How tokens become states.
    public var encoder = EncoderConfiguration()
    /// How states become answers.
    public var head = HeadConfiguration()

    /// What each key has where no task says otherwise.
    private init() {}

    /// The configuration of a stored model; a key that its Gloss did not know yet has its plain default, which changes
    /// nothing. Throws errors of decoding.
    package init(stored data: Data) throws {
        let plain = try JSONSerialization.jsonObject(with: JSONEncoder().encode(ModelConfiguration()))
        let found = try JSONSerialization.jsonObject(with: data)
        let whole = Self.overlaid(plain, found)
        self = try JSONDecoder().decode(Self.self, from: JSONSerialization.data(withJSONObject: whole))
    }

    private static func overlaid(_ base: Any, _ other: Any) -> Any {
        guard let base = base as? [String: Any], let other = other as? [String: Any] else { return other }
        return base.merging(other) { overlaid($0, $1) }
    }

    /// The defaults of a task.
    public init(_ task: Task) {
        self.init()
        switch task {
        case .classify, .number:
            tokenizer.splitsSentences = false
            tokenizer.foldsCase = true
        case .tag:
            vocabulary.characterMinimumCount = 3
            encoder.wordFeatures = 128
            encoder.characterFeatures = 32
            encoder.characterHidden = 100
            encoder.foldsWords = true
            encoder.wordDropout = 0.2
            encoder.stack.layers = 2
            encoder.stack.connection = .highway
        case .generate:
            tokenizer.splitsSentences = false
            vocabulary.kind = .bytePairs
            encoder.wordFeatures = 256
            encoder.stack.hidden = 512
            encoder.stack.bidirectional = false
            encoder.stack.weightDropout = 0.2
        case .tokenize:
            vocabulary.minimumCount = 4
            vocabulary.maximumSize = 4000
            encoder.wordFeatures = 32
            encoder.wordDropout = 0.2
            encoder.inputDropout = 0.2
            encoder.outputDropout = 0.3
            encoder.stack.cell = .gru
            encoder.stack.hidden = 64
        case .pretrain:
            tokenizer.splitsSentences = false
            vocabulary.minimumCount = 5
            vocabulary.maximumSize = 30_000
            vocabulary.characterMinimumCount = 20
            encoder.wordFeatures = 200
            encoder.characterFeatures = 32
            encoder.characterHidden = 50
            encoder.foldsWords = true
            encoder.inputDropout = 0.1
            encoder.base.layers = 1
        case .vectors:
            tokenizer.splitsSentences = false
            tokenizer.foldsCase = true
            vocabulary.minimumCount = 5
            vocabulary.maximumSize = 100_000
            encoder.wordFeatures = 200
        }
    }
}

/// Which symbols have an id.
public struct VocabularyConfiguration: Codable, Sendable, Equatable {
    /// The units of the vocabulary.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The tokens themselves.
        case words
        /// Byte-level byte pairs, for generation: any text can be read and written.
        case bytePairs
    }

    /// The units.
    public var kind = Kind.words
    /// Tokens seen less often in training are unknown.
    public var minimumCount = 2
    /// The most symbols, special ones included.
    public var maximumSize = 50_000
    /// Characters seen less often in training are unknown.
    public var characterMinimumCount = 2

    /// The defaults.
    public init() {}
}

/// How tokens become states.
public struct EncoderConfiguration: Codable, Sendable, Equatable {
    /// Features of a word's vector.
    public var wordFeatures = 128
    /// Whether words are looked up without regard to case; characters always keep it.
    public var foldsWords = false
    /// Features of a character's vector; 0 leaves characters out.
    public var characterFeatures = 0
    /// Hidden units a direction of the sweep over a word's characters.
    public var characterHidden = 64
    /// Features of the value of each further input column.
    public var columnFeatures = 16
    /// Columns of the data that are read beside the words.
    public var columns: [String] = []
    /// Probability that a word is read as unknown.
    public var wordDropout: Float = 0
    /// Probability that a whole vector of the table is dropped.
    public var embeddingDropout: Float = 0
    /// Locked dropout of the stack's input.
    public var inputDropout: Float = 0.4
    /// Locked dropout of the stack's output.
    public var outputDropout: Float = 0.4
    /// Only this many tokens of a text are read, its first and its last; 0 means all.
    public var maximumTokens = 0
    /// The layers of a language model in both directions, which the recurrent layers read; `training.pretrained` sets
    /// them.
    public var base = DirectionalStackConfiguration()
    /// The recurrent layers.
    public var stack = RecurrentStackConfiguration()

    /// The defaults.
    public init() {}
}

/// How states become answers.
public struct HeadConfiguration: Codable, Sendable, Equatable {
    /// How a text's states become one vector; several stand side by side.
    public var pooling: [Pooling] = [.max, .mean]
    /// Whether a text may belong to several classes.
    public var multiLabel = false
    /// What the data's labels are called in answers, such as "0" = "negative"; a label that is not named stays.
    public var labelNames: [String: String] = [:]
    /// The answer of each class, where the data tells apart more than is to be answered, such as "LOC:city" = "LOC"; a class
    /// with the answer "" is learned and never answered. The data may also label a text with an answer. Empty: classes are
    /// answers.
    public var groups: [String: String] = [:]
    /// Whether tags are decoded with a conditional random field.
    public var crf = false
    /// How much it counts for a span that the same words are one elsewhere in the document: nats by log(1 + number); 0 decides each
    /// sentence by itself.
    public var consistency: Float = 0

    /// The defaults.
    public init() {}

    /// The classes that are told apart behind the answers, in order; empty where they are the answers.
    package var classes: [String] { groups.keys.sorted() }

    /// The answers that classes are put together to, in order.
    package var answers: [String] { Set(groups.values).subtracting([""]).sorted() }
}
