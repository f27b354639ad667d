import Foundation
import GlossNN
import GlossPipeline
import GlossText
import GlossTraining
import Testing

struct StartingPointTests {
    private func vectors() throws -> WordVectors {
        WordVectors(
            configuration: ModelConfiguration(.vectors), words: try Vocabulary(symbols: ["fine", "rare", "bad"]),
            table: Tensor([5, 2], [0, 0, 0, 0, 3, 4, 6, 8, -3, 4]))
    }

    private func model(_ source: StartingPoint, _ change: (inout RunConfiguration) -> Void) throws -> TextClassifier {
        var run = RunConfiguration(.classify)
        run.model.encoder.wordFeatures = 2
        run.model.encoder.stack.hidden = 3
        run.model.vocabulary.minimumCount = 1
        change(&run)
        let examples = [("fine day", "yes"), ("bad day", "no")].enumerated().map { line, example in
            LabelledText(text: example.0, labels: [example.1], line: line + 1)
        }
        return try ClassifierTraining(
            run.model, run.training, examples: examples, held: examples, start: source, threads: 1
        ).freshModel()
    }

    private func row(_ model: TextClassifier, _ word: String) throws -> [Float]? {
        guard let id = model.network.lexicon.words.id(of: word) else { return nil }
        return (0..<2).map { model.network.encoder.reader.words.table.value[Int(id) * 2 + $0] }
    }

    @Test func knownWordsStartFromTheirVectors() throws {
        let plain = try model(.none) { _ in }
        let started = try model(.vectors(vectors())) { _ in }
        #expect(try row(started, "fine") == [3, 4])
        #expect(try row(started, "bad") == [-3, 4])
        #expect(try row(started, "day") == row(plain, "day"))
        #expect(try row(started, "rare") == nil)
    }

    @Test func wordsThatOnlyTheVectorsKnowMayBeTaken() throws {
        let started = try model(.vectors(vectors())) { $0.training.vectorWords = 2 }
        #expect(try row(started, "rare") == [6, 8])
    }

    @Test func vectorsAreScaledToAMeanLength() throws {
        let started = try model(.vectors(vectors())) { $0.training.vectorLength = 1 }
        #expect(try row(started, "fine") == [0.6, 0.8])
    }

    @Test func aFileGivesWhatItsModelGives() throws {
        let path = NSTemporaryDirectory() + "gloss-vectors-\(UUID().uuidString).txt"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var text = ""
        VectorFile.write(try vectors().table.value, words: try vectors().words) { text += $0 }
        #expect(text == "3 2\nfine 3.0 4.0\nrare 6.0 8.0\nbad -3.0 4.0\n")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let change: (inout RunConfiguration) -> Void = { $0.training.vectorWords = 2 }
        let (fromFile, fromModel) = (try model(.file(path), change), try model(.vectors(vectors()), change))
        #expect(fromFile.network.lexicon == fromModel.network.lexicon)
        #expect(
            fromFile.network.encoder.reader.words.table.value.scalars
                == fromModel.network.encoder.reader.words.table.value.scalars)
    }

    @Test func anotherDimensionOrOtherWordsAreErrors() throws {
        #expect(throws: TrainingError.self) {
            try model(.vectors(vectors())) { $0.model.encoder.wordFeatures = 3 }
        }
        let strangers = WordVectors(
            configuration: ModelConfiguration(.vectors), words: try Vocabulary(symbols: ["xyz"]),
            table: Tensor([3, 2], [0, 0, 0, 0, 1, 1]))
        #expect(throws: TrainingError.self) { try model(.vectors(strangers)) { _ in } }
    }
}
