import ArgumentParser
import GlossStore

/// `gloss models verify`.
struct ModelsVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads everything and checks every checksum, changing nothing.",
        discussion: """
            Examples:
              gloss models verify
              gloss models verify sentiment
              gloss models verify --store other.sqlite
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("One model; without it both stores whole.", valueName: "model"))
    var model: String?

    func run() throws {
        let catalog = try StoreCatalog(paths: StorePaths(store: store.store))
        let reference = try model.map { try ModelReference(parsing: $0) }
        let stores = try reference.map { [try catalog.find($0)] } ?? [catalog.user, catalog.shipped].compactMap { $0 }
        if let path = store.store, catalog.user == nil {
            throw CommandError(ExitStatus.unavailable, "there is no store at \(path); name one that is there")
        }
        guard !stores.isEmpty else {
            throw CommandError(ExitStatus.unavailable, "there is no store yet; train or import a model")
        }
        var count = 0
        for store in stores {
            let problems = try store.verify(reference)
            for problem in problems { Diagnostics.warn("error: \(problem)") }
            if problems.isEmpty { Output.write("\(store.path): all is well\n") }
            count += problems.count
        }
        if count > 0 {
            throw CommandError(
                ExitStatus.data, "\(count) \(count == 1 ? "problem" : "problems") found; restore the store from a copy")
        }
    }
}
