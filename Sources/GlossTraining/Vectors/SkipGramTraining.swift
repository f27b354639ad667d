import Foundation
import GlossNN
import GlossPipeline
import GlossText

/// How vectors are learned from plain text.
public struct SkipGramConfiguration: Codable, Sendable, Equatable {
    /// Words on either side that a word is to tell, at most; how many are taken is drawn for each word.
    public var window = 5
    /// Words that count as drawn for each context.
    public var negatives = 5
    /// Share of the text above which a word is left out at random (Mikolov et al. 2013, equation 5); 0 keeps all.
    public var subsampling: Float = 1e-4
    /// Buckets of subwords: 2 to this power; 0 leaves subwords out.
    public var bucketBits = 18
    /// Lengths of subwords, in Unicode scalars with the word's borders.
    public var shortest = 3, longest = 6

    /// The defaults.
    public init() {}
}

/// From plain text to word vectors: one pass after another over the words' ids, in order, the same to the bit for a seed.
public struct SkipGramTraining {
    /// What the vectors are of.
    public let model: ModelConfiguration
    /// How they are learned.
    public let training: TrainingConfiguration
    /// The words, most frequent first.
    public let words: Vocabulary
    /// The text as ids, lines in a row.
    private let ids: [Int32]
    private let lines: [Int]
    private let rows: SubwordRows
    private let sampler: WordSampler
    /// Lines that were left out, where the options ask for it.
    public let skipped: Int

