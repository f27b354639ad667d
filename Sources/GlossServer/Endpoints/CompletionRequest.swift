import GlossPipeline
import GlossText

/// The body of `POST /v1/completions`, as OpenAI's clients write it, with `top_k`, `repetition_penalty` and `dry_multiplier`
/// besides.
struct CompletionRequest: Sendable {
    var model: String?
    var prompts: [String] = [""]
    var sampling = Sampling()
    var continuations = 1
    var seed: UInt64?
    var streams = false
    var includesUsage = false
    var echoes = false
    /// Log probabilities of so many symbols beside the chosen one; nil: none at all.
    var alternatives: Int?

    /// The most alternatives that a request may ask for, as OpenAI has it.
    static let maximumAlternatives = 5
    /// The most stop strings.
    static let maximumStops = 16

    /// Reads a body; throws `Refusal` naming the parameter that is not possible.
    init(_ body: JSONValue, _ limits: Limits) throws(Refusal) {
        func number(_ key: String, _ range: ClosedRange<Double>, _ remedy: String) throws(Refusal) -> Double? {
            guard let value = body[key] else { return nil }
            guard let number = value.double, number.isFinite, range.contains(number) else {
                throw .invalid("“\(key)” is not possible; give \(remedy)", parameter: key)
            }
            return number
        }
        func whole(_ key: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int? {
            guard let value = body[key] else { return nil }
            guard let number = value.int, range.contains(number) else {
                throw .invalid(
                    "“\(key)” is not possible; give a whole number from \(range.lowerBound) to \(range.upperBound)",
                    parameter: key)
            }
            return number
        }
        func flag(_ key: String, in object: JSONValue) throws(Refusal) -> Bool? {
            guard let value = object[key] else { return nil }
            guard let flag = value.bool else {
                throw .invalid("“\(key)” is neither true nor false", parameter: key)
            }
            return flag
        }
        model = try TextOptions { $0 == "model" ? body[$0] : nil }.model
        prompts = try Self.texts(body["prompt"], "prompt") ?? [""]
        guard prompts.count <= limits.texts else {
            throw .tooMuch(
                "\(prompts.count) prompts, the limit is \(limits.texts)", parameter: "prompt", limit: "texts")
        }
        for prompt in prompts {
            let cost = TextRecord.text(prompt).cost
            guard cost <= limits.textTokens else { throw .tooManyTokens(cost, limits, parameter: "prompt") }
        }
        for key in Self.unsupported where body[key].map({ !Self.isNeutral($0, for: key) }) == true {
            throw .invalid("“\(key)” is not supported; leave it out", parameter: key)
        }
        sampling.maximumTokens = try whole("max_tokens", 0...limits.generatedTokens) ?? 16
        sampling.temperature = Float(try number("temperature", 0...100, "a number from 0 to 100") ?? 1)
        sampling.topP = Float(try number("top_p", 1e-6...1, "a number from 0.000001 to 1") ?? 1)
        sampling.topK = try whole("top_k", 0...1_000_000) ?? 0
        sampling.repetitionPenalty = Float(
            try number("repetition_penalty", 1e-3...100, "a number from 0.001 to 100")
                ?? Double(Sampling().repetitionPenalty))
        sampling.dryMultiplier = Float(
            try number("dry_multiplier", 0...100, "a number from 0 to 100") ?? Double(Sampling().dryMultiplier))
        sampling.stop = try Self.texts(body["stop"], "stop") ?? []
        guard sampling.stop.count <= Self.maximumStops, !sampling.stop.contains("") else {
            throw .invalid(
                "“stop” is not possible; give at most \(Self.maximumStops) texts, none empty", parameter: "stop")
        }
        continuations = try whole("n", 1...limits.continuations) ?? 1
        if case .number(let digits)? = body["seed"] {
            guard let number = UInt64(digits) else {
                throw .invalid("“seed” is not possible; give a whole number from 0 to \(UInt64.max)", parameter: "seed")
            }
            seed = number
        } else if body["seed"] != nil {
            throw .invalid("“seed” is no number", parameter: "seed")
        }
        streams = try flag("stream", in: body) ?? false
        echoes = try flag("echo", in: body) ?? false
        if let options = body["stream_options"] {
            includesUsage = try flag("include_usage", in: options) ?? false
        }
        alternatives = try whole("logprobs", 0...Self.maximumAlternatives)
    }

    /// Whether the symbols of the prompt are told: how little each was expected.
    var tellsPrompt: Bool { echoes && alternatives != nil }

    /// What OpenAI's request may hold and would change the answer, but is not known here.
    private static let unsupported = ["suffix", "best_of", "frequency_penalty", "presence_penalty", "logit_bias"]

    /// Whether a value asks for nothing: no penalty, no bias, the best of one.
    private static func isNeutral(_ value: JSONValue, for key: String) -> Bool {
        switch (key, value) {
        case (_, .null), ("suffix", .string("")), ("logit_bias", .object([])): true
        case ("best_of", .number): value.int == 1
        case ("frequency_penalty", .number), ("presence_penalty", .number): value.double == 0
        default: false
        }
    }

    private static func texts(_ value: JSONValue?, _ key: String) throws(Refusal) -> [String]? {
        switch value {
        case nil: return nil
        case .string(let text): return [text]
        case .array(let elements):
            var texts: [String] = []
            for element in elements {
                guard let text = element.string else {
                    throw .invalid("“\(key)” holds something that is no text", parameter: key)
                }
                texts.append(text)
            }
            return texts.isEmpty ? nil : texts
        default: throw .invalid("“\(key)” is neither a text nor a list of texts", parameter: key)
        }
    }
}
