import Foundation
import GlossNN
import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct SkipGramTrainingTests {
    private let path = NSTemporaryDirectory() + "gloss-skip-gram-\(UUID().uuidString).txt"

    /// Two groups of words that never stand together.
    private func training(_ change: (inout RunConfiguration) -> Void = { _ in }) throws -> SkipGramTraining {
        var run = RunConfiguration(.vectors)
        run.model.encoder.wordFeatures = 12
        run.model.vocabulary.minimumCount = 1
        run.training.skipGram.bucketBits = 8
        run.training.skipGram.subsampling = 0
        run.training.epochs = 30
        change(&run)
        var random = RandomSource(seed: 3)
        let groups = [["cat", "dog", "cow", "hen"], ["red", "blue", "green", "pink"]]
        let lines = (0..<200).map { line in
            (0..<6).map { _ in groups[line % 2].randomElement(using: &random) ?? "" }.joined(separator: " ")
        }
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try SkipGramTraining(
            run.model, run.training, paths: [path], options: CorpusOptions(), threads: 2)
    }

    private func similarity(_ vectors: WordVectors, _ a: String, _ b: String) throws -> Float {
        let features = vectors.table.value.columns, scalars = vectors.table.value.scalars
        func vector(_ word: String) throws -> ArraySlice<Float> {
            let id = Int(try #require(vectors.words.id(of: word)))
            return scalars[id * features..<(id + 1) * features]
        }
        func dot(_ x: ArraySlice<Float>, _ y: ArraySlice<Float>) -> Float { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
        let (x, y) = (try vector(a), try vector(b))
        return dot(x, y) / (dot(x, x) * dot(y, y)).squareRoot()
    }

    @Test(arguments: [0, 8]) func wordsOfOneContextAreNear(bucketBits: Int) throws {
        let vectors = try training { $0.training.skipGram.bucketBits = bucketBits }
            .train(TrainingHooks(fingerprint: "")).vectors
        #expect(try similarity(vectors, "cat", "cow") > 0.5)
        #expect(try similarity(vectors, "red", "pink") > 0.5)
        #expect(try similarity(vectors, "cat", "red") < similarity(vectors, "cat", "cow") - 0.3)
    }

    @Test func aSeedDecidesTheVectors() throws {
        func table(_ seed: UInt64) throws -> [Float] {
            try training {
                $0.training.seed = seed
                $0.training.epochs = 1
            }.train(TrainingHooks(fingerprint: "")).vectors.table.value.scalars
        }
        #expect(try table(1) == table(1))
        #expect(try table(1) != table(2))
    }

    @Test func aRunThatWasStoppedEndsWithTheSameBits() throws {
        let training = try training { $0.training.epochs = 4 }
        let whole = try training.train(TrainingHooks(fingerprint: "x")).vectors.table.value.scalars
        var saved: Data?
        var hooks = TrainingHooks(fingerprint: "x")
        var blocks = 0
        hooks.save = { saved = try $0.encoded() }
        hooks.report = { _ in blocks += 1 }
        hooks.isCancelled = { blocks == 2 }
        let stopped = try training.train(hooks)
        #expect(stopped.isCancelled && stopped.vectors.table.value.scalars != whole)
        hooks.isCancelled = { false }
        let state = try TrainingState(decoding: #require(saved))
        #expect(try training.train(hooks, from: state).vectors.table.value.scalars == whole)
        #expect(throws: TrainingError.otherConfiguration(run: "this model")) {
            try training.train(TrainingHooks(fingerprint: "y"), from: state)
        }
    }

    @Test func aTextWithoutFrequentWordsIsAnError() {
        #expect(throws: TextError.self) { try training { $0.model.vocabulary.minimumCount = 1000 } }
    }

    @Test func whatDivergedIsNotKept() throws {
        let training = try training { $0.training.optimizer.rate = 1e6 }
        var kept = 0
        var hooks = TrainingHooks(fingerprint: "")
        hooks.save = { _ in kept += 1 }
        #expect(throws: TrainingError.self) { try training.train(hooks) }
        #expect(kept == 0)
    }
}
