import GlossNN
import GlossPipeline
import GlossText

/// Word vectors as text: a word and its numbers a line, separated by spaces; word2vec's and fastText's first line, "count
/// dimension", may stand or not. GloVe writes the same without it. A few words of GloVe's largest files hold spaces.
public enum VectorFile {
    /// Puts the vectors of known words into `table` [words, features] and says which ids were found.
    ///
    /// Throws `CorpusError` for a file that cannot be read, a number that is none, and another dimension than the table's.
    public static func read(_ path: String, into table: inout Tensor, words: Vocabulary) throws(CorpusError) -> [Int32]
    {
        var reader = try LineReader(path: path, options: CorpusOptions())
        var found: [Int32] = []
        var isPlain = false, seen = Set<Int32>()
        while let line = try reader.next() {
            let fields = line.split(separator: " ")
            if isHeader(fields, reader.lineNumber) || fields.isEmpty { continue }
            let (word, numbers) = split(fields, numbers: isPlain ? table.columns : nil)
            guard numbers.count == table.columns else {
                throw CorpusError(
                    file: reader.name, line: reader.lineNumber,
                    message:
                        "the vector of \(CorpusError.quoted(word)) has \(numbers.count) numbers, not \(table.columns)",
                    remedy: "set model.encoder.wordFeatures to the vectors' dimension", kind: .badData)
            }
            isPlain = true
            // The first of several vectors of a word stands, as elsewhere.
            guard let id = words.id(of: word), seen.insert(id).inserted else { continue }
            for (column, field) in numbers.enumerated() {
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
        var words: [String] = [], dimension: Int?
        while words.count < count, let line = try reader.next() {
            let fields = line.split(separator: " ")
            if isHeader(fields, reader.lineNumber) || fields.isEmpty { continue }
            // No token has a space.
            let word = split(fields, numbers: dimension).word
            if !word.contains(" ") { words.append(word) }
            dimension = dimension ?? fields.count - 1
        }
        return words
    }

    /// Whether the fields are those of the first line of word2vec and fastText.
    private static func isHeader(_ fields: [Substring], _ lineNumber: Int) -> Bool {
        lineNumber == 1 && fields.count == 2 && fields.allSatisfy { Int($0) != nil }
    }

    /// A line's word and its numbers. Where it has more fields than lines before, whose `numbers` are known, the word has spaces,
    /// unless what would be its end is a number itself.
    private static func split(_ fields: [Substring], numbers: Int?) -> (word: String, numbers: ArraySlice<Substring>) {
        var length = 1
        if let numbers, fields.count > numbers + 1, Float(fields[fields.count - numbers - 1]) == nil {
            length = fields.count - numbers
        }
        return (fields[..<length].joined(separator: " "), fields[length...])
    }
}
