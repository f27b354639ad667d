import ArgumentParser
import Foundation
import GlossStore

/// `gloss models import`.
struct ModelsImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes models from another store into yours.",
        discussion: """
            Examples:
              gloss models import mine.sqlite
              gloss models import both.sqlite tagger:2 --as tags
            """)

    @Option(name: .customLong("as"), help: ArgumentHelp("The name in your store.", valueName: "name"))
    var name: String?

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The other store.", valueName: "file"))
    var file: String

    @Argument(help: ArgumentHelp("The model to take; without it the current version of each.", valueName: "model"))
    var model: String?

    func run() throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandError(ExitStatus.noInput, "\(file) does not exist; check the path")
        }
        // First, so that nothing is made where there is nothing to take.
        let source = try ModelStore(path: file, mode: .readOnly)
        let chosen = try source.versions(model.map { try ModelReference(parsing: $0) })
        for saved in try store.userStore().import(chosen, from: source, as: name) { Output.write("\(saved)\n") }
    }
}
