import Foundation
import GlossStore
import Testing

/// `gloss train … --search`: what is tried, kept and stored.
@Suite struct SearchTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("models.sqlite")
    }

    private func file(_ search: String, hidden: String = "[4, 6, 8]") throws -> String {
        try folder.write("search.toml", "[search]\n\(search)\n[space]\n\"model.encoder.stack.hidden\" = \(hidden)\n")
    }

    private func arguments(_ task: String, epochs: Int = 3, _ search: String, _ more: [String] = []) -> [String] {
        let data = [
            "classify": ("sentiment", "tsv"), "tag": ("spans", "conll"), "generate": ("prose", "txt"),
            "tokenize": ("tagging", "conllu"),
        ][task]
        let settings = Trained.settings([
            "training.epochs=\(epochs)", "training.ngrams.order=0", "model.encoder.characterHidden=8",
            "model.vocabulary.maximumSize=400", "training.stream.columns=8", "training.stream.steps=32",
        ])
        return Trained.training(task, "mine", data?.0 ?? "", data?.1 ?? "", settings + ["--search", search] + more)
    }

    private func version(_ store: String) throws -> ModelVersion {
        try ModelStore(path: store, mode: .readOnly).load(ModelReference(parsing: "mine"))
    }

    @Test(arguments: [("classify", 0), ("tag", 2), ("generate", 2), ("tokenize", 2)])
    func theBestOfAllIsStored(task: String, folds: Int) throws {
        let result = try Command.run(arguments(task, try file("folds = \(folds)")), store: store)
        try #require(result.status == 0, "\(result.errors)")
        let rows = result.lines.dropFirst().prefix(3)
        #expect(result.lines.first?.hasPrefix("rank  ") == true && rows.map { $0.first } == ["1", "2", "3"])
        let best = try #require(rows.first?.split(separator: " ").last)
        #expect(["hidden=4", "hidden=6", "hidden=8"].contains(best))
        #expect(rows.allSatisfy { $0.contains(" ± ") == (folds > 0) })
        #expect(result.errors.split(separator: "\n").filter { $0.hasPrefix("trial ") }.count == 4)
        let shown = try Command.run(["models", "show", "--config", "mine"], store: store)
        #expect(shown.output.contains(best.replacing("=", with: " = ")), "\(shown.output)")
        let again = try Command.run(arguments(task, try file("folds = \(folds)"), ["--resume"]), store: store)
        #expect(again.status == 69, "a finished search leaves nothing to resume")
    }

    @Test func theExampleOfTheDocsIsASearch() throws {
        let files = ["train", "dev"].flatMap { ["--\($0)", Command.file("corpora/topics/\($0).tsv")] }
        let result = try Command.run(
            ["train", "classify", "--config", Command.file("docs/examples/topics.toml"), "--model", "topics"] + files
                + ["--search", Command.file("docs/examples/topics-search.toml")]
                + Trained.settings(["training.epochs=1", "training.ngrams.order=0"]), store: store)
        #expect(result.status == 0 && result.lines.count == 11, "\(result.errors)")
    }

    @Test func theExampleOfTheHelpIsASearch() throws {
        let help = try Command.run(["train", "tag", "--help"]).output
        let example = help.split(separator: "\n").drop { !$0.hasSuffix("[search]") }.prefix { !$0.hasPrefix("USAGE") }
        let file = try folder.write(
            "help.toml", example.joined(separator: "\n").replacing(/folds = 0/, with: "folds = 900"))
        let data = ["--train", Command.file("corpora/spans/train.conll"), "--model", "x"]
        let result = try Command.run(["train", "tag", "--search", file] + data, store: store)
        #expect(result.status == 78 && result.errors.contains("search.folds = 900"), "\(result.errors)")
    }

    @Test func aKilledSearchGoesOnToTheSameModelOnAnyThreads() throws {
        let search = try file("trials = 4", hidden: "{ from = 4, to = 40 }")
        let long = arguments("classify", epochs: 9, search, ["--checkpoint-every", "0.01"])
        let run = try Command.start(long + ["--threads", "2"], store: store)
        #expect(run.waits(for: "trial 2/4"))
        kill(run.process.processIdentifier, SIGKILL)
        #expect(run.result().status == SIGKILL)
        let other = try file("trials = 4\nseed = 2", hidden: "{ from = 4, to = 40 }")
        let refused = try Command.run(arguments("classify", epochs: 9, other, ["--resume"]), store: store)
        #expect(refused.status == 65 && refused.errors.contains("another configuration"), "\(refused.errors)")
        _ = try file("trials = 4", hidden: "{ from = 4, to = 40 }")
        let resumed = try Command.run(long + ["--resume", "--threads", "1"], store: store)
        try #require(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.errors.contains("of 5 runs of the search are known already"))
        #expect(!resumed.errors.contains("trial 1/4  epochs 3") && !resumed.errors.contains("trial 2/4  epochs 3"))
        let whole = folder.file("other.sqlite")
        let once = try Command.run(long, store: whole)
        try #require(once.status == 0, "\(once.errors)")
        #expect(try version(store).tensors == version(whole).tensors)
        #expect(try version(store).metrics == version(whole).metrics)
        func ranks(_ result: Command.Result) -> [[Substring]] {
            // All but the seconds.
            result.lines.dropFirst().prefix(4).map { line in
                let cells = line.split(separator: " ")
                return Array(cells[..<3] + cells[4...])
            }
        }
        #expect(ranks(resumed) == ranks(once))
    }

    @Test func aStoppedSearchAndItsTrainingGoOn() throws {
        let long = arguments("tag", epochs: 60, try file("trials = 2\nhalving = 1"), ["--resume-or-start"])
        let run = try Command.start(long, store: store)
        #expect(run.waits(for: "trial 1/2"))
        run.process.interrupt()
        let stopped = run.result()
        #expect(stopped.status == 75 && stopped.errors.contains("--resume"), "\(stopped.errors)")
        let second = try Command.start(long, store: store)
        #expect(second.waits(for: "epoch 2 "))
        #expect(!second.errors.contains("trial 1/2"))
        second.process.terminate()
        #expect(second.result().status == 75)
        let third = try Command.run(long, store: store)
        try #require(third.status == 0, "\(third.errors)")
        #expect(!third.errors.contains("trial ") && !third.errors.contains("epoch 1 "))
    }

    @Test func aBudgetEndsTheSearchAndNotTheTraining() throws {
        let search = try file("trials = 200\nbudget = 0.5\nhalving = 1", hidden: "{ from = 4, to = 400 }")
        let result = try Command.run(arguments("classify", search), store: store)
        if result.status == 0 {
            #expect((3...200).contains(result.lines.count))
            #expect(result.lines.last?.hasPrefix("mine:1") == true)
        } else {
            // A machine so busy that not one trial ended in half a second.
            #expect(result.status == 78 && result.errors.contains("search.budget"), "\(result.errors)")
        }
    }

    @Test func whatIsWrongIsOneLineBeforeAnythingIsTrained() throws {
        let wrong: [(String, String, Int32, String)] = [
            ("trails = 3", "[4]", 78, "search.trails"), ("", "[]", 78, "model.encoder.stack.hidden"),
            ("", "{ from = 9, to = 4 }", 78, "from 9.0"), ("folds = 5000", "[4]", 78, "search.folds = 5000"),
        ]
        for (search, hidden, status, reason) in wrong {
            let result = try Command.run(arguments("classify", try file(search, hidden: hidden)), store: store)
            #expect(result.status == status && result.errors.contains(reason), "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1)
        }
        #expect(try Command.run(arguments("classify", folder.file("no.toml")), store: store).status == 66)
        let baseline = try Command.run(arguments("classify", try file(""), ["--baseline"]), store: store)
        #expect(baseline.status == 64 && baseline.errors.contains("--search"))
    }

    /// Trials that differ by their rate alone: the state of one is none of another's.
    @Test func aKilledTrialIsNotGoneOnWithByTheNext() throws {
        let search = try folder.write(
            "rates.toml", "[search]\nhalving = 1\n[space]\n\"training.optimizer.rate\" = [0.05, 1e-7]\n")
        let settings = Trained.settings(["training.epochs=100", "training.ngrams.order=0"])
        let long = Trained.training("classify", "mine", "sentiment", "tsv", settings + ["--search", search])
        func figures(_ result: Command.Result) -> [String] {
            result.lines.dropFirst().prefix(2).map {
                $0.split(separator: " ").dropFirst().prefix(2).joined(separator: " ")
            }
        }
        let run = try Command.start(long + ["--checkpoint-every", "0.3"], store: store)
        #expect(run.waits(for: "trial 1/2"))
        kill(run.process.processIdentifier, SIGKILL)
        #expect(run.result().status == SIGKILL)
        let resumed = try Command.run(long + ["--resume"], store: store)
        try #require(resumed.status == 0, "\(resumed.errors)")
        let once = try Command.run(long, store: folder.file("other.sqlite"))
        #expect(figures(resumed) == figures(once), "\(resumed.output) \(once.output)")
    }
}
