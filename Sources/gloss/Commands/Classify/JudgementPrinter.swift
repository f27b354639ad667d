import GlossText

/// Prints judgements beside the texts that they are of, in the order of the texts, blank lines in between.
final class JudgementPrinter {
    /// What a judgement is printed with.
    struct Text {
        let text: String
        /// The id, as JSON.
        let id: String
        /// The file that the text is, in place of the text in a table.
        var file: String?
    }

    private let format: Classify.Format
    /// Texts without an answer yet, nil being a blank line.
    private var waiting: [Text?] = []
    private var next = 0
    private var output = ""

    init(_ format: Classify.Format) { self.format = format }

    /// Says which texts the next judgements are of, nil being a blank line.
    func expect(_ texts: [Text?]) {
        waiting.removeFirst(next)
        next = 0
        waiting += texts
        takeBlanks()
    }

    /// Takes the judgement of the next text.
    func take(_ judgement: Judgement) {
        guard next < waiting.count, let text = waiting[next] else { return }
        next += 1
        output += line(judgement, text)
        takeBlanks()
        if output.utf8.count > 1 << 16 { flush() }
    }

    /// Writes what is ready.
    func flush() {
        if !output.isEmpty { Output.write(output) }
        output = ""
    }

    private func takeBlanks() {
        while next < waiting.count, waiting[next] == nil {
            output += "\n"
            next += 1
        }
    }

    private func line(_ answer: Judgement, _ text: Text) -> String {
        switch format {
        case .tsv: (answer.columns + shown(answer, text)).joined(separator: "\t") + "\n"
        case .jsonl:
            JSONText.object(
                [(key: "id", value: text.id)] + (text.file.map { [(key: "file", value: JSONText.string($0))] } ?? [])
                    + answer.fields + [(key: "text", value: JSONText.string(text.text))]) + "\n"
        }
    }

    /// The text, in colours on a terminal; elsewhere words with their numbers are a column of their own.
    private func shown(_ answer: Judgement, _ text: Text) -> [String] {
        // A tab in a file's name would be a column.
        let plain = Self.onOneLine(text.file?.replacing("\t", with: " ") ?? text.text)
        guard let words = answer.words else { return [plain] }
        guard Output.isTerminal, text.file == nil else { return [plain, words.column] }
        return [Self.onOneLine(words.coloured(text.text))]
    }

    /// A text from JSONL may hold line ends, which would break the table.
    private static func onOneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
        return String(decoding: text.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }
}
