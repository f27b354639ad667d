import Foundation
import GlossPipeline
import GlossStore
import GlossText
import GlossTraining

#if canImport(Glibc)
    import Glibc
#endif

/// An error with its exit status, as in sysexits(3).
protocol ExitMapped: Error, CustomStringConvertible {
    var exitStatus: Int32 { get }
}

/// The exit statuses that Gloss uses.
enum ExitStatus {
    static let usage: Int32 = 64, data: Int32 = 65, noInput: Int32 = 66, unavailable: Int32 = 69, software: Int32 = 70
    static let io: Int32 = 74, tryAgain: Int32 = 75, notPermitted: Int32 = 77, configuration: Int32 = 78
}

/// A failure that a command found itself.
struct CommandError: ExitMapped {
    let exitStatus: Int32
    let description: String

    init(_ status: Int32, _ description: String) {
        exitStatus = status
        self.description = description
    }
}

/// One line on standard error for each failure.
enum Diagnostics {
    static func fail(_ error: any ExitMapped) -> Never {
        warn("error: \(error.description)")
        exit(error.exitStatus)
    }

    static func warn(_ message: String) { write("gloss: \(message)\n") }

    /// Writes to standard error. Where nobody reads it, or its disk is full, the work itself goes on.
    static func write(_ text: String) { _ = DescriptorWriting.write(text, to: STDERR_FILENO) }

    /// A message without its line breaks: an error is one line.
    static func onOneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// The exit status of the modules' own errors; nil for what argument parsing throws.
    static func known(_ error: any Error) -> CommandError? {
        switch error {
        case let error as CorpusError:
            CommandError(
                error.kind == .noInput ? ExitStatus.noInput : error.kind == .io ? ExitStatus.io : ExitStatus.data,
                error.description)
        case let error as StoreError: CommandError(status(error.kind), error.description)
        case let error as TextError:
            switch error.kind {
            case .unknownLanguage, .invalidLimit: CommandError(ExitStatus.usage, error.description)
            default: CommandError(ExitStatus.data, error.description)
            }
        case let error as ConfigurationError: CommandError(ExitStatus.configuration, error.description)
        case let error as TrainingError:
            switch error {
            case .configuration: CommandError(ExitStatus.configuration, error.description)
            default: CommandError(ExitStatus.data, error.description)
            }
        case let error as ArchiveError: CommandError(ExitStatus.data, error.description)
        default: nil
        }
    }

    private static func status(_ kind: StoreError.Kind) -> Int32 {
        switch kind {
        case .notFound: ExitStatus.unavailable
        case .damaged, .foreign: ExitStatus.data
        case .readOnly: ExitStatus.notPermitted
        case .full, .io: ExitStatus.io
        case .busy: ExitStatus.tryAgain
        case .invalid: ExitStatus.usage
        }
    }
}
