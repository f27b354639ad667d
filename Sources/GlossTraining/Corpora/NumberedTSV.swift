/// Examples with a numeric target from a TSV with the header `value<TAB>text`.
enum NumberedTSV {
    /// Appends the rows of `reader` to `corpus`. Throws for a value that is no finite number in Float32.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<NumberedText>
    ) throws(CorpusError) {
        let table = try TSVTable(target: "value", reader: &reader)
        let file = reader.name
        try LineExamples.read(&reader, options: options, into: &corpus) { (row, line) throws(CorpusError) in
            let (field, text) = try table.fields(row, line: line, file: file)
            guard let value = Float(field), value.isFinite else {
                throw CorpusError(
                    file: file, line: line, message: "the value \(CorpusError.quoted(field)) is not a finite number",
                    remedy: "write it as in 3.5 or -2e-3", kind: .badData)
            }
            return NumberedText(text: String(text), value: value, line: line)
        }
    }
}
