import GlossText

/// The header of a tab-separated file, and its rows cut into the two columns that matter.
struct TSVTable {
    /// The name of the first column that matters: `label` or `value`.
    let target: String
    private let targetIndex: Int
    private let textIndex: Int
    private let columnCount: Int

    /// Reads the header, in which `target` and `text` must stand, in any order and among any others.
    init(target: String, reader: inout LineReader) throws(CorpusError) {
        var line: String?
        repeat { line = try reader.next() } while line?.isBlank ?? false
        guard let header = line else { throw LineExamples.noExamples(reader.name, lines: reader.lineNumber, nil) }
        let names = Fields.split(header, at: "\t")
        guard let targetIndex = names.firstIndex(of: target[...]), let textIndex = names.firstIndex(of: "text") else {
            throw CorpusError(
                file: reader.name, line: reader.lineNumber,
                message: "the header is \(CorpusError.quoted(header)), without the columns \(target) and text",
                remedy: "make the first line \(target)<TAB>text", kind: .badData)
        }
        self.target = target
        self.targetIndex = targetIndex
        self.textIndex = textIndex
        columnCount = names.count
    }

    /// The target and the text of a row. Throws when the row has not the header's columns or one of the two is empty.
    func fields(_ row: String, line: Int, file: String) throws(CorpusError) -> (target: Substring, text: Substring) {
        let fields = Fields.split(row, at: "\t")
        guard fields.count == columnCount else {
            throw CorpusError(
                file: file, line: line,
                message: "\(fields.count) tab-separated columns where the header has \(columnCount)",
                remedy: "write one tab between columns and none inside the text", kind: .badData)
        }
        let (targetField, textField) = (fields[targetIndex], fields[textIndex])
        for (name, field) in [(target, targetField), ("text", textField)] where field.isBlank {
            throw CorpusError(
                file: file, line: line, message: "the \(name) is empty", remedy: "fill it in or drop the line",
                kind: .badData)
        }
        return (targetField, textField)
    }
}
