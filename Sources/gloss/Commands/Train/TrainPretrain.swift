import ArgumentParser
import GlossPipeline
import GlossText
import GlossTraining

/// `gloss train pretrain`.
struct TrainPretrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pretrain",
        abstract: "Learns a language model in both directions from plain text, for other models to start from.",
        discussion: """
            Data: plain text, a text a line. --tokenizer whitespace is for text whose words are already separated by spaces.
            What was pretrained reads on, and so does a model that started from it, as those that ship.

            Examples:
              gloss train pretrain --train reviews.txt --dev held.txt --model base
              gloss train pretrain --train letters.txt --model letters --set training.pretrained=base
              gloss train pretrain --train letters.txt --model letters --set training.pretrained=sentiment --set training.epochs=3
              gloss train classify --train train.tsv --dev dev.tsv --model mine --set training.pretrained=base
              gloss train tag --train train.conllu --dev dev.conllu --model tags --set training.pretrained=base
            """)

    @Option(
        help: ArgumentHelp("How words are found: words, icu, whitespace or characters.", valueName: "kind"))
    var tokenizer: TokenizerConfiguration.Kind?

    @OptionGroup var options: TrainOptions

    func validate() throws {
        try options.reading.refuse(column: true, labelSeparator: true, for: "plain text")
    }

    func run() throws {
        let run = try options.configuration(
            .pretrain, further: tokenizer.map { ["model.tokenizer.kind=\($0.rawValue)"] } ?? [])
        if options.printConfig { return Output.write(try run.toml()) }
        let session = try TrainingSession(options, run)
        let reading = try options.reading.corpusOptions()
        func read(_ paths: [String]) throws -> WordStream {
            try WordStream(paths: paths, run.model.tokenizer, options: reading, threads: options.threads)
        }
        let whole = try read(options.train)
        let (text, held) = try options.dev.map { (whole, try read([$0])) } ?? whole.split()
        TrainingSession.report(skipped: whole.skipped + (options.dev == nil ? 0 : held.skipped))
        let training = try Pretraining(
            run.model, run.training, text: text, held: held, start: session.start, threads: options.threads)
        Diagnostics.warn("\(training.size.tokens) words are read, \(training.size.words) different ones predicted")
        let outcome = try session.train(training.task(), training.freshModel(), kind: .pretrain)
        try session.finish(.pretrain(outcome.model), seconds: outcome.seconds) { stored in
            try Evaluator.evaluate(stored, held, threads: options.threads)
        }
    }
}
