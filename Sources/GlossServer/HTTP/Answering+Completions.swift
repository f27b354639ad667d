import Foundation
import GlossPipeline
import HummingbirdCore
import NIOCore

extension Answering {
    /// `POST /v1/completions`: whole, or as server-sent events (WHATWG HTML, section 9.2).
    func completions(_ request: Request, _ body: BodyReading, _ pace: ConnectionPace) async throws -> Outcome {
        try request.checkType(["application/json", "application/x-www-form-urlencoded"])
        let limits = limits
        let wanted = try CompletionRequest(try await body.json(limits), limits)
        let control = try control(request.headers, pace)
        let model = try await model(wanted.model ?? "generator", for: control)
        guard case .generate(let generator) = model.model else { throw Refusal.wrongTask(model, "/v1/completions") }
        let json = CompletionJSON(
            id: "cmpl-\(nextNumber)", created: Int(Date().timeIntervalSince1970), model: model.reference.description)
        let parts = AsyncStream<Result<CompletionPart, any Error>>.makeStream()
        let seed = wanted.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
        var count = 0
        for prompt in wanted.prompts {
            for number in 0..<wanted.continuations {
                CompletionWork(
                    prompt, by: generator, wanted, seed: seed &+ UInt64(number), index: count, control, queue
                ) { parts.continuation.yield($0) }.begin()
                count += 1
            }
        }
        let total = count, metrics = metrics
        let counted: @Sendable (CompletionPart) -> Void = {
            if $0.reason != nil { metrics.count("gloss_generated_tokens_total", by: Double($0.tokens)) }
        }
        guard wanted.streams else {
            return try await control.whileWaiting({ parts.continuation.yield(.failure(WorkError.late)) }) {
                .reply(Reply(try await Self.whole(parts.stream, total, wanted, json, counted)))
            }
        }
        control.begin { parts.continuation.yield(.failure(WorkError.late)) }
        return .stream(contentType: "text/event-stream") { [self] writer in
            var isWhole = false
            defer { control.end(cancels: !isWhole) }
            isWhole = try await events(parts.stream, total, wanted, json, counted, &writer)
        }
    }

    /// Waits for all continuations. Throws what ended one of them.
    private static func whole(
        _ parts: AsyncStream<Result<CompletionPart, any Error>>, _ count: Int, _ wanted: CompletionRequest,
        _ json: CompletionJSON, _ counted: (CompletionPart) -> Void
    ) async throws -> String {
        var choices = (0..<count).map { index in
            var choice = CompletionPart(index: index)
            if wanted.echoes { choice.text = wanted.prompts[index / wanted.continuations] }
            return choice
        }
        var open = count
        for await result in parts {
            let part = try result.get()
            counted(part)
            choices[part.index].text += part.text
            choices[part.index].symbols += part.symbols
            (choices[part.index].promptTokens, choices[part.index].tokens) = (part.promptTokens, part.tokens)
            choices[part.index].reason = part.reason
            if part.reason != nil { open -= 1 }
            if open == 0 { break }
        }
        return json.object(
            choices.map { choice in
                json.choice(choice, hasSymbols: wanted.alternatives != nil, offset: 0)
            },
            usage: usage(choices, wanted))
    }

    private static func usage(_ choices: [CompletionPart], _ wanted: CompletionRequest) -> (
        prompt: Int, completion: Int
    ) {
        (
            stride(from: 0, to: choices.count, by: wanted.continuations).reduce(0) { $0 + choices[$1].promptTokens },
            choices.reduce(0) { $0 + $1.tokens }
        )
    }

    /// An event for each part, as it is made; an error after the first byte is an event as well, and then the last one. Gives whether
    /// there was none.
    private func events(
        _ parts: AsyncStream<Result<CompletionPart, any Error>>, _ count: Int, _ wanted: CompletionRequest,
        _ json: CompletionJSON, _ counted: (CompletionPart) -> Void, _ writer: inout any ResponseBodyWriter
    ) async throws -> Bool {
        var last = (0..<count).map { CompletionPart(index: $0) }
        var offsets = [Int](repeating: 0, count: count)
        var open = count
        if wanted.echoes {
            for index in 0..<count {
                var echo = CompletionPart(index: index)
                echo.text = wanted.prompts[index / wanted.continuations]
                let event = json.object([json.choice(echo, hasSymbols: false, offset: 0)], usage: nil)
                try await writer.write(ByteBuffer(string: "data: \(event)\n\n"))
            }
        }
        for await result in parts {
            let part: CompletionPart
            do {
                part = try result.get()
            } catch {
                let refusal = Refusal(error)
                self.count(refusal)
                try await writer.write(ByteBuffer(string: "data: \(refusal.json)\n\n"))
                try await writer.finish(nil)
                return false
            }
            counted(part)
            last[part.index] = part
            if part.reason != nil { open -= 1 }
            if !part.text.isEmpty || !part.symbols.isEmpty || part.reason != nil {
                let choice = json.choice(
                    part, hasSymbols: wanted.alternatives != nil, offset: offsets[part.index])
                offsets[part.index] += part.symbols.reduce(0) { $0 + $1.scalars }
                try await writer.write(ByteBuffer(string: "data: \(json.object([choice], usage: nil))\n\n"))
            }
            if open == 0 { break }
        }
        if wanted.includesUsage {
            try await writer.write(ByteBuffer(string: "data: \(json.object([], usage: Self.usage(last, wanted)))\n\n"))
        }
        try await writer.write(ByteBuffer(string: "data: [DONE]\n\n"))
        try await writer.finish(nil)
        return true
    }
}
