/// Puts a sentence together from the lines of a columns file, checking each.
struct ColumnsSentenceBuilder {
    private let file: String
    private let tagColumns: [TagColumn]
    private var names: [Substring] = []
    /// Set by the first line with a token.
    private var layout: ColumnsLayout?
    private var tokens: [String] = []
    private var tags: [[String]]
    private var firstLine = 0
    private var startsDocument = false

    /// What the first field of a line that begins a document holds.
    private static let documentStart = "-DOCSTART-"

    /// Starts before the first sentence of `file`.
    init(file: String, tagColumns: [TagColumn]) {
        self.file = file
        self.tagColumns = tagColumns
        tags = Array(repeating: [], count: tagColumns.count)
    }

    /// Takes a token, a `-DOCSTART-` or the line that names the columns.
    ///
    /// Throws when the line has not as many columns as the first one, or a tag column is not in the file.
    mutating func add(_ line: String, line number: Int) throws(CorpusError) {
        if layout == nil, line.hasPrefix(Columns.namesPrefix) {
            names = Fields.split(line.dropFirst(Columns.namesPrefix.count), at: " ", omitsEmpty: true)
            return
        }
        if line.hasPrefix(Self.documentStart), startsWithDocumentMark(line) {
            guard tokens.isEmpty else {
                throw fault(number, "\(Self.documentStart) inside a sentence", "put an empty line before it")
            }
            startsDocument = true
            return
        }
        let layout = try layout(for: line, line: number)
        let fields = layout.fields(of: line)
        guard fields.count == layout.columnCount else {
            throw fault(
                number, "\(fields.count) columns where the file's first line has \(layout.columnCount)",
                "give every token the same columns and put an empty line after a sentence")
        }
        if let empty = fields.firstIndex(where: \.isEmpty) {
            throw fault(number, "column \(empty + 1) is empty", "fill it in")
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

    /// The file's layout, taken from `line` when it is the first with a token.
    private mutating func layout(for line: String, line number: Int) throws(CorpusError) -> ColumnsLayout {
        if let layout { return layout }
        do throws(ColumnsLayout.Fault) {
            let layout = try ColumnsLayout(firstLine: line, names: names, tagColumns: tagColumns)
            self.layout = layout
            return layout
        } catch {
            throw fault(number, error.message, error.remedy)
        }
    }

    private func startsWithDocumentMark(_ line: String) -> Bool {
        let next = line.utf8.dropFirst(Self.documentStart.utf8.count).first
        return next == nil || next == UInt8(ascii: " ") || next == UInt8(ascii: "\t")
    }

    private func fault(_ line: Int, _ message: String, _ remedy: String) -> CorpusError {
        CorpusError(file: file, line: line, message: message, remedy: remedy, kind: .badData)
    }
}
