import ArgumentParser

#if canImport(Glibc)
    import Glibc
#endif

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
        subcommands: [
            Classify.self, Tag.self, Generate.self, Tokenize.self, VocabularyCommand.self, Train.self, Evaluate.self,
            Models.self, Serve.self, Status.self, Doctor.self, Manual.self,
        ])

    static func main() {
        // A reader that goes away ends the command quietly, even when the parent ignores the signal.
        signal(SIGPIPE, SIG_DFL)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as any ExitMapped {
            Diagnostics.fail(error)
        } catch {
            if let known = Diagnostics.known(error) { Diagnostics.fail(known) }
            guard exitCode(for: error) != .success else { exit(withError: error) }
            Diagnostics.fail(CommandError(exitCode(for: error).rawValue, Diagnostics.onOneLine(message(for: error))))
        }
    }
}

/// This Gloss's version.
enum GlossVersion {
    static let current = "0.1.0"
}
