import GlossTraining
import Testing

@Suite struct CorpusFormatTests {
    @Test(
        arguments: [
            ("a/b.tsv", .tsv), ("b.TSV.gz", .tsv), ("b.jsonl.xz", .jsonl), ("b.ndjson", .jsonl),
            ("b.conllu.gz", .conllu),
            ("b.ft", .fastText), ("b.iob", .columns), ("b.tagged.gz", .columns), ("b.tokens.gz", .text),
            ("b.txt", nil), ("b.conll", nil), ("tsv", nil), ("a.tsv/b", nil), ("b.gz", nil), ("-", nil), ("", nil),
        ] as [(String, CorpusFormat?)])
    func byExtension(path: String, format: CorpusFormat?) {
        #expect(CorpusFormat(path: path) == format)
    }

    @Test(
        arguments: [
            (#"{"label":"a","text":"b"}"#, .jsonl), ("__label__a b", .fastText), ("label\ttext", .tsv),
            ("id\ttext\tvalue", .tsv),
            ("# sent_id = 1", nil), ("1\tThe\t_\tDET\t_\t_\t_\t_\t_\t_", .conllu),
            ("1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_", .conllu), ("The DT B-NP", nil), ("# # O", nil),
            ("# global.columns = FORM NER", nil),
            ("Some text.", nil), ("{ -LRB- O", nil), (#"{ "text":"b"}"#, .jsonl), ("text", nil),
        ] as [(String, CorpusFormat?)])
    func byFirstLine(line: String, format: CorpusFormat?) {
        #expect(CorpusFormat(firstLines: [line]) == format)
        // Comments stand before words alone.
        #expect(CorpusFormat(firstLines: ["# a", line]) == (format == .conllu ? .conllu : nil))
        #expect(CorpusFormat(firstLines: ["# global.columns = ID FORM", line]) == nil)
    }
}
