import GlossNN
import GlossPipeline
import GlossText
import Testing

struct GeneratorTests {
    private func text(
        _ generator: Generator, seed: UInt64 = 1, prompt: String = "the cat",
        _ change: (inout Sampling) -> Void = { _ in }
    ) throws -> (text: String, reason: FinishReason, tokens: Int) {
        var sampling = Sampling()
        sampling.maximumTokens = 40
        change(&sampling)
        var text = ""
        let (reason, tokens) = try generator.generate(prompt, sampling, seed: seed) {
            text += $0
            return true
        }
        return (text, reason, tokens)
    }

    @Test func aSeedDecidesTheContinuation() throws {
        let generator = try TinyModels.generator()
        #expect(try text(generator, seed: 7).text == text(generator.prepared(), seed: 7).text)
        #expect(try text(generator, seed: 7).text != text(generator, seed: 8).text)
        #expect(
            try text(generator, seed: 7) { $0.temperature = 0 }.text
                == text(generator, seed: 8) { $0.temperature = 0 }.text)
        #expect(
            try text(generator, seed: 7) { $0.temperature = .leastNonzeroMagnitude }.text
                == text(generator, seed: 8) { $0.temperature = 0 }.text)
        #expect(
            try text(generator, seed: 7) { $0.topK = 1 }.text == text(generator, seed: 8) { $0.temperature = 0 }.text)
    }

    /// Pieces of whole characters cover the text, and their nats are those of the network, in parts of the prompt as at once.
    @Test(arguments: ["the cat", "naïve café 🙂 日本語", String(repeating: "the dog sat. ", count: 60), ""])
    func surprisalIsThatOfTheNetwork(text: String) throws {
        let generator = try TinyModels.generator().prepared()
        let pieces = try generator.surprisal(of: text)
        #expect(pieces.first?.range.lowerBound ?? 0 == 0 && pieces.last?.range.upperBound ?? 0 == text.utf8.count)
        for (one, next) in zip(pieces, pieces.dropFirst()) { #expect(one.range.upperBound == next.range.lowerBound) }
        let bytes = Array(text.utf8)
        #expect(pieces.allSatisfy { String(validating: bytes[$0.range], as: UTF8.self) != nil })
        let symbols = try generator.codec.encode(text, tokenizer: generator.tokenizer)
        let read = Array(([generator.codec.end] + symbols).prefix(symbols.count))
        guard !read.isEmpty else {
            #expect(pieces.isEmpty)
            return
        }
        var states = generator.network.stack.zeroStates(batch: 1)
        let nats = generator.network.surprisal(
            read, next: symbols, SequenceLayout(lengths: [read.count]), states: &states)
        #expect(abs(pieces.reduce(0) { $0 + $1.nats } - nats.reduce(0, +)) < 1e-3 * nats.reduce(0, +))
        if pieces.count == nats.count { #expect(pieces.map(\.nats) == nats) }
        // With alternatives the prompt is read in smaller parts, and told the same.
        var sampling = Sampling()
        sampling.maximumTokens = 0
        var continuation = try Continuation(
            of: text, by: generator, sampling, seed: 0, alternatives: 2, tellsPrompt: true)
        var told: [Continuation.ReadSymbol] = []
        while true {
            let step = continuation.advance()
            #expect(step.read.count <= 16)
            told += step.read
            if step.reason != nil { break }
        }
        #expect(told.map(\.symbol) == symbols && told.map { -$0.logProbability } == nats)
        #expect(told.allSatisfy { $0.alternatives.count == 2 })
    }

    /// What stood in the prompt is said again where the cache says all; continuations made together are those made alone.
    @Test func aCacheExpectsWhatWasRead() throws {
        let generator = try TinyModels.generator().prepared()
        var cache = CacheConfiguration()
        (cache.window, cache.sharpness, cache.weight) = (50, 0, 0.999)
        let prompt = "dog dog dog dog"
        let cached = try text(generator, seed: 3, prompt: prompt) {
            ($0.cache, $0.repetitionPenalty, $0.dryMultiplier) = (cache, 1, 0)
        }.text
        #expect(cached.allSatisfy { "dog ".contains($0) }, "\(cached)")
        let plain = try text(generator, seed: 3, prompt: prompt) { ($0.repetitionPenalty, $0.dryMultiplier) = (1, 0) }
        #expect(plain.text != cached)
        // A short window has forgotten what stood before it.
        cache.window = 3
        let last = try text(generator, seed: 3, prompt: "the cat dddd") {
            ($0.cache, $0.repetitionPenalty, $0.dryMultiplier) = (cache, 1, 0)
        }.text
        #expect(last.allSatisfy { $0 == "d" }, "\(last)")
        cache.window = 50
        var sampling = Sampling()
        sampling.cache = cache
        (sampling.maximumTokens, sampling.cache.weight, sampling.cache.sharpness) = (20, 0.3, 1)
        var together = ["", ""]
        try generator.generate(prompt, sampling, seeds: [3, 4]) { together[$0] += $1.piece }
        for (seed, made) in zip([3, 4] as [UInt64], together) {
            #expect(made == (try text(generator, seed: seed, prompt: prompt) { $0 = sampling }.text))
        }
    }

    /// Texts of all ends and a prompt that is read in two parts, one beginning where another has ended.
    @Test(arguments: [1, 3, 16])
    func continuationsMadeTogetherAreThoseMadeAlone(together: Int) throws {
        let generator = try TinyModels.generator().prepared()
        let seeds = (0..<7).map { UInt64($0) }
        for prompt in ["the cat", String(repeating: "the cat sat ", count: 120)] {
            var sampling = Sampling()
            sampling.maximumTokens = 25
            sampling.stop = ["a"]
            var texts = seeds.map { _ in "" }, scores = seeds.map { _ in [Float]() }
            var ends = [FinishReason?](repeating: nil, count: seeds.count)
            try generator.generate(prompt, sampling, seeds: seeds, together: together) { index, step in
                texts[index] += step.piece
                if step.symbol != nil { scores[index].append(step.logProbability) }
                if let reason = step.reason { ends[index] = reason }
            }
            for (index, seed) in seeds.enumerated() {
                var alone = try Continuation(of: prompt, by: generator, sampling, seed: seed)
                var text = "", own: [Float] = [], end: FinishReason?
                while end == nil {
                    let step = alone.advance()
                    text += step.piece
                    if step.symbol != nil { own.append(step.logProbability) }
                    end = step.reason
                }
                #expect(texts[index] == text && scores[index] == own && ends[index] == end, "seed \(seed)")
            }
        }
    }

    /// Where the best symbol is taken always, a small network says the same again and again, unless phrases cost.
    @Test func aPhraseIsNotSaidAgainWhereItCosts() throws {
        let generator = try TinyModels.generator()
        /// Symbols of a continuation that continue a phrase of at least `least` bytes which was said before.
        func repeats(_ multiplier: Float, of least: Int) throws -> Int {
            var sampling = Sampling()
            (sampling.temperature, sampling.repetitionPenalty, sampling.dryMultiplier) = (0, 1, multiplier)
            sampling.maximumTokens = 240
            var continuation = try Continuation(of: "the cat", by: generator, sampling, seed: 0)
            var symbols: [Int32] = []
            while true {
                let step = continuation.advance()
                if let symbol = step.symbol { symbols.append(symbol) }
                if step.reason != nil { break }
            }
            return symbols.indices.count { place in
                symbols[..<place].indices.contains { earlier in
                    let phrase = zip(symbols[..<earlier].reversed(), symbols[..<place].reversed()).prefix { $0 == $1 }
                    return symbols[earlier] == symbols[place]
                        && phrase.reduce(0) { $0 + generator.codec.bytes(of: $1.0).count } >= least
                }
            }
        }
        #expect(try repeats(0, of: 40) > 20)
        #expect(try repeats(1000, of: 8) == 0)
        #expect(try repeats(1000, of: 4) > 0, "short phrases may come again")
        // The longer a phrase, the more it costs: what is too cheap to end short ones ends long ones.
        #expect(try repeats(1e-4, of: 8) > 20 && repeats(1e-4, of: 40) == 0)
    }

    @Test func aStopStringEndsTheTextAndIsNotShown() throws {
        let generator = try TinyModels.generator()
        let whole = try text(generator)
        let middle = String(whole.text.dropFirst(whole.text.count / 2).prefix(3))
        try #require(middle.count == 3)
        let stopped = try text(generator) { $0.stop = [middle] }
        #expect(stopped.reason == .stop)
        #expect(!stopped.text.contains(middle))
        #expect(whole.text.hasPrefix(stopped.text))
        #expect(stopped.tokens < whole.tokens || whole.reason == .stop)
    }

    @Test func theReaderMayStopAtAnyPiece() throws {
        var pieces = 0
        let (reason, _) = try TinyModels.generator().generate("a", Sampling(), seed: 1) { _ in
            pieces += 1
            return pieces < 3
        }
        #expect(reason == .cancelled)
        #expect(pieces == 3)
    }

    @Test func nothingIsGeneratedWhereNothingIsAskedFor() throws {
        let none = try text(TinyModels.generator()) { $0.maximumTokens = 0 }
        #expect(none.text.isEmpty && none.tokens == 0 && none.reason == .length)
    }

    @Test func noScoreSeesWhatFollows() throws {
        let network = try TinyModels.generator().network
        let ids: [Int32] = [3, 99, 42, 7, 250, 12]
        let layout = SequenceLayout(lengths: [ids.count])
        var states = network.stack.zeroStates(batch: 1)
        let scores = network.scores(ids, layout, states: &states)
        for changed in 1..<ids.count {
            var others = ids
            others[changed] = 200
            var states = network.stack.zeroStates(batch: 1)
            let moved = network.scores(others, layout, states: &states)
            let before = changed * network.symbols
            #expect(Array(moved.scalars[..<before]) == Array(scores.scalars[..<before]))
            #expect(Array(moved.scalars[before...]) != Array(scores.scalars[before...]))
        }
    }

    @Test func theStateIsCarriedFromSymbolToSymbol() throws {
        let network = try TinyModels.generator().network
        let ids: [Int32] = [3, 99, 42, 7, 250, 12]
        var whole = network.stack.zeroStates(batch: 1)
        let scores = network.scores(ids, SequenceLayout(lengths: [ids.count]), states: &whole)
        var carried = network.stack.zeroStates(batch: 1)
        for (step, id) in ids.enumerated() {
            let row = network.lastScores([id], states: &carried)
            #expect(row == Array(scores.scalars[step * network.symbols..<(step + 1) * network.symbols]))
        }
    }

    @Test func candidatesHaveTheScoresOfTheWholeVocabulary() throws {
        let network = try TinyModels.generator().network
        var states = network.stack.zeroStates(batch: 1)
        let features = network.features([3, 99], SequenceLayout(lengths: [2]), states: &states, tape: nil)
        let all = network.head.scores(features, table: network.words.table, tape: nil).value
        let some = network.head.scores(
            features, table: network.words, candidates: [5, 250], corrections: [0, 0.5], tape: nil
        ).value
        #expect(some[0] == all[5] && some[2] == all[network.symbols + 5])
        #expect(abs(some[1] - (all[250] - 0.5)) < 1e-6)
    }
}
