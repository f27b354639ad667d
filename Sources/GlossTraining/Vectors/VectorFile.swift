import GlossNN
import GlossPipeline
import GlossText

/// Word vectors as text: a word and its numbers a line, separated by spaces; word2vec's and fastText's first line, "count
/// dimension", may stand or not. GloVe writes the same without it.
public enum VectorFile {
    /// Puts the vectors of known words into `table` [words, features] and says which ids were found.
    ///
    /// Throws `CorpusError` for a file that cannot be read, a number that is none, and another dimension than the table's.
    public static func read(_ path: String, into table: inout Tensor, words: Vocabulary) throws(CorpusError) -> [Int32]
    {
        var reader = try LineReader(path: path, options: CorpusOptions())
        var found: [Int32] = []
        while let line = try reader.next() {
            let fields = line.split(separator: " ")
            if reader.lineNumber == 1, fields.count == 2, Int(fields[0]) != nil, Int(fields[1]) != nil { continue }
            guard let word = fields.first else { continue }
            guard fields.count == table.columns + 1 else {
                throw CorpusError(
                    file: reader.name, line: reader.lineNumber,
                    message:
                        "the vector of \(CorpusError.quoted(word)) has \(fields.count - 1) numbers, not \(table.columns)",
                    remedy: "set model.encoder.wordFeatures to the vectors' dimension", kind: .badData)
            }
            guard let id = words.id(of: String(word)) else { continue }
            for (column, field) in fields.dropFirst().enumerated() {
                guard let value = Float(field), value.isFinite else {
                    throw CorpusError(
                        file: reader.name, line: reader.lineNumber,
                        message: "\(CorpusError.quoted(field)) is no number", remedy: "mend or drop the line",
                        kind: .badData)
                }
                table[Int(id) * table.columns + column] = value
            }
            found.append(id)
        }
        return found
    }

    /// The first `count` words of a file. Throws `CorpusError` for a file that cannot be read.
    static func words(_ path: String, count: Int) throws(CorpusError) -> [String] {
        var reader = try LineReader(path: path, options: CorpusOptions())
        var words: [String] = []
        while words.count < count, let line = try reader.next() {
            let fields = line.split(separator: " ")
            if reader.lineNumber == 1, fields.count == 2, Int(fields[0]) != nil, Int(fields[1]) != nil { continue }
            if let word = fields.first { words.append(String(word)) }
        }
        return words
    }

    /// The vectors as text, with word2vec's first line: words without white space, most frequent first.
    public static func forEachLine(_ vectors: WordVectors, _ body: (String) throws -> Void) rethrows {
        let features = vectors.table.value.columns
        let words = (vectors.words.specialCount..<vectors.words.count).map { ($0, vectors.words.symbol(Int32($0))) }
            .filter { !$0.1.isEmpty && !$0.1.contains(where: \.isWhitespace) }
        try body("\(words.count) \(features)")
        try vectors.table.value.withScalars { scalars in
            for (id, word) in words {
                let row = scalars[id * features..<(id + 1) * features]
                try body(row.reduce(into: word) { $0 += " \($1)" })
            }
        }
    }
}
