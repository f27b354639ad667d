/// What is wrong with a corpus or a text file, where, and what to do about it.
public struct CorpusError: Error, CustomStringConvertible, Sendable, Hashable {
    /// The classes of failure a command distinguishes in its exit status.
    public enum Kind: Sendable, Hashable {
        /// The file is missing, unreadable or not a file (`EX_NOINPUT`, 66).
        case noInput
        /// The file was read, its content is wrong (`EX_DATAERR`, 65).
        case badData
        /// The system failed while the file was read (`EX_IOERR`, 74).
        case io
    }

    /// The file's path as it was given, or "standard input".
    public let file: String
    /// The line at fault, counted from 1; nil when the file as a whole is at fault.
    public let line: Int?
    /// What was found, with the offending value or the limit.
    public let message: String
    /// What to do about it.
    public let remedy: String
    /// The class of failure.
    public let kind: Kind

    /// Makes an error about `file`, or about one of its lines.
    public init(file: String, line: Int? = nil, message: String, remedy: String, kind: Kind) {
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
        self.kind = kind
    }

    /// One line: `file:line: what; remedy`, control characters of the quoted input escaped.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return Self.onOneLine("\(place): \(message); \(remedy)")
    }

    /// Whether only one line is at fault, so that a reader may count it and go on with the next.
    package var concernsOneLine: Bool { kind == .badData && line != nil }

    /// `text` with control characters and line separators written as `\u{…}`, so that it stays one terminal line.
    private static func onOneLine(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// `value` in quotes, cut after `limit` characters: what an error message shows of a long input.
    package static func quoted(_ value: some StringProtocol, limit: Int = 40) -> String {
        let head = value.prefix(limit)
        return head.endIndex == value.endIndex ? "\"\(head)\"" : "\"\(head)…\""
    }
}
