import Foundation
import GlossNN
import GlossPipeline
import GlossTraining
import Testing

struct LanguageModelTaskTests {
    private let symbols: [Int32] = (0..<500).map { number in Int32((number * number + number / 7) % 20) }

    private func task(samples: Int) throws -> LanguageModelTask {
        var configuration = StreamConfiguration()
        configuration.columns = 4
        configuration.steps = 10
        configuration.samples = samples
        return try LanguageModelTask(
            symbols: symbols, held: Array(symbols.prefix(60)), heldBytes: 60, vocabulary: 20,
            configuration: configuration, threads: 1)
    }

    private func model() -> LanguageModel {
        var configuration = ModelConfiguration(.generate).encoder
        configuration.wordFeatures = 6
        configuration.stack.hidden = 8
        configuration.inputDropout = 0
        configuration.outputDropout = 0
        configuration.stack.weightDropout = 0
        var random = RandomSource(seed: 9)
        return LanguageModel(configuration, symbols: 20, using: &random)
    }

    @Test func anEpochPredictsEverySymbolOfEveryColumn() throws {
        let task = try task(samples: 0)
        // 499 symbols follow another; four columns hold 124 of them each.
        for epoch in 0..<3 {
            #expect(task.batches(epoch: epoch, seed: 1).reduce(0) { $0 + task.tokens($1) } == 4 * 124)
        }
    }

    @Test func manySamplesGiveTheWholeSoftmax() throws {
        let batch = try #require(task(samples: 0).batches(epoch: 0, seed: 1).last)
        func loss(_ samples: Int) throws -> Float {
            var memory = ShardMemory()
            return try task(samples: samples).loss(
                model(), batch, memory: &memory, normalizer: 40, tape: Tape(random: RandomSource(seed: 2))
            ).value[0]
        }
        // With so many draws every symbol is a candidate with a chance near 1.
        #expect(abs(try loss(20_000) - loss(0)) < 1e-3)
    }

    @Test func streamsAndThreadsAgreeWithOneStream() {
        let model = model()
        let one = LanguageModelEvaluation.score(model, symbols: symbols, bytes: 500, columns: 1, threads: 1)
        var states = model.stack.zeroStates(batch: 1)
        let plain = model.surprisal(
            Array(symbols.dropLast()), next: Array(symbols.dropFirst()), SequenceLayout(lengths: [symbols.count - 1]),
            states: &states
        ).reduce(0) { $0 + Double($1) }
        #expect(abs(one.nats - plain) < 1e-6 * plain)
        let several = LanguageModelEvaluation.score(model, symbols: symbols, bytes: 500, columns: 5, threads: 2)
        let sameStreams = LanguageModelEvaluation.score(model, symbols: symbols, bytes: 500, columns: 5, threads: 1)
        #expect(abs(several.nats - sameStreams.nats) < 1e-9 * several.nats)
        // Five streams forget their past four times: nearly the same, not the same.
        #expect(several.nats != one.nats)
        #expect(abs(several.nats - one.nats) < 0.02 * one.nats)
    }

    /// The cache's probabilities by a plain loop over all remembered states, whatever the blocks of the evaluation.
    @Test(arguments: [1, 7, 1000]) func theCacheIsThatOfTheFormula(window: Int) {
        let model = model()
        var cache = CacheConfiguration()
        (cache.window, cache.sharpness, cache.weight) = (window, 2, 0.3)
        var states = model.stack.zeroStates(batch: 1)
        let ids = Array(symbols.dropLast()), next = Array(symbols.dropFirst())
        let layout = SequenceLayout(lengths: [ids.count])
        let features = model.features(ids, layout, states: &states, tape: nil).value
        states = model.stack.zeroStates(batch: 1)
        let surprisal = model.surprisal(ids, next: next, layout, states: &states)
        var nats = 0.0
        for row in ids.indices {
            var all = 0.0, same = 0.0
            for other in max(0, row - window)..<row {
                var product = 0.0
                for feature in 0..<6 {
                    product += Double(features[row * 6 + feature]) * Double(features[other * 6 + feature])
                }
                all += exp(2 * product)
                if next[other] == next[row] { same += exp(2 * product) }
            }
            let probability = exp(-Double(surprisal[row]))
            nats -= log(row == 0 ? probability : 0.7 * probability + 0.3 * same / all)
        }
        let score = LanguageModelEvaluation.score(model, symbols: symbols, bytes: 500, cache: cache)
        #expect(abs(score.nats - nats) < 1e-4 * nats)
        #expect(score.tokens == ids.count)
    }

    @Test func tooLittleTextIsRefused() {
        #expect(throws: TrainingError.self) {
            try LanguageModelTask(
                symbols: [1, 2, 3], held: [1, 2], heldBytes: 2, vocabulary: 4, configuration: StreamConfiguration(),
                threads: 1)
        }
    }
}