    /// Reads the text of files; lines are texts. Throws `CorpusError` for what cannot be read, `TextError` where no
    /// word is frequent enough.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, paths: [String], options: CorpusOptions,
        threads: Int
    ) throws {
        self.model = model
        self.training = training
        let stream = try WordStream(paths: paths, model.tokenizer, options: options, threads: threads)
        var builder = VocabularyBuilder()
        for (word, count) in zip(stream.words, stream.counts) { builder.add(word, count: count) }
        let words = try builder.build(
            minimumCount: model.vocabulary.minimumCount, maximumSize: model.vocabulary.maximumSize)
        let known = stream.words.map { words.id(of: $0) }
        var ids: [Int32] = [], lines = [0]
        for text in 0..<stream.count {
            ids += stream.indices[stream.starts[text]..<stream.starts[text + 1]].lazy.compactMap { known[Int($0)] }
            if ids.count > lines[lines.count - 1] { lines.append(ids.count) }
        }
        self.words = words
        self.ids = ids
        self.lines = lines
        skipped = stream.skipped
        let features = model.encoder.wordFeatures, most = 1 << 29
        guard (2 * words.count + 1 << training.skipGram.bucketBits) * features <= most else {
            throw TrainingError.configuration(
                key: "training.skipGram.bucketBits", value: "\(training.skipGram.bucketBits)",
                remedy:
                    "with \(words.count) words of \(features) features that takes more than \(most) numbers; lower it, or "
                    + "model.encoder.wordFeatures or model.vocabulary.maximumSize")
        }
        rows = SubwordRows(words, training.skipGram)
        sampler = WordSampler(words, subsampling: training.skipGram.subsampling)
    }

    /// Words of the text that have a vector.
    public var tokens: Int { ids.count }

    /// Learns the vectors, or goes on from `state`.
    ///
    /// Throws `TrainingError` for a checkpoint of another run, and whatever the hooks throw.
    public func train(_ hooks: TrainingHooks, from state: TrainingState? = nil) throws -> (
        vectors: WordVectors, seconds: Double, isCancelled: Bool
    ) {
        var run = try begin(state, hooks.fingerprint)
        let epochLines = lines.count - 1
        let total = epochLines * training.epochs
        let started = Date(), before = run.header.seconds, first = run.header.batch
        var saved = started
        var sum = 0.0, blocks = 0.0, words = 0
        func kept() -> TrainingState {
            var state = TrainingState()
            state.header = run.header
            state.tensors = [("input", run.skipGram.input), ("output", run.skipGram.output)]
            return state
        }
        while run.header.batch < total {
            let end = min(run.header.batch + 256, total, (run.header.batch / epochLines + 1) * epochLines)
            let block = learn(&run.skipGram, lines: run.header.batch..<end, of: total)
            run.header.batch = end
            run.header.seconds = before + Date().timeIntervalSince(started)
            // What was learned of this block is past saving; the state that was kept before it is not.
            guard block.loss.isFinite, block.loss < 12 else {
                throw TrainingError.diverged(
                    "epoch \((end - 1) / epochLines + 1), line \((end - 1) % epochLines + 1): the loss is \(block.loss)"
                )
            }
            (sum, blocks, words) = (sum + block.loss, blocks + 1, words + block.words)
            let elapsed = max(run.header.seconds - before, 1e-9)
            hooks.report(
                .step(
                    TrainingProgress(
                        epoch: (end - 1) / epochLines + 1, epochs: training.epochs, batch: (end - 1) % epochLines + 1,
                        batches: epochLines, loss: sum / blocks, tokensPerSecond: Double(words) / elapsed,
                        secondsLeft: elapsed / Double(end - first) * Double(total - end), evaluation: nil)))
            if hooks.isCancelled() {
                try hooks.save(kept())
                return (vectors(run.skipGram), run.header.seconds, true)
            }
            if Date().timeIntervalSince(saved) > hooks.checkpointInterval {
                try hooks.save(kept())
                saved = Date()
            }
        }
        return (vectors(run.skipGram), run.header.seconds, false)
    }

    private func begin(_ state: TrainingState?, _ fingerprint: String) throws -> (
        header: TrainingState.Header, skipGram: SkipGram
    ) {
        let features = model.encoder.wordFeatures
        guard let state else {
            var random = RandomSource(seed: training.seed)
            var header = TrainingState.Header()
            header.configuration = fingerprint
            return (header, SkipGram(rows: rows.count, words: words.count, features: features, using: &random))
        }
        guard state.header.configuration == fingerprint else {
            throw TrainingError.otherConfiguration(run: "this model")
        }
        let tensors = Dictionary(state.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
        guard let input = tensors["input"], let output = tensors["output"], input.shape == [rows.count, features],
            output.shape == [words.count, features]
        else { throw TrainingError.damagedCheckpoint }
        return (state.header, SkipGram(input: input, output: output))
    }

    /// Learns from some lines of all epochs' `total`: the mean loss of a context, nats, and how many words were read.
    private func learn(_ skipGram: inout SkipGram, lines range: Range<Int>, of total: Int) -> (
        loss: Double, words: Int
    ) {
        var sum = 0.0, contexts = 0, read = 0
        var kept: [Int32] = [], targets: [Int32] = []
        for number in range {
            // Draws depend on the seed and the line alone, so that a run can be resumed.
            var random = RandomSource(seed: training.seed, stream: UInt64(number) &+ 1)
            let rate = training.optimizer.rate * max(1e-3, 1 - Float(number) / Float(total))
            let line = number % (lines.count - 1)
            let text = ids[lines[line]..<lines[line + 1]]
            read += text.count
            kept.removeAll(keepingCapacity: true)
            kept.append(contentsOf: text.lazy.filter { sampler.keeps($0, &random) })
            for (place, word) in kept.enumerated() {
                let reach = 1 + Int(random.next() % UInt64(training.skipGram.window))
                targets.removeAll(keepingCapacity: true)
                for other in max(0, place - reach)...min(kept.count - 1, place + reach) where other != place {
                    targets.append(kept[other])
                }
                let positives = targets.count
                guard positives > 0 else { continue }
                // The words drawn for a centre serve all of its contexts and weigh for them (Ji et al. 2016).
                let draws = training.skipGram.negatives + positives
                for _ in 0..<draws {
                    let drawn = sampler.draw(&random)
                    if !targets[..<positives].contains(drawn) { targets.append(drawn) }
                }
                sum += Double(
                    skipGram.learn(
                        rows: rows[word], targets: targets, positives: positives, rate: rate,
                        negativeWeight: Float(training.skipGram.negatives * positives) / Float(draws)))
                contexts += positives
            }
        }
        return (contexts == 0 ? 0 : sum / Double(contexts), read)
    }

    private func vectors(_ skipGram: SkipGram) -> WordVectors {
        let table = (0..<words.count).flatMap { skipGram.vector(rows: rows[Int32($0)]) }
        return WordVectors(
            configuration: model, words: words, table: Tensor([words.count, model.encoder.wordFeatures], table))
    }
}

/// Draws words by their count to the power of 3/4, and leaves out frequent ones.
private struct WordSampler: Sendable {
    private var drawn: [Int32] = []
    private let keep: [Float]

    init(_ words: Vocabulary, subsampling: Float) {
        let counts = words.counts.enumerated().map { $0.offset < words.specialCount ? 0 : Double($0.element) }
        let total = counts.reduce(0, +)
        keep = counts.map { count in
            let share = Float(count / total)
            return subsampling > 0 && share > 0 ? (subsampling / share).squareRoot() + subsampling / share : 1
        }
        let powers = counts.map { $0.squareRoot() * $0.squareRoot().squareRoot() }
        let sum = powers.reduce(0, +)
        let size = Double(1 << 22)
        var passed = 0.0
        for (word, power) in powers.enumerated() {
            passed += power
            while Double(drawn.count) < passed / sum * size { drawn.append(Int32(word)) }
        }
    }

    func keeps(_ word: Int32, _ random: inout RandomSource) -> Bool {
        let chance = keep[Int(word)]
        return chance >= 1 || random.uniform() < chance
    }

    func draw(_ random: inout RandomSource) -> Int32 { drawn[Int(random.next() % UInt64(drawn.count))] }
}
