import ArgumentParser
import CICUBench
import Foundation
import GlossText

/// `gloss-bench text`.
struct TextRun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Measures the words of UAX #29 beside ICU, in turn on one thread.",
        discussion: """
            ICU is measured over UTF-16 that was converted before, which is the fastest that it can do.

            Example:
              gloss-bench text book.txt
            """)

    @Option(help: "Runs of each work.")
    var rounds = 9
    @Argument(help: "English text in UTF-8.")
    var file: String

    func run() throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        let size = text.utf8.count
        guard size > 0, size < Int(Int32.max), rounds > 0 else {
            throw ValidationError("give a text of less than 2 GiB that is not empty, and rounds > 0")
        }
        guard let icu = icu_words_open("en", Array(text.utf8), Int32(size)) else {
            throw ValidationError("ICU cannot read \(file)")
        }
        defer { icu_words_close(icu) }
        let configuration = TokenizerConfiguration(kind: .icu, splitsSentences: false, normalization: .none)
        let tokenizer = try Tokenizer(configuration)
        let works: [(name: String, run: () throws -> Int)] = [
            ("ICU, offsets, white space too", { Int(icu_words_find(icu)) }),
            ("Gloss, offsets", { try tokenizer.tokenRanges(in: text).count }),
            ("Gloss, offsets and texts", { try tokenizer.tokens(in: text).count }),
        ]
        var seconds = works.map { _ in [Double]() }, counts = works.map { _ in 0 }
        for round in 0...rounds {
            for (index, work) in works.enumerated() {
                let time = try Stopwatch.seconds { counts[index] = try work.run() }
                if round > 0 { seconds[index].append(time) }  // the first one warms up
            }
        }
        let medians = seconds.map { $0.sorted()[rounds / 2] }
        for (index, work) in works.enumerated() {
            let name = work.name.padding(toLength: 32, withPad: " ", startingAt: 0)
            print(
                name + String(format: "%8.1f MB/s", Double(size) / medians[index] / 1e6)
                    + String(format: "%6.2f times ICU%12d found", medians[0] / medians[index], counts[index]))
        }
    }
}
