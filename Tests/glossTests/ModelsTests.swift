import Foundation
import GlossStore
import Testing

/// `gloss models`, on copies of the trained models.
@Suite struct ModelsTests {
    private let folder: TemporaryFolder
    private let store: String

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("models.sqlite")
        let file = folder.file("stars.sqlite")
        let export = try Command.run(["models", "export", "stars", file], store: try Trained.models.get().store)
        try #require(export.status == 0, "\(export.errors)")
        for _ in 0..<2 {
            let taken = try Command.run(["models", "import", file], store: store)
            try #require(taken.status == 0, "\(taken.errors)")
        }
    }

    private func models(_ arguments: String...) throws -> Command.Result { try models(arguments) }

    private func models(_ arguments: [String]) throws -> Command.Result {
        try Command.run(["models"] + arguments, store: store)
    }

    private func current() throws -> [String] {
        try models("list").lines.dropFirst().filter { $0.contains(" * ") }.map {
            $0.split(separator: " ").first.map(String.init) ?? ""
        }
    }

    @Test func numbersAreKeptWithFewerBits() throws {
        let dev = Command.file("corpora/sentiment/stars.tsv")
        let result = try models("quantize", "stars:1", "--name", "small", "--dev", dev)
        try #require(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("small:1  int8, ") && result.output.contains("mean_squared_error"))
        let half = try models("quantize", "stars:1", "--to", "float16")
        #expect(half.output == "stars:3  float16, 50.0 % of stars:1\n")
        for name in ["small", "stars:3"] {
            let answer = try Command.run(["classify", "--model", name], input: "A fine film.\n", store: store)
            #expect(answer.status == 0 && Double(answer.output.prefix { $0 != "\t" }) != nil, "\(answer.errors)")
        }
        #expect(try models("quantize", "stars", "--to", "float32").status == 64)
    }

    @Test func theyAreListedAndShown() throws {
        #expect(try current() == ["stars:2"])
        let lines = try models("list", "--json").lines
        #expect(lines.count == 2)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(object["name"] as? String == "stars")
        #expect(object["version"] as? Int == 1)
        #expect(object["standing"] as? String == "earlier")
        #expect((object["metrics"] as? [String: Double])?["mean_squared_error"] != nil)
        let source = try #require((object["sources"] as? [[String: Any]])?.first)
        #expect(source["name"] as? String == "stars.tsv")
        #expect((source["sha256"] as? String)?.count == 64)
        let shown = try models("show", "stars:1")
        #expect(shown.output.hasPrefix("stars:1  number, user, earlier\n"))
        #expect(shown.output.contains("network.head.output.weight"))
        #expect(try models("show", "--config", "stars").output.contains("[training.optimizer]"))
        let whole =
            try JSONSerialization.jsonObject(with: models("show", "--json", "stars").outputBytes) as? [String: Any]
        #expect((whole?["tensors"] as? [[String: Any]])?.isEmpty == false)
    }

    @Test func theyAreRolledBackCopiedAndRemoved() throws {
        #expect(try models("rollback", "stars").output == "stars is stars:1\n")
        #expect(try current() == ["stars:1"])
        #expect(try models("rollback", "stars").status == 64)
        #expect(try models("copy", "stars", "other").output == "other:1\n")
        #expect(try current() == ["other:1", "stars:1"])
        let before = try Command.run(["classify", "--model", "stars"], input: "Fine.\n", store: store)
        let after = try Command.run(["classify", "--model", "other"], input: "Fine.\n", store: store)
        #expect(before.status == 0)
        #expect(before.output == after.output)
        #expect(try models("remove", "stars:1").output == "removed stars:1\nstars is stars:2\n")
        #expect(try current() == ["other:1", "stars:2"])
        #expect(try models("remove", "stars").output == "removed stars:2\n")
        #expect(try models("remove", "stars").status == 69)
        #expect(try models("copy", "other", "not a name").status == 64)
    }

    @Test func theyTravel() throws {
        let file = folder.file("one.sqlite")
        #expect(try models("export", "stars:1", file).status == 0)
        #expect(try models("export", "stars:1", file).status == 64, "nothing is overwritten")
        #expect(try models("import", file, "--as", "guest").output == "guest:1\n")
        #expect(try models("verify").output.contains("\(store): all is well\n"))
        #expect(try models("verify", "guest").status == 0)
        let nowhere = try models("verify", "--store", folder.file("nowhere.sqlite"))
        #expect(nowhere.status == 69)
        #expect(nowhere.errors.contains("nowhere.sqlite"))
    }

    @Test func aDamagedOrForeignFileIsLeftAlone() throws {
        for (name, bytes) in [("text", Data("not a store".utf8)), ("empty", Data()), ("zeros", Data(count: 8192))] {
            let file = folder.file(name)
            try bytes.write(to: URL(fileURLWithPath: file))
            for command in [["list"], ["verify"], ["remove", "stars"], ["copy", "stars", "x"]] {
                let result = try Command.run(["models"] + command, store: file)
                #expect(result.status == 65, "\(name) \(command): \(result.errors)")
                #expect(result.errors.contains(file))
            }
            #expect(FileManager.default.contents(atPath: file) == bytes)
        }
        let file = folder.file("damaged.sqlite")
        #expect(try models("export", "stars", file).status == 0)
        var bytes = try #require(FileManager.default.contents(atPath: file))
        for offset in stride(from: bytes.count / 3, to: bytes.count / 3 * 2, by: 64) { bytes[offset] ^= 0x40 }
        try bytes.write(to: URL(fileURLWithPath: file))
        let verify = try Command.run(["models", "verify"], store: file)
        #expect(verify.status == 65)
        #expect(try Command.run(["classify", "--model", "stars"], input: "x\n", store: file).status == 65)
        #expect(FileManager.default.contents(atPath: file) == bytes)
    }

    @Test func aModelIsExportedOnce() throws {
        let file = folder.file("twice.sqlite")
        for names in [["stars", "stars"], ["stars", "stars:2"]] {
            let result = try models(["export"] + names + [file])
            #expect(result.status == 64 && result.errors.contains("stars:2 is named twice"), "\(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    /// What ships stands behind what the user has under its name.
    @Test func oneVersionOfANameIsMeant() throws {
        let shipped = try Trained.models.get().store
        let result = try Command.run(["models", "list"], store: store, environment: ["GLOSS_SHIPPED": shipped])
        let stars = result.lines.filter { $0.hasPrefix("stars:") && $0.contains(" * ") }
        #expect(stars.count == 1 && stars[0].hasPrefix("stars:2"))
        #expect(result.lines.contains { $0.hasPrefix("sentiment:1  *") })
    }

    @Test func whatAnUnfinishedTrainingKeepsIsToldAndRemoved() throws {
        let writer = try ModelStore(path: store, mode: .readWrite)
        for run in ["lost", "lost/trial", "other"] {
            try writer.saveCheckpoint(run: run, step: 1, payload: Data(count: 1 << 20))
        }
        let doctor = try Command.run(["doctor"], store: store)
        #expect(doctor.output.contains("lost, lost/trial, other: 3.1 MB"), "\(doctor.output)")
        let lock = try TrainingLock(store: store, model: "lost")
        #expect(try models("remove", "lost").status == 75)
        lock.release()
        let removed = try models("remove", "lost")
        #expect(removed.status == 0 && removed.lines.count == 2, "\(removed.output)\(removed.errors)")
        #expect(try writer.checkpointRuns().map(\.run) == ["other"])
        #expect(try models("remove", "lost").status == 69)
        #expect(try current() == ["stars:2"])
        let back = try models("remove", "stars:2")
        #expect(back.lines == ["removed stars:2", "stars is stars:1"])
    }

    @Test func whatTakesNoLessRoomIsNotStored() throws {
        try #require(try models("quantize", "stars:1", "--name", "small").status == 0)
        let again = try models("quantize", "small", "--to", "int8")
        #expect(again.status == 64 && again.errors.contains("% of its room"), "\(again.errors)")
        #expect(try current().contains("small:1"))
    }
}
