/// Sentences in CoNLL-U (universaldependencies.org/format.html): words, UPOS, XPOS and FEATS.
///
/// Empty nodes are passed over; heads and relations are not read.
enum CoNLLU {
    /// The names of the ten columns.
    static let columns = ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]

    /// Appends the sentences of `reader` to `corpus`, tagged as `upos`, `xpos` and `feats`.
    ///
    /// A sentence with a faulty line ends the reading with its error, or is left out and counted once where `options`
    /// say so.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<TaggedSentence>
    ) throws(CorpusError) {
        let file = reader.name
        var builder = CoNLLUSentenceBuilder(file: file)
        try SentenceExamples.read(&reader, options: options, into: &corpus) { (line, number) throws(CorpusError) in
            try builder.add(line, line: number)
        } finish: { () throws(CorpusError) in
            try builder.finish()
        } discard: {
            builder.discard()
        }
    }
}
