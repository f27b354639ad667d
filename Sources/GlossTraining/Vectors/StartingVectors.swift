import GlossNN
import GlossPipeline
import GlossText

/// Where the vectors come from that the words of a new model start with.
public enum StartingVectors: Sendable {
    /// From nowhere: they are random.
    case none
    /// From a text file.
    case file(String)
    /// From a model of `gloss train vectors`.
    case model(WordVectors)

    /// The first `count` words, the most frequent where the source is in that order. Throws `CorpusError`.
    func words(_ count: Int) throws -> [String] {
        guard count > 0 else { return [] }
        switch self {
        case .none: return []
        case .file(let path): return try VectorFile.words(path, count: count)
        case .model(let vectors):
            return vectors.words.symbols.dropFirst(vectors.words.specialCount).prefix(count).map { $0 }
        }
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
        case .none: return
        case .file(let path): found = try VectorFile.read(path, into: &table, words: words)
        case .model(let vectors):
            let source = vectors.table.value, features = table.columns
            guard source.columns == features else {
                throw TrainingError.configuration(
                    key: "model.encoder.wordFeatures", value: "\(features)",
                    remedy: "the vectors have \(source.columns) features; set it to that")
            }
            for id in Int32(words.specialCount)..<Int32(words.count) {
                guard let from = vectors.words.id(of: words.symbol(id)) else { continue }
                for feature in 0..<features {
                    table[Int(id) * features + feature] = source[Int(from) * features + feature]
                }
                found.append(id)
            }
        }
        guard !found.isEmpty else {
            throw TrainingError.data(
                "training.vectors holds no vector of any of the \(words.count) words of the vocabulary; give vectors of "
                    + "the same language and case")
        }
        if length > 0 { Self.scale(&table, rows: found, meanLength: length) }
        embedding.table.value = table
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
