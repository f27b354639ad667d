import Foundation
import Testing

/// Each configuration of `docs/examples` learns its data.
@Suite struct ExamplesTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("models.sqlite")
    }

    /// Trains with an example's configuration and measures the model on what it has read.
    private func learn(
        _ example: String, _ task: [String], train: String, dev: String, more: [String] = [],
        environment: [String: String] = [:]
    ) throws -> [String: Double] {
        let config = Command.file("docs/examples/\(example).toml")
        let training = try Command.run(
            ["train"] + task + ["--config", config, "--train", train, "--dev", dev, "--model", "example"] + more,
            store: store, environment: environment)
        try #require(training.status == 0, "\(training.errors)")
        let result = try Command.run(["evaluate", "--model", "example", "--json"] + more + [train], store: store)
        try #require(result.status == 0, "\(result.errors)")
        let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        return object.compactMapValues { $0 as? Double }
    }

    private func corpus(_ path: String) -> String { Command.file("corpora/" + path) }

    @Test func aPlainNetworkPredictsTheNextWord() throws {
        let figures = try learn(
            "next-word", ["generate"], train: corpus("prose/train.txt"), dev: corpus("prose/dev.txt"))
        // 604 symbols, whose frequencies alone give a perplexity of 141.
        #expect(try #require(figures["perplexity"]) < 100)
    }

    @Test func aPlainNetworkSaysYesOrNoAtEveryStep() throws {
        let files = try ["train", "dev"].map { name in
            let text = try String(contentsOfFile: corpus("spans/\(name).conll"), encoding: .utf8)
            return try folder.write("\(name).conll", text.replacing(/\ [BI]-.*/, with: " NAME"))
        }
        let figures = try learn("binary-steps", ["tag"], train: files[0], dev: files[1])
        // 81 of 100 words are no part of a name.
        #expect(try #require(figures["tag"]) > 0.97)
    }

    @Test(arguments: ["stars-rnn", "stars-lstm"])
    func aNumberIsLearned(example: String) throws {
        let stars = corpus("sentiment/stars.tsv")
        let figures = try learn(example, ["classify", "--target", "number"], train: stars, dev: stars)
        // Saying the mean always has a mean squared error of about 1.6.
        #expect(try #require(figures["mean_squared_error"]) < 0.2)
        #expect(try #require(figures["pearson"]) > 0.95)
    }

    @Test func theLastStateOfAPlainNetworkGivesTheClass() throws {
        let figures = try learn(
            "sentiment-rnn", ["classify"], train: corpus("sentiment/train.tsv"), dev: corpus("sentiment/dev.tsv"))
        #expect(try #require(figures["accuracy"]) > 0.9)
    }

    @Test func whatShipsIsTrainedFurther() throws {
        let dev = corpus("sentiment/dev.tsv"), shipped = ["GLOSS_SHIPPED": Command.file("models/gloss.sqlite")]
        func accuracy(_ model: String) throws -> Double {
            let result = try Command.run(
                ["evaluate", "--model", model, "--json", dev], store: store, environment: shipped)
            let object = try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any]
            return try #require(object?["accuracy"] as? Double, "\(result.errors)")
        }
        _ = try learn(
            "sentiment-further", ["classify"], train: corpus("sentiment/train.tsv"), dev: dev, environment: shipped)
        // A new layer on the same words and states has 0.71 after as many steps, what ships 0.89.
        #expect(try accuracy("example") >= accuracy("sentiment"))
    }

    @Test func topicsAreTold() throws {
        let figures = try learn(
            "topics", ["classify"], train: corpus("topics/train.tsv"), dev: corpus("topics/dev.tsv"))
        #expect(try #require(figures["accuracy"]) > 0.95)
        let dev = try Command.run(["evaluate", "--model", "example", "--json", corpus("topics/dev.tsv")], store: store)
        let object = try JSONSerialization.jsonObject(with: dev.outputBytes) as? [String: Any]
        // Chance is 0.2.
        #expect(try #require(object?["accuracy"] as? Double) > 0.5)
    }

    @Test func topicsAreToldBetterByWhatAnotherModelKnows() throws {
        _ = try learn(
            "topics-transfer", ["classify"], train: corpus("topics/train.tsv"), dev: corpus("topics/dev.tsv"),
            environment: ["GLOSS_SHIPPED": Command.file("models/gloss.sqlite")])
        let dev = try Command.run(["evaluate", "--model", "example", "--json", corpus("topics/dev.tsv")], store: store)
        let object = try JSONSerialization.jsonObject(with: dev.outputBytes) as? [String: Any]
        // From the examples alone no seed of five has more than 0.69, from there none less than 0.87.
        #expect(try #require(object?["accuracy"] as? Double) > 0.75)
    }

    @Test func rolesDependOnThePredicate() throws {
        let columns = ["--column", "predicate=2", "--column", "tag=3"]
        let figures = try learn(
            "roles", ["tag"], train: corpus("roles/train.conll"), dev: corpus("roles/dev.conll"), more: columns)
        #expect(try #require(figures["span_f1"]) > 0.9)
        let dev = try Command.run(
            ["evaluate", "--model", "example", "--json"] + columns + [corpus("roles/dev.conll")], store: store)
        let object = try JSONSerialization.jsonObject(with: dev.outputBytes) as? [String: Any]
        #expect(try #require(object?["span_f1"] as? Double) > 0.5)
    }
}
