import GlossNN
import GlossText

/// A continuation that is being made, a symbol at a time; the state is carried from symbol to symbol.
///
/// The same prompt, sampling and seed give the same text, whatever happens between two steps.
public struct Continuation: Sendable {
    /// What one step brought.
    public struct Step: Sendable {
        /// Text that can no longer become part of a stop string; empty while bytes or a possible stop are held back.
        public var piece = ""
        /// The symbol that was chosen, if one was.
        public var symbol: Int32?
        /// Its log probability in nats.
        public var logProbability: Float = 0
        /// The most probable symbols with their log probabilities in nats, best first, as many as were asked for.
        public var alternatives: [(symbol: Int32, logProbability: Float)] = []
        /// Symbols of the prompt that were read, where they are told.
        public var read: [ReadSymbol] = []
        /// Why this was the last step.
        public var reason: FinishReason?
    }

    /// A symbol of the prompt.
    public struct ReadSymbol: Sendable {
        /// The symbol.
        public let symbol: Int32
        /// Its log probability in nats after what stands before it.
        public let logProbability: Float
        /// The most probable symbols in its place with their log probabilities in nats, best first.
        public let alternatives: [(symbol: Int32, logProbability: Float)]
    }

    /// Symbols of the prompt.
    public let promptCount: Int
    /// Symbols that were chosen.
    public private(set) var count = 0
    private let generator: Generator
    private let sampling: Sampling
    private let excluded: Set<Int32>
    private var random: RandomSource
    private var states: [RecurrentState]
    private var ids: [Int32]
    /// Symbols of the prompt, or the one that was chosen last, that are not read yet.
    private var unread: ArraySlice<Int32>
    private var scores: [Float] = []
    /// What was read, where it is to be expected again, and the features of the state whose successor is not chosen yet.
    private var cache: ContinuousCache?
    private var pending: Tensor?
    private var assembler = UTF8Assembler()
    private var held: StopBuffer
    private let alternatives: Int
    /// Whether the prompt's symbols are told as they are read.
    private let tellsPrompt: Bool

    /// Symbols of a prompt that are read in one step, and how many where the best in the place of each are looked for, which takes
    /// longer than reading.
    private static let share = 256, toldShare = 16

    /// A continuation of `prompt` that has not begun; each step tells the `alternatives` most probable symbols, and with
    /// `tellsPrompt`, which knows no cache, what was thought of the prompt's symbols.
    ///
    /// Throws `TextError` for a prompt that cannot be tokenized.
    public init(
        of prompt: String, by generator: Generator, _ sampling: Sampling, seed: UInt64, alternatives: Int = 0,
        tellsPrompt: Bool = false
    ) throws(TextError) {
        precondition(!tellsPrompt || sampling.cache.window == 0, "a prompt that is told is read without a cache")
        self.generator = generator
        self.sampling = sampling
        self.alternatives = alternatives
        self.tellsPrompt = tellsPrompt
        excluded = generator.excludedSymbols
        random = RandomSource(seed: seed)
        states = generator.network.stack.zeroStates(batch: 1)
        ids = [generator.codec.end] + (try generator.codec.encode(prompt, tokenizer: generator.tokenizer))
        promptCount = ids.count - 1
        unread = ids[...]
        held = StopBuffer(sampling.stop)
        cache = sampling.cache.window > 0 ? ContinuousCache(sampling.cache) : nil
    }

    /// Reads a part of the prompt, or chooses one symbol.
    public mutating func advance() -> Step {
        if tellsPrompt, count == 0, !unread.isEmpty { return tell() }
        read()
        return choose()
    }

    /// Reads the prompt, or its first part that is unread, and tells its symbols.
    private mutating func tell() -> Step {
        let first = ids.count - unread.count, part = nextPart(alternatives > 0 ? Self.toldShare : Self.share)
        let rows = generator.network.scores(part, SequenceLayout(lengths: [part.count]), states: &states)
        // The last one of all is followed by what is not chosen yet.
        let known = ids.dropFirst(first + 1).prefix(part.count)
        let n = rows.columns
        scores = rows.withScalars { Array($0.suffix(n)) }
        var step = Step()
        for (row, symbol) in known.enumerated() {
            let one = rows.withScalars { Array($0[row * n..<(row + 1) * n]) }
            step.read.append(
                ReadSymbol(
                    symbol: symbol, logProbability: logProbabilities(Tensor([1, n], one), of: [symbol])[0],
                    alternatives: alternatives > 0 ? best(alternatives, of: one) : []))
        }
        return step
    }

    /// Reads what is unread, or its first part.
    private mutating func read() {
        guard !unread.isEmpty else { return }
        let part = nextPart()
        guard var cache else { return scores = generator.network.lastScores(part, states: &states) }
        self.cache = nil
        scores = generator.network.lastScores(part, states: &states, cache: &cache, pending: &pending)
        self.cache = cache
    }

    /// One step of each, read together: each to the bit as by `advance()` alone. All are of one generator, none has ended.
    public static func advance(_ all: inout [Continuation]) -> [Step] {
        precondition(!all.contains { $0.tellsPrompt }, "a prompt is told by a continuation alone")
        // A cache is one continuation's own: those that have one are read alone.
        for index in all.indices where all[index].cache != nil { all[index].read() }
        let readers = all.indices.filter { all[$0].cache == nil && !all[$0].unread.isEmpty }
        if let first = readers.first {
            var states = all[first].states.indices.map { layer in
                RecurrentState(joining: readers.map { all[$0].states[layer] })
            }
            let parts = readers.map { all[$0].nextPart() }
            let scores = all[first].generator.network.lastScores(parts, states: &states)
            for (row, index) in readers.enumerated() {
                all[index].scores = scores[row]
                all[index].states = states.map { $0.selecting([row]) }
            }
        }
        return all.indices.map { all[$0].choose() }
    }

    private mutating func nextPart(_ most: Int = Self.share) -> [Int32] {
        let part = unread.prefix(most)
        unread = unread.dropFirst(part.count)
        return Array(part)
    }

    /// Chooses a symbol, unless the prompt is still being read.
    private mutating func choose() -> Step {
        guard unread.isEmpty else { return Step() }
        guard count < sampling.maximumTokens else {
            return Step(piece: held.finish(assembler.finish()), reason: .length)
        }
        var step = Step()
        let chosen = sampling.choose(
            scores, said: ids, bytes: { [codec = generator.codec] in codec.bytes(of: $0).count }, excluded: excluded,
            using: &random)
        if alternatives > 0 { step.alternatives = best(alternatives, of: scores) }
        (step.symbol, step.logProbability) = (chosen.id, chosen.logProbability)
        if chosen.id == generator.codec.end, case .bytePairs = generator.codec {
            step.symbol = nil
            step.piece = held.finish(assembler.finish())
            step.reason = .stop
            return step
        }
        count += 1
        ids.append(chosen.id)
        let (piece, stopped) = held.append(assembler.append(generator.codec.bytes(of: chosen.id)))
        step.piece = piece
        if stopped {
            step.reason = .stop
        } else if count == sampling.maximumTokens {
            step.piece += held.finish(assembler.finish())
            step.reason = .length
        } else {
            unread = [chosen.id]
        }
        return step
    }

    private func best(_ number: Int, of scores: [Float]) -> [(symbol: Int32, logProbability: Float)] {
        let order = scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
            .prefix(number).map { Int32($0) }
        let row = Tensor([1, scores.count], scores)
        return order.map { ($0, logProbabilities(row, of: [$0])[0]) }
    }
}
