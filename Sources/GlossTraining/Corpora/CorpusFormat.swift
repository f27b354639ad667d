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
        if line.hasPrefix("{") {
            self = .jsonl
        } else if line.hasPrefix(FastText.labelPrefix) {
            self = .fastText
        } else if fields.contains("text"), fields.contains("label") || fields.contains("value") {
            self = .tsv
        } else if line.hasPrefix("# ") && !line.hasPrefix(Columns.namesPrefix) && line.contains(where: { $0 == "=" })
            || line == "# newdoc" || line == "# newpar"
            || fields.count == 10 && (fields[0] == "1" || fields[0].hasPrefix("1-") || fields[0] == "0.1")
        {
            self = .conllu
        } else {
            return nil
        }
    }
}
