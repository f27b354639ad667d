import ArgumentParser
import GlossTraining

/// `gloss classify`.
struct Classify: ParsableCommand {
    /// How answers are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case tsv, jsonl
    }

    /// What a line of input is.
    enum Input: String, ExpressibleByArgument, CaseIterable {
        case auto, text, jsonl
    }

    static let configuration = CommandConfiguration(
        abstract: "Says the class of each text, or its number.",
        discussion: """
            One text a line gives one answer a line, in order; a blank line stays a blank line. As TSV an answer is \
            label, probability and text; a model of numbers gives value and text. Input that begins with a JSON \
            object with the key "text" is read as JSONL.

            Examples:
              cat reviews.txt | gloss classify
              gloss classify --format jsonl --model topics news.txt
              gloss classify --whole letter1.txt letter2.txt
              tail -f log.txt | gloss classify --line-buffered
            """)

    @Option(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model = "sentiment"

    @Option(help: "How answers are printed: tsv or jsonl.")
    var format = Format.tsv

    @Option(help: "What a line is: text, jsonl, or auto to see by the first.")
    var input = Input.auto

    @Flag(help: "A FILE is one text; TSV shows its name in place of the text.")
    var whole = false

    @Flag(help: "Answer each line before the next is read.")
    var lineBuffered = false

    @OptionGroup var text: TextOptions
    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("Texts; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    /// The longest text, in bytes: a whole novel. The network's states of a text are in memory together.
    static let maximumTextBytes = 1 << 20

    func run() throws {
        let judge = try Judge(try store.model(model).model, name: model)
        if whole { try answerFiles(judge) } else { try answerLines(judge) }
    }

    private func answerFiles(_ judge: Judge) throws {
        for (index, path) in TextOptions.paths(files).enumerated() {
            let document = try PlainText.whole(
                path: path, invalidUTF8: text.invalidUTF8, maximumBytes: Self.maximumTextBytes)
            for answer in try judge([document], threads: text.threads) {
                Output.write(line(answer, id: String(index), text: document, file: path))
            }
        }
    }

    private func answerLines(_ judge: Judge) throws {
        let paths = TextOptions.paths(files)
        let isLive = lineBuffered || (Output.isTerminal && paths.contains("-"))
        let chunks = LineChunks(
            paths: paths, invalidUTF8: text.invalidUTF8, maximumLineBytes: Self.maximumTextBytes,
            lines: isLive ? 1 : 2048)
        var isJSONL = input == .auto ? nil : input == .jsonl
        var count = 0
        try chunks.forEach { lines in
            if isJSONL == nil, let first = lines.first(where: { !Self.isBlank($0.text) }) {
                isJSONL = JSONLText.describes(first.text)
            }
            try answer(lines, first: count, areJSONL: isJSONL == true, judge)
            count += lines.count
        }
    }

    /// Prints the answers of lines, `first` being the number of the first, from 0. Answers before a bad line are kept.
    private func answer(_ lines: [InputLine], first: Int, areJSONL: Bool, _ judge: Judge) throws {
        var texts: [(text: String, id: String)?] = []
        var failure: (any Error)?
        for (offset, line) in lines.enumerated() {
            if Self.isBlank(line.text) {
                texts.append(nil)
                continue
            }
            guard areJSONL else {
                texts.append((line.text, String(first + offset)))
                continue
            }
            do {
                let read = try JSONLText(line)
                texts.append((read.text, read.id ?? String(first + offset)))
            } catch {
                failure = error
                break
            }
        }
        var answers = try judge(texts.compactMap { $0?.text }, threads: text.threads)[...]
        var output = ""
        for entry in texts {
            if let entry, let answer = answers.popFirst() {
                output += line(answer, id: entry.id, text: entry.text, file: nil)
            } else {
                output += "\n"
            }
        }
        Output.write(output)
        if let failure { throw failure }
    }

    private func line(_ answer: Judgement, id: String, text: String, file: String?) -> String {
        switch format {
        case .tsv: (answer.columns + [Self.onOneLine(file ?? text)]).joined(separator: "\t") + "\n"
        case .jsonl:
            JSONText.object(
                [(key: "id", value: id)] + (file.map { [(key: "file", value: JSONText.string($0))] } ?? [])
                    + answer.fields + [(key: "text", value: JSONText.string(text))]) + "\n"
        }
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }

    /// A text from JSONL may hold line ends, which would break the table.
    private static func onOneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
        return String(decoding: text.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }
}
