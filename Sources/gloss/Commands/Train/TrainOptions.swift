import ArgumentParser
import Foundation
import GlossPipeline
import GlossStore
import GlossTraining

/// What every kind of training takes.
struct TrainOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Training data; .gz and .xz are read as they are.", valueName: "file"))
    var train: [String] = []

    @Option(
        help: ArgumentHelp(
            "Held-out data; without it a tenth of the training data is held out, of plain text the last twentieth.",
            valueName: "file"))
    var dev: String?

    @Option(help: ArgumentHelp("The name under which the model is stored.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("A TOML file with what differs from the defaults.", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("One value: training.epochs=5. Repeat for several.", valueName: "key=value"))
    var settings: [String] = []

    @Flag(help: "Go on from where the last training of this model stopped.")
    var resume = false

    @Flag(help: "Go on like --resume if there is a kept state, else begin: for a service that is started again.")
    var resumeOrStart = false

    @Option(help: ArgumentHelp("How often the state is kept for --resume.", valueName: "seconds"))
    var checkpointEvery = 180.0

    @Flag(help: "Print the configuration with every default as TOML, and stop.")
    var printConfig = false

    @Option(help: ArgumentHelp("Threads; a result never depends on their number.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(
        help: ArgumentHelp(
            "What the weights are stored as: float32, float16, bfloat16, int8 or int4.", valueName: "type"))
    var precision = ElementType.float32

    @Option(help: ArgumentHelp("Notes on the licence of the data, kept with the model.", valueName: "text"))
    var licence = ""

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard !printConfig else { return }
        if train.isEmpty { throw ValidationError("give the training data with --train FILE") }
        if model == nil { throw ValidationError("give the model's name with --model NAME") }
        if resume, resumeOrStart { throw ValidationError("--resume and --resume-or-start exclude each other") }
        if threads < 1 { throw ValidationError("--threads \(threads) is less than 1") }
        if checkpointEvery < 0 || !checkpointEvery.isFinite {
            throw ValidationError("--checkpoint-every \(checkpointEvery) is no number of seconds; give 0 or more")
        }
    }

    /// The run that file and settings describe; `further` settings of the command's own come before those of the user.
    func configuration(_ task: Task, further: [String] = []) throws -> RunConfiguration {
        let toml = try config.map { path in try PlainText.whole(path: path) }
        return try RunConfiguration(task, toml: toml, file: config ?? "", settings: further + settings)
    }
}

extension ElementType: ExpressibleByArgument {}
