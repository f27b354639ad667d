/// What is wrong with a text, a vocabulary or a tokenizer's configuration, where, and how to mend it.
public struct TextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of error, to decide on without reading the message.
    public enum Kind: String, Sendable {
        /// A text longer than the segmenter's offsets can count.
        case textTooLong
        /// A language that the segmenter has no data for.
        case unknownLanguage
        /// A vocabulary without a single word.
        case emptyVocabulary
        /// A symbol that occurs twice in a vocabulary.
        case duplicateSymbol
        /// A line, number or table that does not have the expected form.
        case malformed
        /// A limit that contradicts another.
        case invalidLimit
        /// A failure inside the segmentation library.
        case segmentation
    }

    /// Where in the input: the byte from 0 and the line from 1, as far as they are known.
    public struct Place: Hashable, Sendable {
        /// The offset in bytes, from 0.
        public var byte: Int?
        /// The line, from 1.
        public var line: Int?

        /// A place by its byte, its line, or both.
        public init(byte: Int? = nil, line: Int? = nil) {
            self.byte = byte
            self.line = line
        }
    }

    /// The kind of error.
    public var kind: Kind
    /// What is wrong, with the offending value.
    public var message: String
    /// Where it is, if it is at one place.
    public var place: Place?
    /// What to do about it.
    public var remedy: String

    /// An error of a kind with its message, place and remedy.
    public init(_ kind: Kind, _ message: String, at place: Place? = nil, remedy: String) {
        self.kind = kind
        self.message = message
        self.place = place
        self.remedy = remedy
    }

    /// One line: where, what, and what to do.
    public var description: String {
        var parts: [String] = []
        if let line = place?.line { parts.append("line \(line)") }
        if let byte = place?.byte { parts.append("byte \(byte)") }
        let prefix = parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
        return "\(prefix)\(message); \(remedy)"
    }
}
