import GlossPipeline
import Synchronization

/// A part of a continuation, as it is sent.
struct CompletionPart: Sendable {
    var index: Int
    var text = ""
    /// The symbols that were chosen since the last part, or those of the prompt that were read, where they are told.
    var symbols: [Symbol] = []
    var reason: FinishReason?
    /// Symbols of the prompt and of the continuation until now.
    var promptTokens = 0
    var tokens = 0

    /// A symbol, and what was thought of it.
    struct Symbol: Sendable {
        var text: String
        /// Unicode scalars that begin in it: none where it goes on with the bytes of one.
        var scalars: Int
        var logProbability: Float
        var alternatives: [(text: String, logProbability: Float)]
    }
}

/// One continuation: some symbols are made at a time, then it waits for its turn again.
final class CompletionWork: Sendable {
    private let generator: Generator
    private let make: @Sendable () throws -> Continuation
    /// Nil before the first turn.
    private let continuation = Mutex<Continuation?>(nil)
    private let index: Int
    private let keepsSymbols: Bool
    private let control: RequestControl
    private let queue: WorkQueue
    private let emit: @Sendable (Result<CompletionPart, any Error>) -> Void

    /// Symbols that are made in one turn.
    private static let share = 8

    /// A continuation that has not begun; `emit` gets its parts, or why there is none. The prompt is tokenized in the
    /// first turn.
    init(
        _ prompt: String, by generator: Generator, _ request: CompletionRequest, seed: UInt64, index: Int,
        _ control: RequestControl, _ queue: WorkQueue,
        emit: @escaping @Sendable (Result<CompletionPart, any Error>) -> Void
    ) {
        self.generator = generator
        self.index = index
        self.control = control
        self.queue = queue
        self.emit = emit
        keepsSymbols = request.alternatives != nil
        make = {
            try Continuation(
                of: prompt, by: generator, request.sampling, seed: seed, alternatives: request.alternatives ?? 0,
                tellsPrompt: request.tellsPrompt)
        }
    }

    /// Waits for a turn.
    func begin() {
        queue.add([
            Work(
                control: control, cost: Self.share, key: nil, run: { [self] _ in takeTurn() }, payload: (),
                drop: { [emit] in emit(.failure($0)) })
        ])
    }

    private func takeTurn() {
        do {
            let part = try continuation.withLock { stored in
                var continuation = try stored ?? make()
                defer { stored = continuation }
                return turn(&continuation)
            }
            emit(.success(part))
            if part.reason == nil { begin() }
        } catch {
            emit(.failure(error))
        }
    }

    /// Some symbols, or a part of the prompt, which is as long.
    private func turn(_ continuation: inout Continuation) -> CompletionPart {
        var part = CompletionPart(index: index)
        for _ in 0..<Self.share {
            let step = continuation.advance()
            part.text += step.piece
            part.reason = step.reason
            part.symbols += step.read.map { self.symbol($0.symbol, $0.logProbability, $0.alternatives) }
            guard let symbol = step.symbol else { break }
            if keepsSymbols { part.symbols.append(self.symbol(symbol, step.logProbability, step.alternatives)) }
            if part.reason != nil { break }
        }
        (part.promptTokens, part.tokens) = (continuation.promptCount, continuation.count)
        return part
    }

    private func symbol(
        _ symbol: Int32, _ logProbability: Float, _ alternatives: [(symbol: Int32, logProbability: Float)]
    ) -> CompletionPart.Symbol {
        CompletionPart.Symbol(
            text: text(symbol), scalars: generator.codec.bytes(of: symbol).count { $0 & 0xC0 != 0x80 },
            logProbability: logProbability,
            alternatives: alternatives.map { (text($0.symbol), $0.logProbability) })
    }

    private func text(_ symbol: Int32) -> String { String(decoding: generator.codec.bytes(of: symbol), as: UTF8.self) }
}
