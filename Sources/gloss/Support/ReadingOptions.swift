import ArgumentParser
import Foundation
import GlossTraining

/// How data files are read.
struct ReadingOptions: ParsableArguments {
    @Flag(help: "Count malformed lines and skip them.")
    var skipBadLines = false

    @Option(help: ArgumentHelp("What to do with bytes that are not UTF-8: error or replace.", valueName: "policy"))
    var invalidUTF8 = InvalidUTF8Policy.error

    @Option(
        help: ArgumentHelp(
            "A column of a columns file: NUMBER, NAME=NUMBER or last. Repeat for several.", valueName: "column"))
    var column: [String] = []

    @Option(help: ArgumentHelp("What separates several labels of one text, as in a|b.", valueName: "character"))
    var labelSeparator: String?

    func corpusOptions() throws -> CorpusOptions {
        var options = CorpusOptions(invalidUTF8: invalidUTF8, skipsBadLines: skipBadLines)
        if !column.isEmpty {
            options.tagColumns = try column.map {
                guard let parsed = TagColumn($0) else { throw ValidationError("--column \($0) is no column") }
                return parsed
            }
        }
        if let labelSeparator {
            guard labelSeparator.count == 1 else { throw ValidationError("--label-separator takes one character") }
            options.labelSeparator = labelSeparator.first
        }
        return options
    }
}

extension InvalidUTF8Policy: ExpressibleByArgument {}
