import GlossPipeline
import GlossServer

/// Who continues a text: this process or a daemon.
protocol ContinuationWriter {
    /// Continues a prompt; `emit` gets each piece as soon as it is made. Gives why it ended, and its symbols.
    func write(_ prompt: String, _ sampling: Sampling, seed: UInt64, emit: (String) -> Void) throws
        -> (reason: String, tokens: Int)
}

/// A model in this process.
struct LocalWriter: ContinuationWriter {
    let generator: Generator

    func write(_ prompt: String, _ sampling: Sampling, seed: UInt64, emit: (String) -> Void) throws
        -> (reason: String, tokens: Int)
    {
        let (reason, tokens) = try generator.generate(prompt, sampling, seed: seed) { piece in
            emit(piece)
            return true
        }
        return (reason.rawValue, tokens)
    }
}

/// A model that a daemon serves.
struct RemoteWriter: ContinuationWriter {
    let stream: CompletionStream

    func write(_ prompt: String, _ sampling: Sampling, seed: UInt64, emit: (String) -> Void) throws
        -> (reason: String, tokens: Int)
    {
        // A number is written with the digits that give its bits back.
        let fields = [
            (key: "max_tokens", value: String(sampling.maximumTokens)),
            (key: "temperature", value: String(describing: sampling.temperature)),
            (key: "top_k", value: String(sampling.topK)), (key: "top_p", value: String(describing: sampling.topP)),
            (key: "repetition_penalty", value: String(describing: sampling.repetitionPenalty)),
            (key: "stop", value: JSONText.array(sampling.stop.map { JSONText.string($0) })),
            (key: "seed", value: String(seed)),
        ]
        return try stream.complete(prompt, fields, emit: emit)
    }
}
