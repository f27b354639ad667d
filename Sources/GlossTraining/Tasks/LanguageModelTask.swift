import GlossNN
import GlossPipeline

#if canImport(Glibc)
    import Glibc
#endif

/// Training of a language model on a stream of symbols, cut into columns that are read side by side.
///
/// States flow from batch to batch, gradients do not: truncated backpropagation through time.
public struct LanguageModelTask: TrainingTask {
    /// Steps of all columns: where they start, and which columns a part has.
    public struct Batch: Sendable {
        var start: Int
        var steps: Int
        var columns: Range<Int>
        var step: Int
    }

    let symbols: [Int32]
    let held: [Int32]
    let heldBytes: Int
    let configuration: StreamConfiguration
    let threads: Int
    private let candidates: CandidateSampler?

    /// Training symbols and held-out symbols with the bytes they stand for.
    public init(
        symbols: [Int32], held: [Int32], heldBytes: Int, vocabulary: Int, configuration: StreamConfiguration,
        threads: Int
    ) throws(TrainingError) {
        guard symbols.count > configuration.columns * 2, held.count > 1 else {
            throw .data(
                "\(symbols.count) symbols to train on and \(held.count) to evaluate on are too few for "
                    + "\(configuration.columns) columns; give more text or lower training.stream.columns")
        }
        self.symbols = symbols
        self.held = held
        self.heldBytes = heldBytes
        self.configuration = configuration
        self.threads = threads
        var counts = [Int](repeating: 0, count: vocabulary)
        for symbol in symbols { counts[Int(symbol)] += 1 }
        candidates =
            configuration.samples > 0 ? CandidateSampler(counts: counts, samples: configuration.samples) : nil
    }

    private var columnLength: Int { (symbols.count - 1) / configuration.columns }

    /// Batches of about `steps` steps; where the first one ends changes from epoch to epoch.
    public func batches(epoch: Int, seed: UInt64) -> [Batch] {
        var random = RandomSource(seed: seed, stream: UInt64(epoch) &* 2 &+ 0x11)
        let steps = configuration.steps
        var start = 0
        var end = min(columnLength, steps / 2 + Int(random.next() % UInt64(max(steps / 2, 1))) + 1)
        var result: [Batch] = []
        while start < columnLength {
            result.append(
                Batch(
                    start: start, steps: end - start, columns: 0..<configuration.columns,
                    step: epoch << 20 + result.count))
            start = end
            end = min(columnLength, start + steps)
        }
        return result
    }

    /// The columns in equal parts.
    public func split(_ batch: Batch, shards: Int) -> [Batch] {
        let count = max(1, min(shards, batch.columns.count))
        return (0..<count).map { shard in
            var part = batch
            part.columns = batch.columns.count * shard / count..<batch.columns.count * (shard + 1) / count
            return part
        }
    }

    /// Symbols that are predicted.
    public func tokens(_ batch: Batch) -> Int { batch.steps * batch.columns.count }

    /// A mean over symbols.
    public func normalizer(_ batch: Batch) -> Float { Float(tokens(batch)) }

    /// Cross-entropy of the next symbols; against a sample of symbols where that is configured.
    public func loss(
        _ model: LanguageModel, _ part: Batch, memory: inout ShardMemory, normalizer: Float, tape: Tape
    ) -> Variable {
        let layout = SequenceLayout(lengths: Array(repeating: part.steps, count: part.columns.count))
        if memory.states.first?.hidden.rows != part.columns.count || part.start == 0 {
            memory.states = model.stack.zeroStates(batch: part.columns.count)
        }
        let (ids, next) = rows(part)
        let features = model.features(ids, layout, states: &memory.states, tape: tape)
        guard let candidates else {
            let scores = model.head.scores(features, table: model.words.table, tape: tape)
            return crossEntropy(scores, targets: next, normalizer: normalizer, tape: tape)
        }
        let (chosen, targets, corrections) = candidates.draw(for: next, using: &tape.random)
        let scores = model.head.scores(
            features, table: model.words, candidates: chosen, corrections: corrections, tape: tape)
        return crossEntropy(scores, targets: targets, normalizer: normalizer, tape: tape)
    }

    /// Symbols and their successors in the order of rows.
    private func rows(_ part: Batch) -> (ids: [Int32], next: [Int32]) {
        var ids: [Int32] = [], next: [Int32] = []
        for step in part.start..<part.start + part.steps {
            for column in part.columns {
                let at = column * columnLength + step
                ids.append(symbols[at])
                next.append(symbols[at + 1])
            }
        }
        return (ids, next)
    }

    /// Perplexity on the held-out symbols.
    public func evaluate(_ model: LanguageModel) -> Evaluation {
        let score = LanguageModelEvaluation.score(
            model.prepared(), symbols: held, bytes: heldBytes, columns: min(16, held.count / 64 + 1), threads: threads)
        return Evaluation(
            score: -score.perplexity,
            metrics: ["perplexity": score.perplexity, "bits_per_byte": score.bitsPerByte],
            shown: "perplexity \(rounded(score.perplexity, 2))")
    }
}
