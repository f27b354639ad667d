import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// Symbols → scores of the next symbol: vectors, a forward stack, and the head tied to the vectors.
public struct LanguageModel: Module {
    /// What the encoder is made of.
    public let configuration: EncoderConfiguration
    /// Vectors of symbols.
    public var words: Embedding
    /// The recurrent layers, forward only.
    public var stack: RecurrentStack
    /// States → scores.
    public var head: GenerationHead

    /// A model of `symbols`.
    public init(_ configuration: EncoderConfiguration, symbols: Int, using random: inout RandomSource) {
        self.configuration = configuration
        words = Embedding(count: symbols, features: configuration.wordFeatures, tied: true, using: &random)
        words.dropout = configuration.embeddingDropout
        stack = RecurrentStack(input: configuration.wordFeatures, configuration.stack, using: &random)
        precondition(!configuration.stack.bidirectional, "a generator reads forward only")
        head = GenerationHead(
            input: stack.output, features: configuration.wordFeatures, symbols: symbols, using: &random)
    }

    /// The number of symbols.
    public var symbols: Int { words.table.shape[0] }

    /// Walks words, stack, head.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try words.forEachParameter("words", body)
        try stack.forEachParameter("stack", body)
        try head.forEachParameter("head", body)
    }

    /// Features of each step, [rows, wordFeatures], from `states`, which become the last ones. ids [rows].
    public func features(
        _ ids: [Int32], _ layout: SequenceLayout, states: inout [RecurrentState], tape: Tape?
    ) -> Variable {
        let x = lockedDropout(words(ids, tape: tape), configuration.inputDropout, layout, tape: tape)
        let y = stack(x, layout, states: &states, tape: tape)
        return head.features(lockedDropout(y, configuration.outputDropout, layout, tape: tape), tape: tape)
    }

    /// Scores of the next symbol after each step, [rows, symbols].
    public func scores(_ ids: [Int32], _ layout: SequenceLayout, states: inout [RecurrentState]) -> Tensor {
        head.scores(
            features(ids, layout, states: &states, tape: nil), table: words.table, tape: nil
        ).value
    }

    /// Scores of the symbol that follows `ids`, [symbols], from `states` of one sequence, which become the last ones.
    public func lastScores(_ ids: [Int32], states: inout [RecurrentState]) -> [Float] {
        let all = features(ids, SequenceLayout(lengths: [ids.count]), states: &states, tape: nil)
        let last = gather(all, rows: [Int32(ids.count - 1)], tape: nil)
        return head.scores(last, table: words.table, tape: nil).value.scalars
    }

    /// The same for several texts together, each to the bit as alone: texts, each with at least one symbol, and the states
    /// of as many sequences → [texts][symbols].
    public func lastScores(_ texts: [[Int32]], states: inout [RecurrentState]) -> [[Float]] {
        let layout = SequenceLayout(lengths: texts.map(\.count))
        let all = features(layout.packed(texts), layout, states: &states, tape: nil)
        var rows = [Int32](repeating: 0, count: texts.count)
        for (rank, index) in layout.order.enumerated() {
            rows[index] = Int32(layout.row(rank: rank, step: layout.lengths[index] - 1))
        }
        let scores = head.scores(gather(all, rows: rows, tape: nil), table: words.table, tape: nil).value
        let n = scores.columns
        return scores.withScalars { values in texts.indices.map { Array(values[$0 * n..<($0 + 1) * n]) } }
    }

    /// Scores of the symbol that follows `ids`, [symbols], by the model and what `cache` remembers; `pending` are the
    /// features of the state before `ids`, if one was read, and become those of the last one.
    func lastScores(
        _ ids: [Int32], states: inout [RecurrentState], cache: inout ContinuousCache, pending: inout Tensor?
    ) -> [Float] {
        let all = features(ids, SequenceLayout(lengths: [ids.count]), states: &states, tape: nil)
        if let pending { cache.add(pending, followedBy: [ids[0]]) }
        cache.add(all.value, followedBy: Array(ids.dropFirst()))
        let last = gather(all, rows: [Int32(ids.count - 1)], tape: nil)
        pending = last.value
        return cache.mixed(head.scores(last, table: words.table, tape: nil).value.scalars, last.value)
    }

    /// -log p of each next symbol of one text in nats, [rows], by the model and what `cache` remembers, which takes them in.
    public func surprisal(
        _ ids: [Int32], next: [Int32], states: inout [RecurrentState], cache: inout ContinuousCache
    ) -> [Float] {
        let features = features(ids, SequenceLayout(lengths: [ids.count]), states: &states, tape: nil)
        let scores = head.scores(features, table: words.table, tape: nil).value
        let cached = cache.probabilities(features.value, of: next)
        cache.add(features.value, followedBy: next)
        return zip(logProbabilities(scores, of: next), cached).map { -logf(cache.mixed(expf($0), $1)) }
    }

    /// -log p of each next symbol in nats, [rows]: ids and next in the layout's order.
    public func surprisal(
        _ ids: [Int32], next: [Int32], _ layout: SequenceLayout, states: inout [RecurrentState]
    ) -> [Float] {
        logProbabilities(scores(ids, layout, states: &states), of: next).map { -$0 }
    }
}
