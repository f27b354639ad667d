/// Puts a sentence together from the lines of a columns file, checking each.
struct ColumnsSentenceBuilder {
    private let file: String
    private let tagColumns: [TagColumn]
    private var names: [Substring] = []
    /// Set by the first line with a token.
    private var layout: Layout?
    private var tokens: [String] = []
    private var tags: [[String]]
    private var firstLine = 0
    private var startsDocument = false

    /// How the file's lines are cut, and where the tags stand.
    private struct Layout {
        var separator: UInt8
        var columnCount: Int
        var tagIndices: [Int]
    }

    /// Starts before the first sentence of `file`.
    init(file: String, tagColumns: [TagColumn]) {
        precondition(!tagColumns.isEmpty, "no column to take tags from")
        self.file = file
        self.tagColumns = tagColumns
        tags = Array(repeating: [], count: tagColumns.count)
    }

    /// Takes a token, a `-DOCSTART-` or the line that names the columns.
    ///
    /// Throws when the line has not as many columns as the first one, or a tag column is not in the file.
    mutating func add(_ line: String, line number: Int) throws(CorpusError) {
        if layout == nil, line.hasPrefix(Columns.namesPrefix) {
            names = line.dropFirst(Columns.namesPrefix.count).split(separator: " ")
            return
        }
        let layout: Layout
        if let known = self.layout { layout = known } else { layout = try makeLayout(firstLine: line, line: number) }
        let fields = Self.split(line, at: layout.separator)
        if fields.first == "-DOCSTART-" {
            startsDocument = true
            return
        }
        self.layout = layout
        guard fields.count == layout.columnCount else {
            throw CorpusError(
                file: file, line: number,
                message: "\(fields.count) columns where the file's first line has \(layout.columnCount)",
                remedy: "give every token the same columns and put an empty line after a sentence", kind: .badData)
        }
        if let empty = fields.firstIndex(where: \.isEmpty) {
            throw CorpusError(
                file: file, line: number, message: "column \(empty + 1) is empty", remedy: "fill it in", kind: .badData)
        }
        if tokens.isEmpty { firstLine = number }
        tokens.append(String(fields[0]))
        for (column, index) in layout.tagIndices.enumerated() { tags[column].append(String(fields[index])) }
    }

    /// Ends the sentence; nil when it has no tokens.
    mutating func finish() -> TaggedSentence? {
        guard !tokens.isEmpty else { return nil }
        let byName = Dictionary(uniqueKeysWithValues: zip(tagColumns.map(\.name), tags))
        let sentence = TaggedSentence(
            tokens: tokens, tags: byName, startsDocument: startsDocument, line: firstLine)
        startsDocument = false
        discard()
        return sentence
    }

    /// Drops the sentence begun; that a document starts passes on to the next one.
    mutating func discard() {
        tokens = []
        tags = Array(repeating: [], count: tagColumns.count)
    }

    private func makeLayout(firstLine line: String, line number: Int) throws(CorpusError) -> Layout {
        let separator = line.utf8.contains(UInt8(ascii: "\t")) ? UInt8(ascii: "\t") : UInt8(ascii: " ")
        let count = Self.split(line, at: separator).count
        func fault(_ message: String, _ remedy: String) -> CorpusError {
            CorpusError(file: file, line: number, message: message, remedy: remedy, kind: .badData)
        }
        guard count >= 2 else {
            throw fault("one column where a token and its tag are needed", "separate them by a space or a tab")
        }
        var indices: [Int] = []
        for column in tagColumns {
            switch column.source {
            case .last:
                indices.append(count - 1)
            case .number(let number):
                guard (1...count).contains(number) else {
                    throw fault("no column \(number) among \(count)", "choose a tag column from 1 to \(count)")
                }
                indices.append(number - 1)
            case .named(let name):
                guard let index = names.firstIndex(where: { $0.lowercased() == name.lowercased() }), index < count
                else {
                    throw fault(
                        names.isEmpty
                            ? "the file does not name its columns"
                            : "no column \(name) among \(names.joined(separator: " "))",
                        "choose the tag column by its number, or begin the file with \"\(Columns.namesPrefix) …\"")
                }
                indices.append(index)
            }
        }
        return Layout(separator: separator, columnCount: count, tagIndices: indices)
    }

    /// The fields of a line: between single tabs, or between runs of spaces.
    private static func split(_ line: String, at separator: UInt8) -> [Substring] {
        line.utf8.split(separator: separator, omittingEmptySubsequences: separator == UInt8(ascii: " "))
            .map { Substring($0) }
    }
}
