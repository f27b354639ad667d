/// What went wrong in a store, in one line: what, where, the value met, and the remedy.
public struct StoreError: Error, CustomStringConvertible, Sendable, Equatable {
    /// The families of failure a caller may want to tell apart, each with its own exit status.
    public enum Kind: String, Sendable, CaseIterable {
        /// The store, model, version or checkpoint asked for does not exist.
        case notFound
        /// The file is a Gloss store but its contents do not agree with their checksums or with SQLite's format.
        case damaged
        /// The file is not a Gloss store, or was made by a newer Gloss.
        case foreign
        /// The store may only be read.
        case readOnly
        /// The disk, or the space given to the store, is full.
        case full
        /// Another process holds what is needed.
        case busy
        /// The operating system refused to read or write.
        case io
        /// A value handed to the store is not acceptable.
        case invalid
    }

    /// The family of the failure.
    public let kind: Kind

    /// One line for the user, without a trailing full stop.
    public let message: String

    /// The message.
    public var description: String { message }

    /// Makes an error whose message is kept to one line: line breaks in quoted values become spaces.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
