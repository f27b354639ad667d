import ArgumentParser
import GlossPipeline
import GlossTraining

/// `gloss generate`.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Continues a text.",
        discussion: """
            The continuation appears as it is made. The same seed gives the same continuation; several continuations \
            take the seed, the seed plus one and so on, and stand apart by an empty line.

            Examples:
              gloss generate "It was a quiet"
              gloss generate --seed 7 --max-tokens 60 --temperature 0.7 -n 3 --echo "The door opened"
              gloss generate --temperature 0 --stop "." --model writer < start.txt
              gloss generate --explain "The door opened its mouth"
            """)

    @Option(help: ArgumentHelp("The model: NAME or NAME:VERSION.", valueName: "model"))
    var model = "generator"

    @Option(help: ArgumentHelp("The most symbols to generate.", valueName: "count"))
    var maxTokens = Sampling().maximumTokens

    @Option(help: ArgumentHelp("Less is more predictable; 0 takes the best symbol always.", valueName: "number"))
    var temperature = Sampling().temperature

    @Option(help: ArgumentHelp("Draw from the best symbols alone, this many; 0 means all.", valueName: "count"))
    var topK = Sampling().topK

    @Option(
        help: ArgumentHelp(
            "Draw from the best symbols alone, whose probabilities reach this together.", valueName: "number"))
    var topP = Sampling().topP

    @Option(help: ArgumentHelp("Makes what was just said less probable; 1 changes nothing.", valueName: "number"))
    var repetitionPenalty = Sampling().repetitionPenalty

    @Option(
        help: ArgumentHelp(
            "Makes words that would continue a phrase which was said before less probable, the more the longer it is; 0 changes nothing.",
            valueName: "number"))
    var dryMultiplier = Sampling().dryMultiplier

    @Option(
        help: ArgumentHelp(
            "Expect again what was just read, among the last WINDOW symbols.",
            valueName: "window[:sharpness[:weight]]"))
    var cache: CacheConfiguration?

    @Option(help: ArgumentHelp("Where the random numbers start; chosen at random if not given.", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "End before this text. Repeat for several.", valueName: "text"))
    var stop: [String] = []

    @Option(name: .customShort("n"), help: ArgumentHelp("Continuations.", valueName: "count"))
    var count = 1

    @Flag(help: "Print the prompt before each continuation.")
    var echo = false

    @Flag(
        help:
            "Continue nothing: show how little each piece of the text was expected, in colours on a terminal, else as JSON."
    )
    var explain = false

    @Flag(help: "Say on standard error which seed was taken and why each continuation ended.")
    var verbose = false

    @Option(
        name: .customLong("invalid-utf8"),
        help: ArgumentHelp(
            "What to do with a prompt's bytes that are not UTF-8: error or replace.", valueName: "policy"))
    var invalidUTF8 = InvalidUTF8Policy.error

    @OptionGroup var store: StoreOptions
    @OptionGroup var daemon: DaemonOptions

    @Argument(help: ArgumentHelp("The text to continue; standard input if it is not given.", valueName: "prompt"))
    var prompt: String?

    /// The longest prompt, in bytes.
    static let maximumPromptBytes = 1 << 20

    func validate() throws {
        func require(_ holds: Bool, _ option: String, _ value: some Any, _ wanted: String) throws {
            if !holds { throw ValidationError("--\(option) \(value) is not possible; give \(wanted)") }
        }
        try require(maxTokens >= 1, "max-tokens", maxTokens, "at least 1")
        try require((0...100).contains(temperature), "temperature", temperature, "a number from 0 to 100")
        try require((0...1_000_000).contains(topK), "top-k", topK, "a number from 0 to 1000000")
        try require((1e-6...1).contains(topP), "top-p", topP, "a number from 0.000001 to 1")
        try require(
            (1e-3...100).contains(repetitionPenalty), "repetition-penalty", repetitionPenalty,
            "a number from 0.001 to 100")
        try require((0...100).contains(dryMultiplier), "dry-multiplier", dryMultiplier, "a number from 0 to 100")
        if count < 1 { throw ValidationError("-n \(count) is not possible; give at least 1") }
        if explain, cache != nil { throw ValidationError("--explain reads without a cache; leave --cache out") }
        if stop.contains("") { throw ValidationError("--stop is empty; give the text to end before") }
    }

    func run() throws {
        if explain {
            let generator = try generator(), text = try start()
            let shown = SurprisalText(text: text, pieces: try generator.surprisal(of: text))
            return Output.write((Output.isTerminal ? shown.coloured : shown.json) + "\n")
        }
        let writer = try writer()
        let start = try start()
        var sampling = Sampling()
        sampling.temperature = temperature
        sampling.topK = topK
        sampling.topP = topP
        sampling.repetitionPenalty = repetitionPenalty
        sampling.dryMultiplier = dryMultiplier
        sampling.cache = cache ?? sampling.cache
        sampling.maximumTokens = maxTokens
        sampling.stop = stop
        let first = seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
        let seeds = (0..<count).map { first &+ UInt64($0) }
        var page = ContinuationPage(opening: echo ? start : "", seeds: seeds, isVerbose: verbose)
        try writer.write(start, sampling, seeds: seeds, to: &page)
    }

    private func writer() throws -> any ContinuationWriter {
        // A daemon's answers know no cache.
        if cache == nil, let served = try daemon.model(model, store) {
            guard served.task == .generate else { throw WrongTask.error(model, served.task, wanted: "generate") }
            return RemoteWriter(stream: CompletionStream(served))
        }
        return LocalWriter(generator: try generator())
    }

    /// The model in this process.
    private func generator() throws -> Generator {
        let served = try store.model(model).model
        guard case .generate(let generator) = served else {
            throw WrongTask.error(model, served.task, wanted: "generate")
        }
        return generator
    }

    /// The prompt.
    private func start() throws -> String {
        let start = try prompt ?? readPrompt()
        if start.utf8.count > Self.maximumPromptBytes {
            throw CommandError(
                ExitStatus.data,
                "the prompt has \(start.utf8.count) bytes, the limit is \(Self.maximumPromptBytes); give its end alone")
        }
        return start
    }

    /// Standard input without its last line end, so that a missing one changes nothing.
    private func readPrompt() throws -> String {
        let text = try PlainText.whole(path: "-", invalidUTF8: invalidUTF8, maximumBytes: Self.maximumPromptBytes)
        let end = text.hasSuffix("\r\n") || text.hasSuffix("\n") ? text.index(before: text.endIndex) : text.endIndex
        return String(text[..<end])
    }
}
