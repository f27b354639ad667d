import GlossNN
import GlossText

/// Vectors of words, learned from plain text: what other models may start from.
public struct WordVectors: Module {
    /// How text became words.
    public let configuration: ModelConfiguration
    /// The words, most frequent first.
    public let words: Vocabulary
    /// A vector a word, [words, features].
    public var table: Parameter

    /// The vectors of words. Shape: table [words, features].
    public init(configuration: ModelConfiguration, words: Vocabulary, table: Tensor) {
        precondition(table.rows == words.count, "\(table.rows) vectors of \(words.count) words")
        self.configuration = configuration
        self.words = words
        self.table = Parameter(table, role: .table)
    }

    /// Walks table.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "table"), &table)
    }
}
