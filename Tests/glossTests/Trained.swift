import Foundation
import Testing

/// Small models, trained once by the command itself on `corpora/`: each in a second or two.
final class Trained: Sendable {
    /// The store that holds `sentiment`, `stars`, `tagger`, `names`, `roles` and `generator`.
    let store: String
    private let folder: TemporaryFolder

    /// All of them; made by the first test that asks.
    static let models: Result<Trained, any Error> = {
        // What is static is never let go: the folder goes with the process.
        atexit {
            if case .success(let made) = Trained.models {
                try? FileManager.default.removeItem(atPath: made.folder.path)
            }
        }
        return Result { try Trained() }
    }()

    /// Sizes that learn a few hundred sentences quickly.
    static let small = settings([
        "model.encoder.stack.hidden=16", "model.encoder.wordFeatures=16", "model.encoder.inputDropout=0.1",
        "model.encoder.outputDropout=0", "model.encoder.stack.dropout=0", "training.batchTokens=200",
        "training.optimizer.rate=2e-2", "training.patience=0",
    ])

    static func settings(_ values: [String]) -> [String] { values.flatMap { ["--set", $0] } }

    /// The same for tags; and names that are sure enough to have a say in each other.
    static let words = settings([
        "training.epochs=12", "model.encoder.wordDropout=0", "model.encoder.characterHidden=8",
        "model.vocabulary.minimumCount=1",
    ])
    static let names = settings(["training.epochs=40", "model.head.consistency=3"])

    /// Arguments that train `model` on a folder's `train` and `dev` files.
    static func training(_ task: String, _ model: String, _ data: String, _ type: String, _ more: [String]) -> [String]
    {
        let files = ["train", "dev"].flatMap { ["--\($0)", Command.file("corpora/\(data)/\($0).\(type)")] }
        return ["train", task, "--model", model] + files + small + more
    }

    private init() throws {
        folder = try TemporaryFolder()
        store = folder.file("models.sqlite")
        let few = Trained.settings(["training.epochs=6", "training.ngrams.bucketBits=12"])
        let text = Trained.settings([
            "training.epochs=3", "model.vocabulary.maximumSize=500", "training.stream.columns=8",
            "training.stream.steps=32",
        ])
        let roles = [
            "--column", "predicate=2", "--column", "tag=3", "--set", "model.encoder.columns=[\"predicate\"]",
        ]
        let runs = [
            Trained.training("classify", "sentiment", "sentiment", "tsv", few),
            ["train", "classify", "--target", "number", "--model", "stars"]
                + ["--train", Command.file("corpora/sentiment/stars.tsv")] + Trained.small + few,
            Trained.training("tag", "tagger", "tagging", "conllu", Trained.words),
            Trained.training("tag", "names", "spans", "conll", Trained.words + Trained.names),
            Trained.training("tag", "roles", "roles", "conll", Trained.words + roles),
            Trained.training("generate", "generator", "prose", "txt", text),
        ]
        for arguments in runs {
            let result = try Command.run(arguments, store: store)
            try #require(result.status == 0, "\(arguments): \(result.errors)")
        }
    }
}
