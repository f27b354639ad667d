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

    /// The format that the first line which is not blank stands for; nil when it does not say.
    package init?(firstLine line: String) {
        let fields = Fields.split(line, at: "\t")
        if line.hasPrefix("{"), line.dropFirst().drop(while: \.isWhitespace).first == "\"" {
            self = .jsonl
        } else if line.hasPrefix(FastText.labelPrefix) {
            self = .fastText
        } else if fields.contains("text"), fields.contains("label") || fields.contains("value") {
            self = .tsv
        } else if Self.isCoNLLU(line, fields: fields) {
            self = .conllu
        } else {
            return nil
        }
    }

    /// Whether a first line is one of CoNLL-U's comments, or a sentence's first word, multiword token or empty node.
    private static func isCoNLLU(_ line: String, fields: [Substring]) -> Bool {
        if line == "# newdoc" || line == "# newpar" { return true }
        if line.hasPrefix("# "), line.contains(" = ") { return !line.hasPrefix(Columns.namesPrefix) }
        return fields.count == 10 && (["1", "0.1"].contains(fields[0]) || fields[0].hasPrefix("1-"))
    }
}
