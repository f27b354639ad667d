import GlossNN
import GlossPipeline

/// How well a language model predicts a text.
public enum LanguageModelEvaluation {
    /// The score over `symbols` after their first, from zero states, read in `columns` streams (1: as one text).
    public static func score(
        _ model: LanguageModel, symbols: [Int32], bytes: Int, columns: Int, threads: Int
    ) -> LanguageModelScore {
        let count = symbols.count - 1
        let streams = (0..<columns).map { count * $0 / columns..<count * ($0 + 1) / columns }
        let workers = max(1, min(threads, columns))
        let groups = (0..<workers).map { Array(streams[columns * $0 / workers..<columns * ($0 + 1) / workers]) }
        let sums = Parallel.map(groups, threads: threads) { nats(model, symbols, $0) }
        return LanguageModelScore(nats: sums.reduce(0, +), tokens: count, bytes: bytes)
    }

    /// The score over `symbols` after their first, read as one text from zero states, by the model and a cache together.
    public static func score(
        _ model: LanguageModel, symbols: [Int32], bytes: Int, cache configuration: CacheConfiguration
    ) -> LanguageModelScore {
        var states = model.stack.zeroStates(batch: 1), cache = ContinuousCache(configuration)
        let count = symbols.count - 1
        let nats = stride(from: 0, to: count, by: 256).reduce(0.0) { sum, start in
            let end = min(start + 256, count)
            let surprisal = model.surprisal(
                Array(symbols[start..<end]), next: Array(symbols[start + 1...end]), states: &states, cache: &cache)
            return sum + surprisal.reduce(0) { $0 + Double($1) }
        }
        return LanguageModelScore(nats: nats, tokens: count, bytes: bytes)
    }

    private static func nats(_ model: LanguageModel, _ symbols: [Int32], _ streams: [Range<Int>]) -> Double {
        var states = model.stack.zeroStates(batch: streams.count)
        var sum = 0.0
        let longest = streams.map(\.count).max() ?? 0
        let steps = max(1, 256 / max(streams.count, 1))
        for start in stride(from: 0, to: longest, by: steps) {
            // Streams differ by at most one symbol: the short ones end with the last block.
            let parts = streams.map { stream in
                stream.dropFirst(start).prefix(steps)
            }
            let alive = parts.indices.filter { !parts[$0].isEmpty }
            let layout = SequenceLayout(lengths: alive.map { parts[$0].count })
            var carried = states.map { $0.selecting(alive) }
            let ids = layout.packed(alive.map { stream in parts[stream].map { symbols[$0] } })
            let next = layout.packed(alive.map { stream in parts[stream].map { symbols[$0 + 1] } })
            sum += model.surprisal(ids, next: next, layout, states: &carried).reduce(0) { $0 + Double($1) }
            states = carried
        }
        return sum
    }
}
