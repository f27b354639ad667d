import Foundation
import GlossText
import Logging

#if canImport(Glibc)
    import Glibc
#endif

/// How the log is written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// A line of words, with the journal's level prefix (sd-daemon(3)) where systemd reads it.
    case text
    /// A JSON object a line.
    case json
}

/// Writes the log to standard error, a line an event; never a user's text.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let format: LogFormat
    private let isJournal: Bool

    init(_ format: LogFormat, level: Logger.Level) {
        self.format = format
        logLevel = level
        isJournal = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let line: String
        switch format {
        case .json:
            line = JSONText.object(
                [
                    ("time", JSONText.string(Self.time)), ("level", JSONText.string(event.level.rawValue)),
                    ("message", JSONText.string("\(event.message)")),
                ] + fields.map { ($0.key, JSONText.string("\($0.value)")) })
        case .text:
            let start = isJournal ? "<\(Self.priority(event.level))>" : "\(Self.time) \(event.level.rawValue) "
            line = start + "\(event.message)" + fields.map { " \($0.key)=\(Self.word("\($0.value)"))" }.joined()
        }
        // A log that cannot be written, on a full disk or with no reader left, is no reason to stop serving.
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static var time: String { Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    private static func word(_ text: String) -> String {
        text.allSatisfy { !$0.isWhitespace && $0 != "\"" } && !text.isEmpty ? text : JSONText.string(text)
    }

    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
