/// Sentences as one token a line in columns (CoNLL-2000, 2002, 2003): the token first, the tag by default last.
///
/// Columns are separated by tabs where the file's first line has one, else by runs of spaces. `-DOCSTART-` lines
/// begin a document.
enum Columns {
    /// How a line that names the columns begins (CoNLL-U Plus: universaldependencies.org/ext-format.html).
    static let namesPrefix = "# global.columns ="

    /// Appends the sentences of `reader` to `corpus`, with the columns that `options` name; span tags stay as they
    /// are written.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<TaggedSentence>
    ) throws(CorpusError) {
        var builder = ColumnsSentenceBuilder(file: reader.name, tagColumns: options.tagColumns)
        try SentenceExamples.read(&reader, options: options, into: &corpus) { (line, number) throws(CorpusError) in
            try builder.add(line, line: number)
        } finish: {
            builder.finish()
        } discard: {
            builder.discard()
        }
    }
}
