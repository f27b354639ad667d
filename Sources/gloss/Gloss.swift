import ArgumentParser
import Foundation

/// The one executable.
@main
struct Gloss: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gloss",
        abstract: "Reads text and annotates it: sentiment, tags, continuations, from models that it trains itself.",
        discussion: """
            Examples:
              cat reviews.txt | gloss classify
              gloss tag letter.txt
              gloss generate "It was a quiet"
              gloss train classify --train train.tsv --dev dev.tsv --model mine
            """,
        version: GlossVersion.current,
        subcommands: [Train.self, Evaluate.self])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
            Output.flush()
        } catch let error as any ExitMapped {
            Output.flush()
            Diagnostics.fail(error)
        } catch {
            Output.flush()
            if let known = Diagnostics.known(error) { Diagnostics.fail(known) }
            exit(withError: error)
        }
    }
}

/// This Gloss's version.
enum GlossVersion {
    static let current = "0.1.0"
}
