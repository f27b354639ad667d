import ArgumentParser
import Foundation
import GlossTraining

/// How running text is read and answers are computed.
struct TextOptions: ParsableArguments {
    @Option(
        name: .customLong("invalid-utf8"),
        help: ArgumentHelp("What to do with bytes that are not UTF-8: error or replace.", valueName: "policy"))
    var invalidUTF8 = InvalidUTF8Policy.error

    @Option(help: ArgumentHelp("Threads; an answer never depends on their number.", valueName: "count"))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        if threads < 1 { throw ValidationError("--threads \(threads) is less than 1") }
    }

    /// The files, standard input in place of none.
    static func paths(_ files: [String]) -> [String] { files.isEmpty ? ["-"] : files }
}
