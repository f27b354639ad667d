import Foundation
import GlossStore
import GlossTestSupport
import Testing

/// `gloss train`: what a run leaves behind, whatever happens to it.
@Suite struct TrainTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("models.sqlite")
    }

    private func arguments(_ task: String, epochs: Int = 3, _ more: String...) -> [String] {
        let data = ["classify": ("sentiment", "tsv"), "tag": ("spans", "conll"), "generate": ("prose", "txt")][task]
        let settings = Trained.settings([
            "training.epochs=\(epochs)", "training.ngrams.bucketBits=10", "model.encoder.characterHidden=8",
            "model.vocabulary.maximumSize=400", "training.stream.columns=8", "training.stream.steps=32",
        ])
        return Trained.training(task, "mine", data?.0 ?? "", data?.1 ?? "", settings + more)
    }

    private func tensors(_ reference: String, store: String? = nil) throws -> [StoredTensor] {
        try ModelStore(path: store ?? self.store, mode: .readOnly).load(ModelReference(parsing: reference)).tensors
    }

    @Test(arguments: ["classify", "tag", "generate"])
    func theSameSeedGivesTheSameModelOnAnyThreads(task: String) throws {
        for more in [["--threads", "1"], ["--threads", "2"], ["--set", "training.seed=2"]] {
            let result = try Command.run(arguments(task) + more, store: store)
            try #require(result.status == 0, "\(result.errors)")
        }
        #expect(try tensors("mine:1") == tensors("mine:2"))
        #expect(try tensors("mine:1") != tensors("mine:3"))
    }

    @Test(arguments: ["classify", "tag", "generate"])
    func aKilledRunGoesOnToTheSameModel(task: String) throws {
        let long = arguments(task, epochs: 25, "--checkpoint-every", "0.01")
        let run = try Command.start(long, store: store)
        #expect(run.waits(for: "epoch 3 "))
        kill(run.process.processIdentifier, SIGKILL)
        let killed = run.result()
        #expect(killed.status == SIGKILL && run.process.terminationReason == .uncaughtSignal)
        // What a log shows while nothing is measured.
        #expect(killed.errors.contains(/epoch [0-9]+\/25  batch [0-9]+\/[0-9]+  loss .* left, state kept/))
        #expect(try Command.run(["models", "list"], store: store).output.isEmpty)
        let resumed = try Command.run(long + ["--resume"], store: store)
        try #require(resumed.status == 0, "\(resumed.errors)")
        #expect(!resumed.errors.contains("epoch 1 "))
        let other = folder.file("other.sqlite")
        #expect(try Command.run(long, store: other).status == 0)
        #expect(try tensors("mine") == tensors("mine", store: other))
        let again = try Command.run(long + ["--resume"], store: store)
        #expect(again.status == 69, "a finished run leaves nothing to resume")
    }

    @Test func whatIsPretrainedIsStartedFromAndMeasured() throws {
        let text = Command.file("corpora/prose/train.txt")
        let language = try Command.run(
            [
                "train", "pretrain", "--train", text, "--model", "language", "--set", "model.encoder.wordFeatures=8",
                "--set", "model.encoder.base.hidden=8", "--set", "model.encoder.characterHidden=4", "--set",
                "model.vocabulary.minimumCount=2", "--set", "training.epochs=1", "--set", "training.stream.samples=50",
            ], store: store)
        try #require(language.status == 0, "\(language.errors)")
        let measured = try Command.run(["evaluate", "--model", "language", "--json", text], store: store)
        #expect(measured.status == 0 && measured.output.contains("\"forward_perplexity\":"), "\(measured.errors)")
        for task in ["classify", "tag"] {
            let result = try Command.run(
                arguments(task, epochs: 1, "--set", "training.pretrained=language"), store: store)
            #expect(result.status == 0, "\(result.errors)")
            let names = try tensors("mine").map(\.name)
            #expect(names.contains("network.encoder.base.forward.0.inputWeight"))
        }
        // What was trained from it is started from in its turn.
        let next = try Command.run(arguments("classify", epochs: 1, "--set", "training.pretrained=mine"), store: store)
        #expect(next.status == 0, "\(next.errors)")
        #expect(try tensors("mine").map(\.name).contains("network.encoder.base.forward.0.inputWeight"))
        let generator = try Command.run(
            arguments("generate", epochs: 1, "--set", "training.pretrained=mine"), store: store)
        #expect(generator.status == 78 && generator.errors.contains("training.pretrained"), "\(generator.errors)")
        let wrong = try Command.run(["tag", "--model", "language"], store: store)
        #expect(wrong.status == 64 && wrong.errors.contains("training.pretrained"))
        let both = try Command.run(
            arguments("tag", epochs: 1, "--set", "training.pretrained=language", "--set", "training.vectors=x"),
            store: store)
        #expect(both.status == 78 && both.errors.contains("training.pretrained"), "\(both.status) \(both.errors)")
    }

    @Test func aGeneratorIsTrainedFurther() throws {
        #expect(try Command.run(arguments("generate", epochs: 1), store: store).status == 0)
        let further = try Command.run(
            arguments("generate", epochs: 1, "--set", "training.pretrained=mine"), store: store)
        try #require(further.status == 0, "\(further.errors)")
        let idle = try Command.run(
            arguments("generate", epochs: 1, "--set", "training.pretrained=mine", "--set", "training.continues=true"),
            store: store)
        #expect(idle.status == 64 && idle.errors.contains("training.continues"), "\(idle.errors)")
        func perplexity(_ version: Int) throws -> Double {
            try #require(
                ModelStore(path: store, mode: .readOnly).load(ModelReference(parsing: "mine:\(version)")).metrics[
                    "perplexity"])
        }
        #expect(try perplexity(2) < perplexity(1))
    }

    @Test(arguments: ["classify", "tag"]) func aModelIsTrainedFurtherAsAWhole(task: String) throws {
        let further = ["--set", "training.pretrained=mine", "--set", "training.continues=true"]
        try #require(Command.run(arguments(task, epochs: 4), store: store).status == 0)
        // At no rate to speak of it answers as before; a new layer would have to learn.
        let result = try Command.run(
            arguments(task, epochs: 1, "--set", "training.optimizer.rate=1e-12") + further, store: store)
        try #require(result.status == 0, "\(result.errors)")
        func weights(_ version: Int) throws -> [Float] {
            try tensors("mine:\(version)").filter { $0.name.contains("stack") || $0.name.contains("head") }.flatMap {
                tensor in
                tensor.data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
            }
        }
        let (before, after) = (try weights(1), try weights(2))
        #expect(before.count == after.count && zip(before, after).allSatisfy { abs($0 - $1) < 1e-5 })
        let other = try Command.run(
            arguments(task == "tag" ? "classify" : "tag", epochs: 1) + further, store: store)
        #expect(other.status == 78 && other.errors.contains("training.pretrained"), "\(other.errors)")
        let none = try Command.run(arguments(task, epochs: 1, "--set", "training.continues=true"), store: store)
        #expect(none.status == 78 && none.errors.contains("training.pretrained"), "\(none.errors)")
    }

    @Test func vectorsAreLearnedExportedAndStartedFrom() throws {
        let text = Command.file("corpora/prose/train.txt")
        let words = try Command.run(
            [
                "train", "vectors", "--train", text, "--model", "words", "--set", "model.encoder.wordFeatures=8",
                "--set",
                "training.skipGram.bucketBits=6", "--set", "training.epochs=1",
            ], store: store)
        try #require(words.status == 0, "\(words.errors)")
        let file = folder.file("words.txt")
        #expect(
            try Command.run(["vocabulary", "export", "--vectors", "--model", "words", "--output", file], store: store)
                .status == 0)
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "\(lines.count - 1) 8")
        #expect(lines.dropFirst().allSatisfy { $0.split(separator: " ").count == 9 })
        for source in ["words", file] {
            let more = ["--set", "training.vectors=\(source)", "--set", "model.encoder.wordFeatures=8"]
            let result = try Command.run(arguments("classify", epochs: 1) + more, store: store)
            #expect(result.status == 0, "\(result.errors)")
        }
        #expect(try tensors("mine:1") == tensors("mine:2"))
        let wrong = try Command.run(["classify", "--model", "words"], store: store)
        #expect(wrong.status == 64 && wrong.errors.contains("training.vectors"))
    }

    @Test func aServiceThatIsStartedAgainGoesOn() throws {
        let long = arguments("tag", epochs: 25, "--checkpoint-every", "0.01", "--resume-or-start")
        let run = try Command.start(long, store: store)
        #expect(run.waits(for: "epoch 3 "), "without a kept state it begins")
        run.process.terminate()
        #expect(run.result().status == 75)
        let resumed = try Command.run(long, store: store)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(!resumed.errors.contains("epoch 1 "))
        #expect(try Command.run(long + ["--resume"], store: store).status == 64)
    }

    @Test func theBaselineIsMeasuredAndNotStored() throws {
        let result = try Command.run(arguments("classify") + ["--baseline"], store: store)
        #expect(result.status == 0 && result.output.hasPrefix("baseline  accuracy 0."), "\(result.errors)")
        #expect(try Command.run(["models", "list"], store: store).output.isEmpty)
        #expect(try Command.run(arguments("tag") + ["--baseline"], store: store).status == 64)
    }

    /// What the shipped models know helps a network of English words alone.
    @Test(arguments: [("en", "words", true), ("de", "words", false), ("en", "characters", false)])
    func aNetworkThatLosesIsToldWhatHelps(language: String, kind: String, helps: Bool) throws {
        let result = try Command.run(
            arguments(
                "classify", epochs: 1, "--set", "training.optimizer.rate=1e-9", "--set",
                "model.tokenizer.language=\(language)", "--set", "model.tokenizer.kind=\(kind)"), store: store)
        #expect(result.status == 0 && result.errors.contains("does not reach the baseline"), "\(result.errors)")
        #expect(result.errors.contains("training.pretrained=sentiment") == helps)
    }

    @Test func textsWithoutALabelAreLearnedFrom() throws {
        let texts = folder.file("texts.txt")
        try String(repeating: "zyzzyva is a word\n\n", count: 50).write(
            toFile: texts, atomically: true, encoding: .utf8)
        let result = try Command.run(arguments("classify", epochs: 1, "--unlabelled", texts), store: store)
        #expect(result.status == 0, "\(result.errors)")
        let words = try Command.run(["vocabulary", "export", "--model", "mine"], store: store).output
        #expect(words.contains("zyzzyva"))
        #expect(try Command.run(["models", "show", "mine"], store: store).output.contains("data        texts.txt"))
        for more in [["--baseline"], ["--target", "number"]] {
            let refused = try Command.run(arguments("classify", epochs: 1, "--unlabelled", texts) + more, store: store)
            #expect(refused.status == 64 && refused.errors.contains("--unlabelled"), "\(refused.errors)")
        }
        let missing = try Command.run(arguments("classify", epochs: 1, "--unlabelled", texts + "x"), store: store)
        #expect(missing.status == 66 && missing.errors.contains("texts.txtx"), "\(missing.status) \(missing.errors)")
    }

    @Test func twoTrainingsOfOneModelAreRefused() throws {
        let run = try Command.start(arguments("generate", epochs: 2000), store: store)
        #expect(run.waits(for: "epoch 1 "))
        let second = try Command.run(arguments("generate"), store: store)
        #expect(second.status == 75)
        #expect(second.errors.contains("mine"))
        run.process.interrupt()
        let stopped = run.result()
        #expect(stopped.status == 75)
        #expect(stopped.errors.contains("--resume"))
    }

    @Test func whoeverWritesToTheStoreIsWaitedFor() throws {
        let run = try Command.start(arguments("classify", epochs: 40, "--checkpoint-every", "0.01"), store: store)
        #expect(run.waits(for: "epoch 2 "))
        let other = try ModelStore(path: store, mode: .readWrite)
        var begun = false
        try other.saveCheckpoint(run: "other", step: 1, payload: Data(count: 1 << 20)) { _ in
            // The store is this process's until the call returns.
            if !begun { #expect(run.waits(for: "waiting for another process that writes to \(store)")) }
            begun = true
        }
        let result = run.result()
        #expect(begun && result.status == 0, "\(result.errors)")
        #expect(try !tensors("mine").isEmpty)
    }

    @Test func aLossThatIsNoNumberKeepsTheLastGoodState() throws {
        let wild = arguments(
            "tag", epochs: 3, "--set", "training.optimizer.rate=1e30", "--set", "training.optimizer.clip=0")
        let result = try Command.run(wild, store: store)
        #expect(result.status == 65, "\(result.errors)")
        #expect(result.errors.contains("not finite"))
        #expect(result.errors.firstMatch(of: /epoch [0-9]+, batch [0-9]+/) != nil)
        #expect(try ModelStore(path: store, mode: .readOnly).checkpoint(run: "mine") != nil)
        #expect(try Command.run(["models", "list"], store: store).output.isEmpty)
        // The remedy that the message names is accepted, though these weights are past saving.
        let tamed = arguments("tag", epochs: 3, "--set", "training.optimizer.rate=1e-3", "--resume")
        #expect(try Command.run(tamed, store: store).errors.contains("not finite"))
    }

    @Test func badDataIsNamedWithItsPlace() throws {
        let bad = try folder.write("bad.tsv", "label\ttext\npositive\tgood\nno tab\nnegative\tbad\n")
        let one = try folder.write("one.tsv", "label\ttext\npositive\tgood\npositive\tfine\n")
        let empty = try folder.write("empty.tsv", "")
        for (file, part) in [(bad, "bad.tsv:3"), (one, "positive"), (empty, "empty.tsv")] {
            let result = try Command.run(
                ["train", "classify", "--model", "m", "--train", file, "--dev", file], store: store)
            #expect(result.status == 65, "\(file): \(result.errors)")
            #expect(result.errors.contains(part), "\(result.errors)")
        }
        let skipped = try Command.run(
            ["train", "classify", "--model", "m", "--train", bad, "--dev", bad, "--skip-bad-lines"]
                + Trained.settings(["training.epochs=1", "model.vocabulary.minimumCount=1"]), store: store)
        #expect(skipped.status == 0, "\(skipped.errors)")
        #expect(skipped.errors.contains("skipped 2 malformed lines"))
    }

    @Test func evaluateMeasuresWhatWasStored() throws {
        #expect(try Command.run(arguments("classify"), store: store).status == 0)
        let dev = Command.file("corpora/sentiment/dev.tsv")
        let result = try Command.run(["evaluate", "--model", "mine", "--json", dev], store: store)
        let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        #expect(object["task"] as? String == "classify")
        #expect(object["examples"] as? Int == 80)
        let stored = try ModelStore(path: store, mode: .readOnly).summary(ModelReference(name: "mine")).metrics
        #expect(abs(try #require(stored["accuracy"]) - (object["accuracy"] as? Double ?? -1)) < 1e-6)
    }

    @Test(arguments: [
        ("sentiment", "sentiment/dev.tsv", "label", 2), ("tagger", "tagging/dev.conllu", "upos", 10),
        ("names", "spans/dev.conll", "tag", 2),
    ]) func evaluateTellsClassesApart(_ model: String, _ file: String, _ column: String, _ least: Int) throws {
        let trained = try Trained.models.get().store
        let arguments = ["evaluate", "--model", model, "--classes", Command.file("corpora/\(file)")]
        let result = try Command.run(arguments + ["--json"], store: trained)
        let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        let classes = try #require(object["classes"] as? [[String: Any]]).filter { $0["column"] as? String == column }
        #expect(classes.count >= least)
        let gold = classes.compactMap { $0["gold"] as? Int }.reduce(0, +)
        let right = classes.reduce(0.0) { $0 + ($1["recall"] as? Double ?? 0) * Double($1["gold"] as? Int ?? 0) }
        let confusions = try #require(object["confusions"] as? [[String: Any]])
        if let accuracy = object[column == "label" ? "accuracy" : "upos"] as? Double {
            #expect(abs(right / Double(gold) - accuracy) < 1e-5)
            let wrong = confusions.filter { $0["column"] as? String == column }.compactMap { $0["count"] as? Int }
            #expect(abs(Double(gold - wrong.reduce(0, +)) / Double(gold) - accuracy) < 1e-5)
        } else {
            #expect(abs(right / Double(gold) - (object["recall"] as? Double ?? -1)) < 1e-5 && confusions.isEmpty)
        }
        let shown = try Command.run(arguments, store: trained).output
        let heading = try #require(shown.split(separator: "\n").first { $0.hasPrefix(column + " ") })
        #expect(heading.hasSuffix("precision  recall  f1      gold  predicted"))
        #expect(shown.contains("taken for") == (column != "tag"))
    }

    @Test func namesAreMeasuredInSightOfTheirDocument() throws {
        let sentences =
            Array(repeating: "She O\nlives O\nin O\nArlen B-LOC\n. O\n", count: 5)
            + Array(repeating: "Arlen B-LOC\nwas O\ncold O\n. O\n", count: 5)
        let dev = try String(contentsOfFile: Command.file("corpora/spans/dev.conll"), encoding: .utf8)
        let one = try folder.write("one.conll", dev + "\n" + sentences.joined(separator: "\n"))
        let many = try folder.write("many.conll", dev + sentences.map { "\n-DOCSTART- O\n\n" + $0 }.joined())
        func recall(_ file: String) throws -> Double {
            let result = try Command.run(["evaluate", "--model", "names", "--json", file], store: store)
            let object = try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any]
            return try #require(object?["recall"] as? Double)
        }
        let train = Command.file("corpora/spans/train.conll")
        let training = ["train", "tag", "--model", "names", "--train", train, "--dev", one] + Trained.small
        let result = try Command.run(training + Trained.words + Trained.names, store: store)
        try #require(result.status == 0, "\(result.errors)")
        #expect(try recall(one) > recall(many), "each sentence by itself")
        let stored = try ModelStore(path: store, mode: .readOnly).summary(ModelReference(name: "names")).metrics
        #expect(abs(try #require(stored["recall"]) - recall(one)) < 1e-5, "training measures as evaluate does")
    }

    @Test func classesAreThoseOfLabelledTokens() throws {
        let trained = try Trained.models.get().store
        for (model, file, more, part) in [
            ("generator", "prose/dev.txt", [], "generate"), ("tagger", "tagging/dev.conllu", ["--raw"], "--raw"),
            // Said before the data is read.
            ("generator", "prose/missing.txt", [], "generate"),
        ] {
            let result = try Command.run(
                ["evaluate", "--model", model, "--classes", Command.file("corpora/\(file)")] + more, store: trained)
            #expect(result.status == 64 && result.output.isEmpty && result.errors.contains(part), "\(result.errors)")
        }
    }

    @Test func whatCannotBeMeasuredIsNamedWithItsFile() throws {
        let file = try folder.write("ratings.tsv", "label\ttext\npositive\tfine\nawkward\tso so\n")
        let trained = try Trained.models.get().store
        let named = try Command.run(["evaluate", "--model", "sentiment", file], store: trained)
        #expect(named.status == 65)
        #expect(named.errors.contains("\(file):3: the model does not know the label “awkward”"))
        let piped = try Command.run(
            ["evaluate", "--model", "sentiment"], input: "label\ttext\nawkward\tso so\n", store: trained)
        #expect(piped.errors.contains("standard input:2: "), "\(piped.errors)")
        let good = Command.file("corpora/sentiment/dev.tsv")
        let second = try Command.run(["evaluate", "--model", "sentiment", good, file], store: trained)
        #expect(second.status == 65 && second.errors.contains("\(file):3: "), "\(second.errors)")
    }

    @Test func evaluateRawCutsTheTextItself() throws {
        let trained = try Trained.models.get().store
        func figures(_ more: String...) throws -> [String: Double] {
            let dev = Command.file("corpora/tagging/dev.conllu")
            let result = try Command.run(["evaluate", "--model", "tagger", "--json", dev] + more, store: trained)
            let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
            return object.compactMapValues { $0 as? Double }
        }
        let gold = try figures(), raw = try figures("--raw")
        let words = try #require(raw["word_f1"])
        #expect(words > 0.9 && raw["token_f1"] != nil && raw["sentence_f1"] != nil)
        // A tag is right where its word is: hardly a tag more than on gold words.
        #expect(try #require(raw["upos_f1"]) <= min(words, try #require(gold["upos"]) + 0.01))
        let wrong = try Command.run(["evaluate", "--model", "sentiment", "--raw", "-"], store: trained)
        #expect(wrong.status == 64 && wrong.errors.contains("--raw"))
    }

    @Test(.enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a small disk"))
    func aFullDiskLosesNothing() throws {
        let disk = try TemporaryDisk(kilobytes: 300)
        let small = disk.file("models.sqlite")
        #expect(try Command.run(["models", "import", try exported()], store: small).status == 0)
        let result = try Command.run(
            arguments("classify", "--set", "model.encoder.wordFeatures=400"), store: small)
        #expect(result.status == 74, "\(result.errors)")
        #expect(try Command.run(["models", "verify"], store: small).status == 0)
        #expect(try Command.run(["models", "list"], store: small).output.contains("tiny:1"))
    }

    @Test(.enabled(if: TemporaryDisk.isAvailable, "only the superuser may mount a read-only disk"))
    func aReadOnlyStoreAnswersAndIsNotChanged() throws {
        let disk = try TemporaryDisk(kilobytes: 2000)
        let fixed = disk.file("models.sqlite")
        #expect(try Command.run(["models", "import", try exported()], store: fixed).status == 0)
        try disk.makeReadOnly()
        #expect(try Command.run(["classify", "--model", "tiny"], input: "Fine.\n", store: fixed).status == 0)
        for command in [arguments("classify"), ["models", "remove", "tiny"], ["models", "copy", "tiny", "x"]] {
            let result = try Command.run(command, store: fixed)
            #expect(result.status == 77, "\(command): \(result.errors)")
        }
    }

    /// A file with one small model named `tiny`.
    private func exported() throws -> String {
        let source = folder.file("source.sqlite"), file = folder.file("tiny.sqlite")
        let train = Trained.training(
            "classify", "tiny", "sentiment", "tsv",
            Trained.settings(["training.epochs=1", "training.ngrams.order=0", "model.vocabulary.maximumSize=100"]))
        try #require(try Command.run(train, store: source).status == 0)
        try #require(try Command.run(["models", "export", "tiny", file], store: source).status == 0)
        return file
    }

    /// What is learned from may not change on the way: a file's part, how it is read, or what is started from.
    @Test func aRunGoesOnWithItsOwnDataAlone() throws {
        let train = Command.file("corpora/spans/train.conll"), dev = Command.file("corpora/spans/dev.conll")
        let base = ["train", "tag", "--model", "mine"] + Trained.small + Trained.settings(["training.epochs=400"])
        let data = ["--train", train, "--dev", dev]
        let run = try Command.start(base + data, store: store)
        #expect(run.waits(for: "epoch 2 "))
        run.process.interrupt()
        #expect(run.result().status == 75)
        for other in [["--train", train, dev], ["--train", dev, "--dev", train], data + ["--skip-bad-lines"]] {
            let refused = try Command.run(base + other + ["--resume"], store: store)
            #expect(refused.status == 65 && refused.errors.contains("other data"), "\(other): \(refused.errors)")
        }
        let piped = try Command.run(base + ["--train", "-", "--resume"], store: store)
        #expect(piped.status == 64 && piped.errors.contains("standard input"), "\(piped.errors)")
        let again = try Command.start(base + data + ["--resume"], store: store)
        #expect(again.waits(for: "epoch 4 "))
        again.process.interrupt()
        #expect(again.result().status == 75)
    }

    @Test func aRunGoesOnFromTheVersionThatItStartedFrom() throws {
        let start = arguments("classify", epochs: 1)
        #expect(try Command.run(start, store: store).status == 0)
        let further = ["--set", "training.pretrained=mine", "--set", "training.continues=true"]
        let long = arguments("classify", epochs: 400).map { $0 == "mine" ? "further" : $0 } + further
        let run = try Command.start(long, store: store)
        #expect(run.waits(for: "epoch 2 "))
        run.process.interrupt()
        #expect(run.result().status == 75)
        #expect(try Command.run(start + ["--set", "training.seed=5"], store: store).status == 0)
        let refused = try Command.run(long + ["--resume"], store: store)
        #expect(refused.status == 65, "\(refused.errors)")
    }

    @Test func aClosedTerminalKeepsTheState() throws {
        let run = try Command.start(arguments("tag", epochs: 400), store: store)
        #expect(run.waits(for: "epoch 1 "))
        kill(run.process.processIdentifier, SIGHUP)
        let ended = run.result()
        #expect(ended.status == 75 && run.process.terminationReason == .exit, "\(ended.errors)")
    }

    /// As under nohup(1).
    @Test func aTrainingThatIgnoresItsTerminalGoesOn() throws {
        let process = Process(), errors = try folder.write("errors", "")
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let shell = ["-c", "trap '' HUP; exec \"$0\" \"$@\"", Command.executable]
        process.arguments = shell + arguments("tag", epochs: 12) + ["--store", store]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        while process.isRunning, try !String(contentsOfFile: errors, encoding: .utf8).contains("epoch 1 ") {
            usleep(2000)
        }
        kill(process.processIdentifier, SIGHUP)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    }

    @Test func aFewExamplesAreLearnedAndJudged() throws {
        let rows = (0..<8).map { "\($0 % 2 == 0 ? "a" : "b")\tnumber \($0)\n" }
        let few = try folder.write("few.tsv", "label\ttext\n" + rows.joined())
        let one = try folder.write("one.tsv", "label\ttext\n" + rows[0])
        let base = ["train", "classify", "--model", "few", "--train"]
        let result = try Command.run(base + [few] + Trained.settings(["training.epochs=2"]), store: store)
        #expect(result.status == 0, "\(result.errors)")
        // Without an example to judge by both would be zero.
        #expect(!(result.output.contains("accuracy 0.0000") && result.output.contains("log_loss 0.0000")))
        let refused = try Command.run(base + [one], store: store)
        #expect(refused.status == 65 && refused.errors.contains("--dev"), "\(refused.errors)")
        let line = try folder.write("line.txt", "one line alone\n")
        let text = try Command.run(["train", "generate", "--model", "few", "--train", line], store: store)
        #expect(text.status == 65 && text.errors.contains("one line is too little"), "\(text.errors)")
        let blank = try folder.write("blank.txt", "one line alone\r\n\r\n")
        #expect(try Command.run(["train", "generate", "--model", "few", "--train", blank], store: store).status == 65)
    }

    /// Lines end with CRLF as with LF; words have the same symbols, a text of byte pairs its own.
    @Test func linesMayEndWithCRLF() throws {
        let prose = try String(contentsOfFile: Command.file("corpora/prose/dev.txt"), encoding: .utf8)
        let lf = try folder.write("lf.txt", prose)
        let crlf = try folder.write("crlf.txt", prose.replacing("\n", with: "\r\n"))
        let words = Trained.small + Trained.settings(["training.epochs=1"]) + ["--tokenizer", "words"]
        for (model, file) in [("one", lf), ("two", crlf)] {
            let result = try Command.run(
                ["train", "generate", "--model", model, "--train", file] + words, store: store)
            try #require(result.status == 0, "\(result.errors)")
        }
        #expect(try tensors("one") == tensors("two"))
        func figure(_ name: String, _ file: String) throws -> Double {
            let result = try Command.run(["evaluate", "--model", "one", "--json", file], store: store)
            let object = try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any]
            return try #require(object?[name] as? Double)
        }
        #expect(try figure("tokens", lf) == figure("tokens", crlf))
        #expect(try figure("perplexity", lf) == figure("perplexity", crlf))
        let explained = try Command.run(["generate", "--model", "one", "--explain", "a\r\nb c"], store: store)
        let object = try JSONSerialization.jsonObject(with: explained.outputBytes) as? [String: Any]
        let tokens = try #require(object?["tokens"] as? [[String: Any]])
        #expect(tokens.map { $0["text"] as? String } == ["a", "\r\n", "b", "c"])
    }

    @Test func aPrecisionThatTheProcessorLacksIsNamed() throws {
        for (precision, isNamed) in [("bfloat16", true), ("float32", false)] {
            let result = try Command.run(
                arguments("generate", epochs: 1, "--set", "training.precision=\(precision)"), store: store,
                environment: ["GLOSS_ISA": "portable"])
            try #require(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("this processor lacks \(precision); float32 is faster here") == isNamed)
        }
    }

    @Test func optionsThatSayNothingOfTheDataAreRefused() throws {
        for (task, option) in [
            ("generate", ["--column", "2"]), ("generate", ["--skip-bad-lines"]),
            ("pretrain", ["--label-separator", "|"]),
            ("classify", ["--column", "2"]), ("tag", ["--label-separator", "|"]), ("tokenize", ["--column", "2"]),
        ] {
            let result = try Command.run(["train", task, "--train", "x", "--model", "y"] + option)
            #expect(result.status == 64 && result.errors.contains("says nothing of"), "\(task): \(result.errors)")
        }
    }

    /// The only example of a class is never held out, wherever it stands.
    @Test func whatIsHeldOutLeavesSomethingToLearnFrom() throws {
        var rows = (0..<40).map { "\($0 % 2 == 0 ? "a" : "b")\tnumber \($0)\n" }
        rows[9] = "c\tthe only one\n"
        let file = try folder.write("rare.tsv", "label\ttext\n" + rows.joined())
        let base = ["train", "classify", "--model", "rare", "--train", file]
        let result = try Command.run(base + Trained.settings(["training.epochs=1"]), store: store)
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try Command.run(["classify", "--model", "rare", "--format", "jsonl"], input: "x\n", store: store).output
                .contains(#""c":"#))
        let alone = try folder.write("alone.tsv", "label\ttext\na\tone\nb\ttwo\n")
        let refused = try Command.run(["train", "classify", "--model", "rare", "--train", alone], store: store)
        #expect(refused.status == 65 && refused.errors.contains("--dev"), "\(refused.errors)")
    }

    @Test func dataMayComeThroughAPipe() throws {
        let process = Process(), file = Command.file("corpora/sentiment/train.tsv")
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        let settings = Trained.settings(["training.epochs=1", "training.ngrams.order=0"]).joined(separator: " ")
        process.arguments = [
            "-c", "\"$0\" train classify --model piped --store \"$1\" --train <(cat \"$2\") \(settings) 2>/dev/null",
            Command.executable, store, file,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try !tensors("piped").isEmpty)
    }

    @Test func aLabelThatWouldBreakALineIsRefused() throws {
        let file = try folder.write(
            "labels.jsonl", "{\"label\":\"a\",\"text\":\"x\"}\n{\"label\":\"p\\nq\",\"text\":\"y\"}\n")
        let result = try Command.run(["train", "classify", "--model", "m", "--train", file], store: store)
        #expect(result.status == 65 && result.errors.contains("labels.jsonl:2"), "\(result.errors)")
    }

    @Test func anEmptyTextIsNotMeasured() throws {
        let result = try Command.run(
            ["evaluate", "--model", "generator", "/dev/null"], store: try Trained.models.get().store)
        #expect(result.status == 65 && result.errors.contains("/dev/null: the file is empty; "), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func theSameIsRefusedWhereAModelIsMeasured() throws {
        let trained = try Trained.models.get().store
        for (model, option) in [
            ("sentiment", ["--column", "2"]), ("stars", ["--label-separator", "|"]),
            ("tagger", ["--label-separator", "|"]),
            ("generator", ["--skip-bad-lines"]),
        ] {
            let result = try Command.run(["evaluate", "--model", model, "x"] + option, store: trained)
            #expect(result.status == 64 && result.errors.contains("says nothing of"), "\(model): \(result.errors)")
        }
        for threads in ["0", "-1"] {
            let result = try Command.run(
                ["evaluate", "--model", "sentiment", "--threads=\(threads)", "x"], store: trained)
            #expect(result.status == 64 && result.errors.contains("--threads \(threads)"), "\(result.errors)")
        }
    }
}
