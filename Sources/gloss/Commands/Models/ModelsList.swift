import ArgumentParser
import GlossStore

/// `gloss models list`.
struct ModelsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the models of your store and of the one that ships with Gloss.",
        discussion: """
            A star marks the version that the bare name means.

            Examples:
              gloss models list
              gloss models list --json
            """)

    @Flag(help: "Print one JSON object a version.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let entries = try StoreCatalog(paths: StorePaths(store: store.store)).summaries()
        if json {
            for entry in entries { Output.write(SummaryText.json(entry, isComplete: false) + "\n") }
            return
        }
        guard !entries.isEmpty else {
            return Diagnostics.warn("there are no models yet; train one with gloss train, or import one")
        }
        var table = Table(["MODEL", "", "TASK", "PARAMETERS", "SIZE", "CREATED", "FROM", "FIGURES"])
        for entry in entries {
            let summary = entry.summary
            table.add([
                summary.reference.description, summary.standing == .current ? "*" : "", summary.task,
                String(summary.parameters), Table.size(summary.bytes), SummaryText.day(summary.created),
                entry.origin.rawValue, SummaryText.figures(summary.metrics),
            ])
        }
        Output.write(table.text)
    }
}
