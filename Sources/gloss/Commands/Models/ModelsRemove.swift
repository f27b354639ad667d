import ArgumentParser
import GlossStore

/// `gloss models remove`.
struct ModelsRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes one version of a model, or the model with all its versions.",
        discussion: """
            Examples:
              gloss models remove mine:2
              gloss models remove mine
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("NAME:VERSION for one version, NAME for all.", valueName: "model"))
    var model: String

    func run() throws {
        let reference = try ModelReference(parsing: model)
        for removed in try store.existingStore().remove(reference) { Output.write("removed \(removed)\n") }
    }
}
