import ArgumentParser
import GlossStore

/// `gloss models export`.
struct ModelsExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes models to a new file that is itself a store.",
        discussion: """
            Examples:
              gloss models export mine mine.sqlite
              gloss models export sentiment tagger:2 both.sqlite
            """)

    @OptionGroup var store: StoreOptions

    @Argument(
        help: ArgumentHelp("One or several models, NAME or NAME:VERSION, and the new file.", valueName: "model … file"))
    var modelsAndFile: [String]

    func validate() throws {
        if modelsAndFile.count < 2 { throw ValidationError("give the model and then the file to write") }
    }

    func run() throws {
        let references = try modelsAndFile.dropLast().map { try ModelReference(parsing: $0) }
        let catalog = try StoreCatalog(paths: StorePaths(store: store.store))
        let exact = try references.map { try catalog.summary($0).summary.reference }
        if let twice = exact.indices.first(where: { exact[..<$0].contains(exact[$0]) }) {
            throw CommandError(ExitStatus.usage, "\(exact[twice]) is named twice; name each version once")
        }
        let stores = try references.map { try catalog.find($0) }
        guard let first = stores.first, let file = modelsAndFile.last else { return }
        guard stores.allSatisfy({ $0 === first }) else {
            throw CommandError(
                ExitStatus.usage, "the models stand in two stores; export those of each to a file of its own")
        }
        try first.export(references, to: file)
    }
}
