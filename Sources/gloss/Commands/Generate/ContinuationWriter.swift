import GlossPipeline
import GlossText

/// Who continues a text: this process or a daemon.
protocol ContinuationWriter {
    /// Continues a prompt once for each seed; `page` gets each piece as soon as it is made, and each end.
    func write(_ prompt: String, _ sampling: Sampling, seeds: [UInt64], to page: inout ContinuationPage) throws
}

/// A model in this process: continuations are made together.
struct LocalWriter: ContinuationWriter {
    let generator: Generator

    func write(_ prompt: String, _ sampling: Sampling, seeds: [UInt64], to page: inout ContinuationPage) throws {
        var tokens = [Int](repeating: 0, count: seeds.count)
        try generator.generate(prompt, sampling, seeds: seeds) { index, step in
            if step.symbol != nil { tokens[index] += 1 }
            page.add(step.piece, to: index)
            if let reason = step.reason { page.end(index, reason: reason.rawValue, tokens: tokens[index]) }
        }
    }
}

/// A model that a daemon serves.
struct RemoteWriter: ContinuationWriter {
    let stream: CompletionStream

    func write(_ prompt: String, _ sampling: Sampling, seeds: [UInt64], to page: inout ContinuationPage) throws {
        for (index, seed) in seeds.enumerated() {
            // A number is written with the digits that give its bits back.
            let fields = [
                (key: "max_tokens", value: String(sampling.maximumTokens)),
                (key: "temperature", value: String(describing: sampling.temperature)),
                (key: "top_k", value: String(sampling.topK)), (key: "top_p", value: String(describing: sampling.topP)),
                (key: "repetition_penalty", value: String(describing: sampling.repetitionPenalty)),
                (key: "dry_multiplier", value: String(describing: sampling.dryMultiplier)),
                (key: "stop", value: JSONText.array(sampling.stop.map { JSONText.string($0) })),
                (key: "seed", value: String(seed)),
            ]
            let (reason, tokens) = try stream.complete(prompt, fields) { page.add($0, to: index) }
            page.end(index, reason: reason, tokens: tokens)
        }
    }
}
