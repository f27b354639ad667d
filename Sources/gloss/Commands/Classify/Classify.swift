import ArgumentParser
import GlossText
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
              echo "Fine, but far too long." | gloss classify --explain
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

    @Flag(help: "Say what each word did for the class: in colours on a terminal, else as numbers.")
    var explain = false

    @Flag(help: "Answer each line before the next is read.")
    var lineBuffered = false

    @OptionGroup var text: TextOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var daemon: DaemonOptions

    @Argument(help: ArgumentHelp("Texts; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    /// The longest text, in bytes: a whole novel. The network's states of a text are in memory together.
    static let maximumTextBytes = 1 << 20

    func validate() throws {
        if whole, input == .jsonl || lineBuffered {
            let option = lineBuffered ? "line-buffered" : "input jsonl"
            throw ValidationError("--\(option) says nothing of whole files; leave it or --whole out")
        }
    }

    func run() throws {
        let judge: any TextJudge =
            if let served = try daemon.model(model, store) {
                try RemoteJudge(served, name: model, explains: explain)
            } else {
                LocalJudge(
                    model: try Judge(try store.model(model).model, name: model, explains: explain),
                    threads: text.threads)
            }
        let printer = JudgementPrinter(format)
        do {
            if whole { try answerFiles(judge, printer) } else { try answerLines(judge, printer) }
        } catch {
            // What was answered before the failure is kept.
            printer.flush()
            throw error
        }
        printer.flush()
    }

    private func answerFiles(_ judge: any TextJudge, _ printer: JudgementPrinter) throws {
        for (index, path) in TextOptions.paths(files).enumerated() {
            let document = try PlainText.whole(
                path: path, invalidUTF8: text.invalidUTF8, maximumBytes: Self.maximumTextBytes)
            printer.expect([JudgementPrinter.Text(text: document, id: String(index), file: path)])
            try judge.judge([document], answer: printer.take)
            try judge.settle(answer: printer.take)
            printer.flush()
        }
    }

    private func answerLines(_ judge: any TextJudge, _ printer: JudgementPrinter) throws {
        let paths = TextOptions.paths(files)
        let isLive = lineBuffered || (Output.isTerminal && paths.contains("-"))
        let chunks = LineChunks(
            paths: paths, invalidUTF8: text.invalidUTF8, maximumLineBytes: Self.maximumTextBytes,
            lines: isLive ? 1 : 2048)
        var isJSONL = input == .auto ? nil : input == .jsonl
        var count = 0
        do {
            try chunks.forEach { lines in
                if isJSONL == nil, let first = lines.first(where: { !$0.text.isBlank }) {
                    isJSONL = JSONLText.describes(first.text)
                }
                let (texts, failure) = read(lines, first: count, areJSONL: isJSONL == true)
                count += lines.count
                printer.expect(texts)
                try judge.judge(texts.compactMap { $0?.text }, answer: printer.take)
                if isLive { try judge.settle(answer: printer.take) }
                printer.flush()
                if let failure { throw failure }
            }
        } catch let error as CorpusError {
            // The lines before a bad one have their answers.
            try judge.settle(answer: printer.take)
            throw error
        }
        try judge.settle(answer: printer.take)
    }

    /// The texts of lines up to a bad one, `first` being the number of the first line, from 0; nil is a blank line.
    private func read(_ lines: [InputLine], first: Int, areJSONL: Bool)
        -> (texts: [JudgementPrinter.Text?], failure: (any Error)?)
    {
        var texts: [JudgementPrinter.Text?] = []
        for (offset, line) in lines.enumerated() {
            let number = String(first + offset)
            if line.text.isBlank {
                texts.append(nil)
            } else if areJSONL {
                do {
                    let read = try JSONLText(line)
                    texts.append(JudgementPrinter.Text(text: read.text, id: read.id ?? number))
                } catch {
                    return (texts, error)
                }
            } else {
                texts.append(JudgementPrinter.Text(text: line.text, id: number))
            }
        }
        return (texts, nil)
    }
}
