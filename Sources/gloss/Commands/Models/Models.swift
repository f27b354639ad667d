import ArgumentParser

/// `gloss models`.
struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists, shows, copies, shrinks and checks the models of a store.",
        discussion: """
            Examples:
              gloss models list
              gloss models show sentiment
              gloss models export mine:3 mine.sqlite
              gloss models rollback mine
              gloss models quantize mine --dev dev.tsv
            """,
        subcommands: [
            ModelsList.self, ModelsShow.self, ModelsCopy.self, ModelsRemove.self, ModelsExport.self,
            ModelsImport.self, ModelsVerify.self, ModelsRollback.self, ModelsQuantize.self,
        ])
}
