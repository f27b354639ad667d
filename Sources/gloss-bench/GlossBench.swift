import ArgumentParser
import CKernels
import Foundation
import GlossNN

/// Measures the engine. The peers are measured beside it by bench/peers/compare.
@main
struct GlossBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gloss-bench",
        abstract: "Measures the engine: time, tokens a second and the share of what the processor can do.",
        discussion: """
            Example:
              gloss-bench run --rounds 20
              gloss-bench text book.txt
            """,
        subcommands: [Run.self, TextRun.self, Worker.self], defaultSubcommand: Run.self)
}

/// Measures every work, interleaved, and prints a table.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures every work and prints a table.",
        discussion: """
            Example:
              gloss-bench run --only generation
            """)

    @Option(help: "Runs of each work.")
    var rounds = 9
    @Option(help: "Only works whose name holds this.")
    var only = ""

    func run() throws {
        let entries = WorkTable.all.filter { only.isEmpty || $0.name.contains(only) }
        guard !entries.isEmpty else { throw ValidationError("no work's name holds \"\(only)\"") }
        guard rounds > 0 else { throw ValidationError("--rounds \(rounds): give at least 1") }
        var works = entries.map { $0.work.work(BenchNetwork($0.work), ids: $0.work.madeUpIDs) }
        var seconds = entries.map { _ in [Double]() }
        for round in 0...rounds {
            for index in works.indices {
                let time = Stopwatch.seconds(byClock: entries[index].work.threads > 1) { works[index].run() }
                if round > 0 { seconds[index].append(time) }  // the first one warms up
            }
        }
        let peaks = Dictionary(uniqueKeysWithValues: Precision.allCases.map { ($0, Peak.operationsPerSecond($0)) })
        let shown = Precision.allCases.map { "\($0) \(format((peaks[$0] ?? 0) / 1e9, 0))" }
        print(
            "\(String(cString: gloss_isa_name())); 10⁹ operations a second of one core: \(shown.joined(separator: ", "))"
        )
        let reads = [(512 << 10, "512 KiB"), (8 << 20, "8 MiB"), (256 << 20, "256 MiB")].map {
            "\($1) \(format(Peak.bytesPerSecond($0) / 1e9, 0))"
        }
        print("10⁹ bytes a second that it reads: \(reads.joined(separator: ", "))")
        print(row("work", "least ms", "median ms", "tokens/s", "% of peak"))
        for (entry, times) in zip(entries, seconds) {
            let sorted = times.sorted(), median = sorted[sorted.count / 2]
            let share =
                entry.work.operations / median / (peaks[entry.work.precision] ?? 1) / Double(entry.work.threads)
            print(
                row(
                    entry.name, format(sorted[0] * 1e3, 2), format(median * 1e3, 2),
                    format(Double(entry.work.tokens) / median, 0), format(100 * share, 0)))
        }
    }

    private func row(_ name: String, _ columns: String...) -> String {
        columns.reduce(name.padding(toLength: 44, withPad: " ", startingAt: 0)) { line, column in
            line + String(repeating: " ", count: max(1, 12 - column.count)) + column
        }
    }

    private func format(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
