import ArgumentParser
import GlossStore

/// `gloss models copy`.
struct ModelsCopy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copies a model to another name in your store.",
        discussion: """
            A model that ships with Gloss is copied into your store.

            Examples:
              gloss models copy sentiment mine
              gloss models copy mine:2 mine-before
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model: String

    @Argument(help: ArgumentHelp("The name of the copy.", valueName: "name"))
    var name: String

    func run() throws {
        var version = try store.version(model)
        version.name = try ModelReference(name: name).name
        let number = try store.userStore().save(version)
        Output.write("\(name):\(number)\n")
    }
}
