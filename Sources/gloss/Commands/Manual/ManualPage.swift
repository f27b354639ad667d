/// A manual page of section 1 in the macros of man(7), written from a command's own description, so that it says what the
/// command's help says.
struct ManualPage {
    private let command: CommandDescription
    /// The words before the command's own name.
    private let parents: [String]

    /// The page of `command`, a subcommand of `parents`.
    init(_ command: CommandDescription, parents: [String] = []) {
        self.command = command
        self.parents = parents
    }

    /// The page's name, as in gloss-classify.
    var name: String { (parents + [command.commandName]).joined(separator: "-") }

    /// The page of a command and those of its direct subcommands.
    static func pages(of root: CommandDescription) -> [ManualPage] {
        [ManualPage(root)] + root.shownSubcommands.map { ManualPage($0, parents: [root.commandName]) }
    }

    /// The whole page.
    var text: String {
        let (description, examples) = command.parts
        var page = ".TH \(Self.escaped(name.uppercased())) 1 \"\" \"gloss \(GlossVersion.current)\" \"Gloss\"\n"
        page += ".SH NAME\n\(Self.escaped(name)) \\- \(Self.escaped(command.abstract ?? ""))\n"
        page += ".SH SYNOPSIS\n" + Self.synopses(command, parents)
        if !description.isEmpty { page += ".SH DESCRIPTION\n" + Self.paragraphs(description) }
        page += parents.isEmpty ? commands() : options()
        if !examples.isEmpty { page += ".SH EXAMPLES\n" + Self.verbatim(examples) }
        if parents.isEmpty { page += Self.surroundings }
        return page + ".SH SEE ALSO\n" + related()
    }

    /// The list of commands on the first page.
    private func commands() -> String {
        ".SH COMMANDS\n"
            + command.shownSubcommands.map {
                ".TP\n.BR \(Self.escaped(name + "-" + $0.commandName)) (1)\n\(Self.escaped($0.abstract ?? ""))\n"
            }.joined()
    }

    /// The options of the command, and those of its subcommands in a section each.
    private func options() -> String {
        var page = ".SH OPTIONS\n" + Self.list(command.shownArguments)
        for part in command.shownSubcommands {
            page += ".SS \(Self.escaped(([command.commandName, part.commandName]).joined(separator: " ")))\n"
            page += Self.escaped(part.abstract ?? "") + "\n"
            let (text, examples) = part.parts
            if !text.isEmpty { page += ".PP\n" + Self.paragraphs(text) }
            page += Self.list(
                part.shownArguments.filter { argument in !(argument.names ?? []).contains(where: \.isCommon) })
            if !examples.isEmpty { page += ".PP\n" + Self.verbatim(examples) }
        }
        return page
    }

    private static func synopses(_ command: CommandDescription, _ parents: [String]) -> String {
        let words = parents + [command.commandName]
        guard command.shownSubcommands.isEmpty else {
            guard !parents.isEmpty else { return ".B gloss\n.I command\n[option ...] [argument ...]\n" }
            return command.shownSubcommands.map { synopses($0, words) }.joined(separator: ".br\n")
        }
        let operands = command.shownArguments.filter { $0.kind == "positional" }.map { argument in
            let value = "\\fI\(escaped(argument.valueName ?? ""))\\fR" + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(value)]" : value
        }
        return ".B \(escaped(words.joined(separator: " ")))\n" + (["[option ...]"] + operands).joined(separator: " ")
            + "\n"
    }

    private static func list(_ arguments: [CommandDescription.Argument]) -> String {
        arguments.map { argument in
            let value = "\\fI\(escaped(argument.valueName ?? ""))\\fR"
            let names = (argument.names ?? []).map { "\\fB\(escaped($0.typed))\\fR" }.joined(separator: ", ")
            let term =
                switch argument.kind {
                case "positional": value
                case "option": names + " " + value
                default: names
                }
            let standard = argument.defaultValue.map { " (default: \(escaped($0)))" } ?? ""
            return ".TP\n\(term)\n\(escaped(argument.abstract ?? ""))\(standard)\n"
                + (argument.discussion.map { escaped($0) + "\n" } ?? "")
        }.joined()
    }

    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n").map { escaped(String($0)) + "\n" }.joined(separator: ".PP\n")
    }

    private static func verbatim(_ lines: [String]) -> String {
        ".nf\n" + lines.map { "    \(escaped($0))\n" }.joined() + ".fi\n"
    }

    private func related() -> String {
        let others = parents.isEmpty ? command.shownSubcommands.map { name + "-" + $0.commandName } : parents
        return others.map { ".BR \(Self.escaped($0)) (1)" }.joined(separator: ",\n") + "\n"
    }

    /// Text as roff shows it: a backslash and a hyphen are escaped, a control character at the start of a line is not one.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }
}
