import ArgumentParser
import Foundation
import GlossPipeline
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

    /// All that decides what is read of a file, for a training that goes on.
    var identity: String {
        "read \(skipBadLines) \(invalidUTF8.rawValue) \(column.joined(separator: " ")) \(labelSeparator ?? "")"
    }

    /// Throws `ValidationError` for an option that data of this kind gives no meaning to.
    func refuse(column: Bool = false, labelSeparator: Bool = false, skipBadLines: Bool = false, for data: String) throws
    {
        func refuse(_ option: String) -> ValidationError {
            ValidationError("--\(option) says nothing of \(data); leave it out")
        }
        if column, !self.column.isEmpty { throw refuse("column") }
        if labelSeparator, self.labelSeparator != nil { throw refuse("label-separator") }
        if skipBadLines, self.skipBadLines { throw refuse("skip-bad-lines") }
    }

    /// The same of the data that a model of this task is measured on.
    func refuseIdle(for task: Task) throws {
        switch task {
        case .classify: try refuse(column: true, for: "texts with labels")
        case .number: try refuse(column: true, labelSeparator: true, for: "texts with a number")
        case .tag: try refuse(labelSeparator: true, for: "sentences with tags")
        case .tokenize: try refuse(column: true, labelSeparator: true, for: "a treebank")
        case .generate:
            try refuse(column: true, labelSeparator: true, skipBadLines: true, for: "plain text, which is read as one")
        case .pretrain, .vectors: try refuse(column: true, labelSeparator: true, for: "plain text")
        }
    }

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
