/// Classification examples in fastText's format: `__label__x text`, several labels allowed before the text.
enum FastText {
    /// What a label begins with.
    static let labelPrefix = "__label__"

    /// Appends the lines of `reader` to `corpus`; labels count only before the text, later ones belong to it.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<LabelledText>
    ) throws(CorpusError) {
        let file = reader.name
        try LineExamples.read(&reader, options: options, into: &corpus) { (line, number) throws(CorpusError) in
            var rest = line.unicodeScalars.drop(while: isSpace)
            var labels: [String] = []
            while rest.starts(with: labelPrefix.unicodeScalars) {
                let end = rest.firstIndex(where: isSpace) ?? rest.endIndex
                labels.append(String(rest[..<end].dropFirst(labelPrefix.unicodeScalars.count)))
                rest = rest[end...].drop(while: isSpace)
            }
            labels = try LabelSet.unique(labels, file: file, line: number)
            if rest.isEmpty {
                throw CorpusError(
                    file: file, line: number, message: "the text is empty", remedy: "fill it in or drop the line",
                    kind: .badData)
            }
            return LabelledText(text: String(rest), labels: labels, line: number, file: file)
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
