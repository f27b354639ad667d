import ArgumentParser
import Foundation
import GlossStore
import GlossTraining

/// `gloss models quantize`.
struct ModelsQuantize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Keeps a model's numbers with fewer bits, as a new version in your store.",
        discussion: """
            int8 takes about 27 % of float32's room, bfloat16 and float16 take half; int4 is int8 but for large tables of
            vectors and weights of recurrent layers, which take 14 %. With --dev the new version is measured, and its
            figures are stored beside it; figures of the old version are not carried over.

            Examples:
              gloss models quantize mine --dev dev.tsv
              gloss models quantize mine:2 --to float16 --name mine-small
            """)

    @Option(name: .customLong("to"), help: ArgumentHelp("int8, int4, bfloat16 or float16.", valueName: "type"))
    var type = ElementType.int8

    @Option(help: ArgumentHelp("The new model's name; without it, the same one.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("Labelled data to measure both versions on.", valueName: "file"))
    var dev: String?

    @Option(help: ArgumentHelp("Threads; a result never depends on their number.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model: String

    func validate() throws {
        if type == .float32 {
            throw ValidationError("--to float32 keeps every bit; give int8, int4, bfloat16 or float16")
        }
        if threads < 1 { throw ValidationError("--threads \(threads) is less than 1") }
    }

    func run() throws {
        let old = try store.version(model)
        let target = try ModelReference(name: name ?? old.name).name
        var new = try old.converted(to: type, name: target, metrics: [:])
        let sizes = [new, old].map { $0.tensors.reduce(0) { $0 + $1.data.count } }
        let share = rounded(100 * Double(sizes[0]) / Double(max(sizes[1], 1)), 1)
        guard sizes[0] < sizes[1] else {
            throw CommandError(
                ExitStatus.usage,
                "as \(type.rawValue) \(old.name):\(old.version) would take \(share) % of its room; give a type of fewer bits than it has"
            )
        }
        var lines: [String] = []
        if let dev {
            func figures(_ version: ModelVersion) throws -> [String: Double] {
                try Measurement(version.servingModel(), paths: [dev], reading, threads: threads).evaluation.metrics
            }
            let before = try figures(old)
            new.metrics = try figures(new)
            lines = new.metrics.sorted { $0.key < $1.key }.map { name, value in
                "  \(name) \(rounded(value, 4)), before \(before[name].map { rounded($0, 4) } ?? "not measured")\n"
            }
        }
        let number = try store.userStore().save(new)
        Output.write("\(target):\(number)  \(type.rawValue), \(share) % of \(old.name):\(old.version)\n")
        for line in lines { Output.write(line) }
    }
}
