/// Classification examples from a TSV with the header `label<TAB>text`.
enum LabelledTSV {
    /// Appends the rows of `reader` to `corpus`; a label column holds several labels where `options` name a separator.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<LabelledText>
    ) throws(CorpusError) {
        let table = try TSVTable(target: "label", reader: &reader)
        let file = reader.name
        try LineExamples.read(&reader, options: options, into: &corpus) { (row, line) throws(CorpusError) in
            let (label, text) = try table.fields(row, line: line, file: file)
            let labels =
                options.labelSeparator.map { label.split(separator: $0, omittingEmptySubsequences: false) } ?? [label]
            return LabelledText(
                text: String(text), labels: try LabelSet.unique(labels.map(String.init), file: file, line: line),
                line: line, file: file)
        }
    }
}
