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
              gloss evaluate --model sentiment --classes dev.tsv
              gloss evaluate --model tagger --json dev.conllu
              gloss evaluate --model tagger --raw dev.conllu
              gloss evaluate --model writer --cache 2000:0.3:0.1 held.txt
            """)

    @Option(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model: String

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Show what was found of each class, and which are taken for which.")
    var classes = false

    @Flag(help: "Have a tagger cut the data's plain text by itself; F1 as in the CoNLL 2018 shared task.")
    var raw = false

    @Option(
        help: ArgumentHelp(
            "For a language model: expect again what was just read, among the last WINDOW symbols.",
            valueName: "window[:sharpness[:weight]]"))
    var cache: CacheConfiguration?

    @Option(help: ArgumentHelp("Threads; a result never depends on their number.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("Labelled data; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func validate() throws {
        if threads < 1 { throw ValidationError("--threads \(threads) is less than 1") }
    }

    func run() throws {
        let started = Date()
        let served = try store.model(model).model
        if classes, raw || ![.classify, .tag].contains(served.task) {
            throw CommandError(
                ExitStatus.usage,
                "--classes is for models that classify or tag, on the data's own tokens; "
                    + (raw ? "leave --raw out" : "this one is for \(served.task.rawValue)"))
        }
        let measured = try Measurement(
            served, paths: files.isEmpty ? ["-"] : files, reading, isRaw: raw, cache: cache, threads: threads)
        TrainingSession.report(skipped: measured.skipped)
        let seconds = Date().timeIntervalSince(started)
        let figures =
            measured.counts + measured.evaluation.metrics.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            + [("seconds", seconds)]
        let reports = classes ? measured.evaluation.classes : []
        if json {
            var fields = ["\"task\":\"\(served.task.rawValue)\""] + figures.map { "\"\($0)\":\(Self.number($1))" }
            if classes { fields += ClassReport.fields(of: reports) }
            Output.write("{\(fields.joined(separator: ","))}\n")
        } else {
            for (name, value) in figures { Output.write("\(name)\t\(Self.number(value))\n") }
            for report in reports { Output.write(report.text) }
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : rounded(value, 6)
    }
}
