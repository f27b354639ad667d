import ArgumentParser
import Foundation
import GlossText
import GlossTraining

/// `gloss vocabulary measure`.
struct VocabularyMeasure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Encodes text with a vocabulary of subwords and says how short it becomes, and how fast.",
        discussion: """
            Each line is encoded by itself. Seconds are those of the processor for encoding alone, on one thread; of \
            several passes the fastest counts, the earlier ones having met all words.

            Examples:
              gloss vocabulary measure pairs.json book.txt
              gloss vocabulary measure --passes 3 tokenizer.json book.txt
            """)

    @Option(help: ArgumentHelp("How often to encode the text.", valueName: "count"))
    var passes = 1

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The vocabulary.", valueName: "vocabulary"))
    var vocabulary: String

    @Argument(help: ArgumentHelp("Text; standard input if none is given.", valueName: "file"))
    var files: [String] = []

    func validate() throws {
        if passes < 1 { throw ValidationError("--passes \(passes) is less than 1") }
    }

    func run() throws {
        var encoder = SubwordEncoder(try VocabularyFile.subwords(path: vocabulary))
        var lines: [String] = []
        _ = try PlainText.forEachLine(paths: TextOptions.paths(files)) { lines.append($0) }
        let bytes = lines.reduce(0) { $0 + $1.utf8.count + 1 }
        var seconds = Double.infinity
        var symbols = 0
        for _ in 0..<passes {
            symbols = 0
            let start = Self.processorSeconds()
            for line in lines { symbols += encoder.encode(line).count }
            seconds = min(seconds, Self.processorSeconds() - start)
        }
        seconds = max(seconds, 1e-9)
        let figures: [(String, Double)] = [
            ("bytes", Double(bytes)), ("bytes_per_symbol", Double(bytes) / Double(max(symbols, 1))),
            ("lines", Double(lines.count)), ("megabytes_per_second", Double(bytes) / 1e6 / seconds),
            ("seconds", seconds), ("symbols", Double(symbols)),
        ]
        if json {
            Output.write(JSONText.object(figures.map { ($0.0, JSONText.number($0.1)) }) + "\n")
        } else {
            Output.write(figures.map { "\($0.0)\t\(JSONText.number($0.1))\n" }.joined())
        }
    }

    /// What this thread has had of the processor, in seconds: other work on the machine does not count.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
