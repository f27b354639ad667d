import Foundation
import GlossStore
import Testing

/// Stores whose bytes were changed or lost: the answer is the saved model or an error, never another model.
@Suite struct DamageTests {
    let folder: TemporaryFolder
    let path: String
    let sentiment: ModelReference

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("models.sqlite")
        sentiment = try ModelReference(name: "sentiment")
        let store = try ModelStore(path: path, mode: .readWrite)
        try store.save(sample(seed: 1, tensorBytes: 16384))
        try store.save(sample("tagger", seed: 2))
        try store.saveCheckpoint(run: "sentiment", step: 7, payload: noise(9000, seed: 3))
        try store.close()
    }

    /// Flips the bits of one byte where a pattern stands in the file.
    private func flip(_ pattern: Data, offset: Int) throws {
        var data = try bytes(path)
        let range = try #require(data.range(of: pattern))
        data[range.lowerBound + offset] ^= 0xFF
        try data.write(to: URL(fileURLWithPath: path))
    }

    @Test func aChangedWeightIsNamed() throws {
        try flip(noise(16384, seed: 1).prefix(64), offset: 40)
        let before = try bytes(path)
        let store = try ModelStore(path: path, mode: .readWrite)
        let error = #expect(throws: StoreError.self) { try store.load(sentiment) }
        #expect(error?.kind == .damaged)
        #expect(error?.message.contains("tensor encoder.weight of sentiment:1 in \(path) is damaged") == true)
        #expect(try store.load(ModelReference(name: "tagger")) == sample("tagger", seed: 2).numbered(1))
        #expect(try store.summaries().count == 2)
        let problems = try store.verify()
        #expect(problems.map(\.reference?.description) == ["sentiment:1"])
        #expect(problems.first?.message == error?.message)
        #expect(try store.verify(ModelReference(name: "tagger")).isEmpty)
        #expect(try store.verify(sentiment) == problems)
        let export = #expect(throws: StoreError.self) { try store.export([sentiment], to: folder.file("out.sqlite")) }
        #expect(export?.kind == .damaged)
        try store.close()
        #expect(try folder.contents == ["models.sqlite"])
        #expect(try bytes(path) == before)
    }

    @Test func aChangedLabelIsNamed() throws {
        try flip(Data("negative\npositive\n1".utf8), offset: 3)
        let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: .readOnly).load(sentiment) }
        #expect(error?.message.contains("asset labels of sentiment:1") == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["hidden = 32 # ", "Apache-2.0", "train.tsv", "accuracy", "output.bias"])
    func aChangedDescriptionIsNoticed(text: String) throws {
        try flip(Data(text.utf8), offset: 1)
        let store = try ModelStore(path: path, mode: .readOnly)
        let errors = [sentiment, try ModelReference(name: "tagger")].compactMap { reference in
            do throws(StoreError) {
                _ = try store.load(reference)
                return nil as StoreError?
            } catch {
                return error
            }
        }
        #expect(errors.count == 1)
        #expect(errors.first?.kind == .damaged)
        #expect(try store.verify().contains { $0.reference != nil })
    }

    @Test func aChangedCheckpointIsNamed() throws {
        try flip(noise(9000, seed: 3).prefix(64), offset: 40)
        let store = try ModelStore(path: path, mode: .readOnly)
        let error = #expect(throws: StoreError.self) { try store.checkpoint(run: "sentiment") }
        #expect(error?.kind == .damaged)
        #expect(error?.message.contains("the checkpoint of run sentiment") == true)
        #expect(try store.verify().map(\.message) == [error?.message])
    }

    /// Numbers that no Gloss writes: nothing is computed with them.
    @Test(arguments: [
        "UPDATE version SET number = -1", "UPDATE version SET created = 9223372036854775807",
        "UPDATE version SET duration = 1e300", "UPDATE content SET bytes = 9223372036854775807",
        "UPDATE content SET bytes = -1", "UPDATE model SET latest = 9223372036854775807",
    ])
    func numbersThatCannotBeAreDamage(change: String) throws {
        let store = try ModelStore(path: path, mode: .readWrite)
        let triggers = try store.inspect(
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'")
        let dropped = triggers[0].trimmingCharacters(in: ["\""])
        try store.inspect(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(dropped); \(change)")
        if change.contains("latest") {
            let error = #expect(throws: StoreError.self) { try store.save(sample()) }
            #expect(error?.kind == .damaged)
        } else {
            let error = #expect(throws: StoreError.self) { try store.summaries() }
            #expect(error?.kind == .damaged)
            #expect(try !store.verify().isEmpty)
        }
    }

    @Test(arguments: ["UPDATE model SET current = NULL", "UPDATE model SET current = 77", "DELETE FROM model"])
    func aNameThatMeansNothingIsDamage(change: String) throws {
        let store = try ModelStore(path: path, mode: .readWrite)
        try store.inspect("PRAGMA foreign_keys = OFF; \(change)")
        let problems = try store.verify()
        #expect(problems.contains { $0.message.contains("which version sentiment means") })
        #expect(problems.allSatisfy { !$0.message.contains("models verify") })
    }

    /// A version that is listed and whose description is gone is damage, not a name that is not there.
    @Test func aDescriptionThatIsGoneIsDamage() throws {
        let store = try ModelStore(path: path, mode: .readWrite)
        try store.inspect("PRAGMA foreign_keys = OFF; DELETE FROM model WHERE name = 'tagger'")
        #expect(try store.verify().contains { $0.reference?.description == "tagger:1" })
        #expect(try store.verify(ModelReference(parsing: "tagger:1")).count == 1)
    }

    @Test func aLostPieceIsNamed() throws {
        let store = try ModelStore(path: path, mode: .readWrite)
        try store.inspect("DELETE FROM piece WHERE content = (SELECT content FROM tensor WHERE name = 'output.bias')")
        let error = #expect(throws: StoreError.self) { try store.load(sentiment) }
        #expect(error?.message.contains("tensor output.bias of sentiment:1") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("0 of 6 bytes are there") == true)
    }

    /// What a user can learn from a store: the model as it was, or one error.
    private func outcome(of path: String) -> Result<ModelVersion, StoreError> {
        do throws(StoreError) {
            let store = try ModelStore(path: path, mode: .readOnly)
            _ = try store.verify()
            return .success(try store.load(ModelReference(parsing: "sentiment:1")))
        } catch {
            return .failure(error)
        }
    }

    @Test func noChangedByteGivesAnotherModel() throws {
        let original = try bytes(path)
        let expected = sample(seed: 1, tensorBytes: 16384).numbered(1)
        let damaged = folder.file("damaged.sqlite")
        var failures = 0
        // Every byte of the header, and a spread over all pages (their headers and cells alike).
        let offsets = Array(0..<100) + Array(stride(from: 100, to: original.count, by: 499))
        for offset in offsets {
            var data = original
            data[offset] ^= 1 << UInt8(offset % 8)
            try data.write(to: URL(fileURLWithPath: damaged))
            switch outcome(of: damaged) {
            case .success(let version): #expect(version == expected, "the byte at \(offset)")
            case .failure: failures += 1
            }
            for suffix in ["-wal", "-shm"] { unlink(damaged + suffix) }
        }
        #expect(failures > offsets.count / 10, "much of the file is the model's: \(failures) of \(offsets.count)")
    }

    @Test(arguments: [1, 99, 100, 4095, 4096, 5000, 40960, -4096])
    func aShortenedStoreIsRefusedAndLeftAsItIs(length: Int) throws {
        let original = try bytes(path)
        let shortened = original.prefix(length > 0 ? length : original.count + length)
        try shortened.write(to: URL(fileURLWithPath: path))
        for mode in [ModelStore.Mode.readOnly, .readWrite] {
            let error = #expect(throws: StoreError.self) { try ModelStore(path: path, mode: mode).load(sentiment) }
            #expect(error?.kind == (length == 1 ? .foreign : .damaged), "\(error?.message ?? "")")
            #expect(try bytes(path) == shortened)
            #expect(try folder.contents == ["models.sqlite"])
        }
    }
}
