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

    /// Word vectors as text, in pieces of some hundred lines: `table` [words, features] in the order of the ids, with the
    /// first line that word2vec writes and GloVe's readers skip.
    ///
    /// Words that hold a space or a line end, which the format cannot say, are left out, special symbols too.
    public static func write(_ table: Tensor, words: Vocabulary, _ body: (String) throws -> Void) rethrows {
        precondition(table.rows == words.count, "vectors of \(table.rows) words for \(words.count)")
        let columns = table.columns
        let ids = (words.specialCount..<words.count).filter { id in
            let word = words.symbol(Int32(id))
            return !word.isEmpty && !word.utf8.contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
        }
        var text = "\(ids.count) \(columns)\n"
        for id in ids {
            text += words.symbol(Int32(id))
            for column in 0..<columns { text += " \(table[id * columns + column])" }
            text += "\n"
            if text.utf8.count > 1 << 18 {
                try body(text)
                text = ""
            }
        }
        try body(text)
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
}
