import ArgumentParser
import GlossStore

/// `gloss models show`.
struct ModelsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what a model is, what it was trained on, and how well it did.",
        discussion: """
            Examples:
              gloss models show sentiment
              gloss models show --config mine:2 > mine.toml
              gloss models show --json tagger
            """)

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Print the configuration of the training alone, as TOML.")
    var config = false

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model: String

    func validate() throws {
        if json, config { throw ValidationError("--json tells the configuration as well; leave --config out") }
    }

    func run() throws {
        let reference = try ModelReference(parsing: model)
        let entry = try StoreCatalog(paths: StorePaths(store: store.store)).summary(reference)
        if json { return Output.write(SummaryText.json(entry, isComplete: true) + "\n") }
        if config { return Output.write(entry.summary.configuration) }
        Output.write(Self.description(entry))
    }

    private static func description(_ entry: StoreCatalog.Entry) -> String {
        let summary = entry.summary
        var lines = [
            "\(summary.reference)  \(summary.task), \(entry.origin.rawValue), \(summary.standing.rawValue)",
            "  parameters  \(summary.parameters) in \(Table.size(summary.bytes))",
            "  trained     \(SummaryText.moment(summary.created)) in \(ProgressPrinter.duration(summary.duration)), "
                + "seed \(summary.seed), Gloss \(summary.glossVersion)",
            "  figures     \(SummaryText.figures(summary.metrics))",
        ]
        if !summary.licence.isEmpty { lines.append("  licence     \(summary.licence)") }
        for source in summary.sources {
            lines.append("  data        \(source.name), \(Table.size(source.bytes)), SHA-256 \(source.sha256)")
        }
        var tensors = Table(["TENSOR", "SHAPE", "TYPE", "SIZE"])
        for tensor in summary.tensors {
            tensors.add([
                tensor.name, tensor.shape.map(String.init).joined(separator: " × "), tensor.elementType.rawValue,
                Table.size(tensor.bytes),
            ])
        }
        return lines.joined(separator: "\n") + "\n\n" + tensors.text
    }
}
