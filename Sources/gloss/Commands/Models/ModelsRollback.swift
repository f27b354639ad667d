import ArgumentParser
import GlossStore

/// `gloss models rollback`.
struct ModelsRollback: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Makes a name mean an earlier version again.",
        discussion: """
            Later versions stay in the store; the next training becomes current again.

            Examples:
              gloss models rollback mine
              gloss models rollback mine:2
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("NAME for the version before, or NAME:VERSION.", valueName: "model"))
    var model: String

    func run() throws {
        let now = try store.existingStore().rollback(ModelReference(parsing: model))
        Output.write("\(now.name) is \(now)\n")
    }
}
