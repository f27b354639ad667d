import GlossText

/// Checks the labels of one example.
enum LabelSet {
    /// `labels` in their order, each once. Throws when there is none or one is blank or would break a line of answers.
    static func unique(_ labels: [String], file: String, line: Int) throws(CorpusError) -> [String] {
        var result: [String] = [], seen = Set<String>()
        for label in labels {
            if label.isBlank {
                throw CorpusError(
                    file: file, line: line, message: "the label is empty", remedy: "fill it in or drop the line",
                    kind: .badData)
            }
            if label.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                throw CorpusError(
                    file: file, line: line,
                    message:
                        "the label \(CorpusError.quoted(label[...])) has a tab, a line end or another control character",
                    remedy: "leave it out: an answer is a line whose parts stand between tabs", kind: .badData)
            }
            if seen.insert(label).inserted { result.append(label) }
        }
        if result.isEmpty {
            throw CorpusError(
                file: file, line: line, message: "no label", remedy: "give the line a label or drop it", kind: .badData)
        }
        return result
    }
}
