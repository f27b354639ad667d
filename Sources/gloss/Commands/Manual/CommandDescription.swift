import Foundation

/// A command as the argument parser describes it (its tool information, version 0).
struct CommandDescription: Decodable {
    /// An argument, an option or a flag.
    struct Argument: Decodable {
        /// One spelling of an option.
        struct Name: Decodable {
            let kind: String
            let name: String

            /// As it is typed.
            var typed: String { (kind == "long" ? "--" : "-") + name }

            /// Whether every command has it.
            var isCommon: Bool { kind == "long" && (name == "help" || name == "version") }
        }

        let kind: String
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let discussion: String?
        let defaultValue: String?
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let arguments: [Argument]?
    let subcommands: [CommandDescription]?

    private struct Tool: Decodable {
        let command: CommandDescription
    }

    /// Reads what `--experimental-dump-help` prints. Throws a decoding error for anything else.
    init(toolInformation json: String) throws {
        self = try JSONDecoder().decode(Tool.self, from: Data(json.utf8)).command
    }

    /// The commands below this one that users see, without the parser's own `help`.
    var shownSubcommands: [CommandDescription] {
        (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    }

    /// The arguments that users see.
    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

    /// The text before the examples, and the examples, a line each.
    var parts: (text: String, examples: [String]) {
        let lines = (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(where: { $0 == "Examples:" || $0 == "Example:" }) else {
            return (discussion ?? "", [])
        }
        let examples = lines[(start + 1)...].map { $0.trimmingCharacters(in: .whitespaces) }
        return (lines[..<start].joined(separator: "\n"), examples.filter { !$0.isEmpty })
    }
}
