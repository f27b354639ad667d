/// The formats of training data.
public enum CorpusFormat: String, Sendable, Hashable, CaseIterable {
    /// Tab-separated with a header: `label<TAB>text` or `value<TAB>text`.
    case tsv
    /// One JSON object a line: `{"label":…,"text":…}` or `{"labels":[…],"text":…}`.
    case jsonl
    /// fastText: `__label__x text`.
    case fastText = "fasttext"
    /// CoNLL-U, ten columns.
    case conllu
    /// One token a line in columns, an empty line after each sentence.
    case columns
    /// Plain text.
    case text

    /// The format that a file name's extension stands for, `.gz` and `.xz` aside; nil when it does not say.
    public init?(path: String) {
        var parts = path.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        if let last = parts.last, last == "gz" || last == "xz" { parts.removeLast() }
        guard parts.count > 1, let suffix = parts.last else { return nil }
        switch suffix.lowercased() {
        case "tsv": self = .tsv
        case "jsonl", "ndjson": self = .jsonl
        case "fasttext", "ft": self = .fastText
        case "conllu": self = .conllu
        case "iob", "bio", "tagged": self = .columns
        case "md", "text", "tokens": self = .text
        default: return nil
        }
    }

    /// The format that the first lines stand for, those that begin with "#" up to one that does not; nil when they do not say.
    package init?(firstLines lines: [String]) {
        guard let first = lines.first, let word = lines.last else { return nil }
        let fields = Fields.split(first, at: "\t")
        if first.hasPrefix("{"), first.dropFirst().drop(while: \.isWhitespace).first == "\"" {
            self = .jsonl
        } else if first.hasPrefix(FastText.labelPrefix) {
            self = .fastText
        } else if fields.contains("text"), fields.contains("label") || fields.contains("value") {
            self = .tsv
        } else if Self.isCoNLLU(word), !lines.contains(where: { $0.hasPrefix(Columns.namesPrefix) }) {
            self = .conllu
        } else {
            return nil
        }
    }

    /// Whether a line is the first word, multiword token or empty node of a sentence in CoNLL-U.
    private static func isCoNLLU(_ line: String) -> Bool {
        let fields = Fields.split(line, at: "\t")
        return fields.count == 10 && (["1", "0.1"].contains(fields[0]) || fields[0].hasPrefix("1-"))
    }
}
