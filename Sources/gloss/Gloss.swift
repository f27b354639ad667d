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
        // A file that may not grow any more is an error of writing, and what was begun is removed.
        signal(SIGXFSZ, SIG_IGN)
        do {
            try checkArguments()
            var command = try parseAsRoot()
            try command.run()
        } catch let error as any ExitMapped {
            Diagnostics.fail(error)
        } catch {
            if let known = Diagnostics.known(error) { Diagnostics.fail(known) }
            // What was asked for, as help, and not an error.
            guard exitCode(for: error) != .success else { return Output.write(fullMessage(for: error) + "\n") }
            Diagnostics.fail(CommandError(exitCode(for: error).rawValue, explanation(of: error)))
        }
    }

    /// Swift repairs what is no UTF-8, and another text or file would be meant. Throws where the arguments are such.
    private static func checkArguments() throws(CommandError) {
        for index in 1..<max(Int(CommandLine.argc), 1) {
            guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else {
                continue
            }
            let shown = Diagnostics.onOneLine(String(String(cString: argument).prefix(60)))
            throw CommandError(
                ExitStatus.usage,
                "argument \(index), “\(shown)”, is not valid UTF-8; give text on standard input or convert it with iconv"
            )
        }
    }

    /// What the argument parser says about an error, on one line, with where help is.
    private static func explanation(of error: any Error) -> String {
        let said = Diagnostics.onOneLine(
            unknownCommand(CommandLine.arguments.dropFirst()) ?? message(for: error))
        // What already tells the remedy does so behind a semicolon, the parser itself in a second sentence.
        guard !said.contains("; "), !said.contains(". "),
            let help = fullMessage(for: error).firstMatch(of: /See '(gloss.*--help)'/)
        else {
            return said
        }
        return "\(said); see \(help.1)"
    }

    /// What is wrong with a word that stands in the place of a subcommand; nil where there is none such.
    private static func unknownCommand(_ arguments: some Sequence<String>) -> String? {
        var command: any ParsableCommand.Type = Gloss.self
        var path = "gloss"
        for argument in arguments {
            let known = command.configuration.subcommands
            if known.isEmpty || argument.hasPrefix("-") { return nil }
            guard let next = known.first(where: { $0._commandName == argument }) else {
                return
                    "\(path) has no command \(argument); it has \(known.map { $0._commandName }.joined(separator: ", "))"
            }
            (command, path) = (next, "\(path) \(argument)")
        }
        return nil
    }
}

/// This Gloss's version.
enum GlossVersion {
    static let current = "0.1.0"
}
