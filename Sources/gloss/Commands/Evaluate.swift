import ArgumentParser
import Foundation
import GlossPipeline
import GlossText
import GlossTraining

/// `gloss evaluate`.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures a model on labelled data.",
        discussion: """
            Examples:
              gloss evaluate --model sentiment dev.tsv
              gloss evaluate --model tagger --json dev.conllu
            """)

    @Option(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model: String

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: ArgumentHelp("Threads; a result never depends on their number.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("Labelled data; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func run() throws {
        let served = try store.model(model).model
        let options = try reading.corpusOptions()
        let paths = files.isEmpty ? ["-"] : files
        let started = Date()
        var counts: [(String, Double)] = []
        let evaluation: Evaluation
        var skipped = 0
        switch served {
        case .classify:
            let corpus = try CorpusReader.labelled(paths: paths, options: options)
            counts = [("examples", Double(corpus.examples.count))]
            skipped = corpus.skipped
            evaluation = try Evaluator.evaluate(served, labelled: corpus.examples, threads: threads)
        case .number:
            let corpus = try CorpusReader.numbered(paths: paths, options: options)
            counts = [("examples", Double(corpus.examples.count))]
            skipped = corpus.skipped
            evaluation = try Evaluator.evaluate(served, numbered: corpus.examples, threads: threads)
        case .tag:
            let corpus = try CorpusReader.tagged(paths: paths, options: options)
            counts = [
                ("sentences", Double(corpus.examples.count)),
                ("tokens", Double(corpus.examples.reduce(0) { $0 + $1.tokens.count })),
            ]
            skipped = corpus.skipped
            evaluation = try Evaluator.evaluate(served, tagged: corpus.examples, threads: threads)
        case .generate:
            let text = try paths.map { try PlainText.whole(path: $0, invalidUTF8: reading.invalidUTF8) }.joined()
            evaluation = try Evaluator.evaluate(served, text: text, threads: threads)
        case .vectors:
            throw CommandError(
                ExitStatus.usage, "a model of vectors is measured by what starts from it; evaluate such a model")
        }
        TrainingSession.report(skipped: skipped)
        let seconds = Date().timeIntervalSince(started)
        let figures =
            counts + evaluation.metrics.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            + [("seconds", seconds)]
        if json {
            let fields = ["\"task\":\"\(served.task.rawValue)\""] + figures.map { "\"\($0)\":\(Self.number($1))" }
            Output.write("{\(fields.joined(separator: ","))}\n")
        } else {
            for (name, value) in figures { Output.write("\(name)\t\(Self.number(value))\n") }
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : rounded(value, 6)
    }
}
