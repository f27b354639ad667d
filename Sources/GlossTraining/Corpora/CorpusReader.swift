/// Reads training data: one or several files of any of the task's formats, "-" being standard input.
///
/// The format is the file name's (`.tsv`, `.jsonl`, `.conllu`), else that of the first lines, else the task's usual one; of tagged
/// sentences `.tsv` says nothing.
/// Throws `CorpusError` when a file is missing, empty, damaged or without examples, and for a malformed line unless
/// `options` skip it.
public enum CorpusReader {
    /// Texts with labels, from TSV, JSONL or fastText files.
    public static func labelled(
        paths: [String], format: CorpusFormat? = nil, options: CorpusOptions = CorpusOptions()
    ) throws(CorpusError) -> Corpus<LabelledText> {
        var corpus = Corpus<LabelledText>()
        try forEach(paths, format: format, usual: .tsv, options: options) { (reader, format) throws(CorpusError) in
            switch format {
            case .tsv: try LabelledTSV.read(&reader, options: options, into: &corpus)
            case .jsonl: try LabelledJSONL.read(&reader, options: options, into: &corpus)
            case .fastText: try FastText.read(&reader, options: options, into: &corpus)
            case .text: try LabelledTSV.read(&reader, options: options, into: &corpus)
            case .conllu, .columns: throw mismatch(reader.name, format, "labelled texts", "TSV, JSONL or fastText")
            }
        }
        return corpus
    }

    /// Texts with a value, from TSV files.
    public static func numbered(
        paths: [String], format: CorpusFormat? = nil, options: CorpusOptions = CorpusOptions()
    ) throws(CorpusError) -> Corpus<NumberedText> {
        var corpus = Corpus<NumberedText>()
        try forEach(paths, format: format, usual: .tsv, options: options) { (reader, format) throws(CorpusError) in
            switch format {
            case .tsv, .text: try NumberedTSV.read(&reader, options: options, into: &corpus)
            case .jsonl, .fastText, .conllu, .columns:
                throw mismatch(reader.name, format, "texts with a value", "TSV with the header value<TAB>text")
            }
        }
        return corpus
    }

    /// Tagged sentences, from CoNLL-U or columns files; columns that hold spans come as IOB2 whatever scheme they use.
    public static func tagged(
        paths: [String], format: CorpusFormat? = nil, options: CorpusOptions = CorpusOptions()
    ) throws(CorpusError) -> Corpus<TaggedSentence> {
        var corpus = Corpus<TaggedSentence>()
        try forEach(paths, format: format, usual: .columns, options: options) { (reader, format) throws(CorpusError) in
            switch format {
            case .conllu: try CoNLLU.read(&reader, options: options, into: &corpus)
            case .columns, .text: try Columns.read(&reader, options: options, into: &corpus)
            case .tsv, .jsonl, .fastText:
                throw mismatch(reader.name, format, "tagged sentences", "CoNLL-U or columns")
            }
        }
        corpus.normalizeSpans()
        return corpus
    }

    private static func forEach(
        _ paths: [String], format: CorpusFormat?, usual: CorpusFormat, options: CorpusOptions,
        read: (inout LineReader, CorpusFormat) throws(CorpusError) -> Void
    ) throws(CorpusError) {
        precondition(!paths.isEmpty, "no file to read")
        for path in paths {
            var reader = try LineReader(path: path, options: options)
            var found = format ?? CorpusFormat(path: path)
            // Columns are often named so, too.
            if format == nil, found == .tsv, usual == .columns { found = nil }
            if found == nil { found = CorpusFormat(firstLines: reader.peek()) }
            try read(&reader, found ?? usual)
        }
    }

    private static func mismatch(_ file: String, _ format: CorpusFormat, _ wanted: String, _ formats: String)
        -> CorpusError
    {
        CorpusError(
            file: file, message: "\(format.rawValue) data holds no \(wanted)", remedy: "give \(formats)", kind: .badData
        )
    }
}

extension Corpus<TaggedSentence> {
    /// Turns every column whose tags are span tags throughout the corpus into IOB2.
    mutating func normalizeSpans() {
        for column in Set(examples.flatMap(\.tags.keys)).sorted() {
            guard SpanScheme.describes(examples.lazy.compactMap { $0.tags[column] }) else { continue }
            for index in examples.indices {
                examples[index].tags[column] = examples[index].tags[column].map(SpanScheme.toIOB2)
            }
        }
    }
}
