import ArgumentParser
import GlossNN
import GlossPipeline
import GlossStore
import GlossText

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
        if let model { return try VocabularyFile(store.model(model).model) }
        return try VocabularyFile(path: file ?? "-")
    }

    /// The words of `model` and their vectors, [words, features]; throws for a model of subwords.
    func vectors() throws -> (Vocabulary, Tensor) {
        let name = model ?? ""
        let model = try store.version(name).model()
        if let encoder = model.pretrainedEncoder { return (encoder.lexicon.words, encoder.reader.words.table.value) }
        switch model {
        case .generate(let model):
            guard case .words(let words) = model.codec else {
                throw CommandError(
                    ExitStatus.data, "the model \(name) reads subwords and has no vectors of words; name another model")
            }
            return (words, model.network.words.table.value)
        case .vectors(let model): return (model.words, model.table.value)
        case .classify, .number, .tag, .tokenize, .pretrain: throw VocabularyFile.noVocabulary
        }
    }
}
