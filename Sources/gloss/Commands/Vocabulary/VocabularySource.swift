import ArgumentParser

/// A vocabulary in a file or in a model.
struct VocabularySource: ParsableArguments {
    @Option(help: ArgumentHelp("Take the vocabulary of this model: NAME or NAME:VERSION.", valueName: "model"))
    var model: String?

    @OptionGroup var store: StoreOptions

    @Argument(
        help: ArgumentHelp("The vocabulary; standard input if neither file nor model is given.", valueName: "file"))
    var file: String?

    func validate() throws {
        if model != nil, file != nil { throw ValidationError("give a file or --model, not both") }
    }

    /// Reads it.
    func read() throws -> VocabularyFile {
        if let model { return VocabularyFile(try store.model(model).model) }
        return try VocabularyFile(path: file ?? "-")
    }
}
