/// Why the daemon cannot begin.
public struct ServerError: Error, CustomStringConvertible, Sendable {
    /// The classes of failure that a command tells apart.
    public enum Kind: Sendable {
        /// Another daemon holds the socket.
        case taken
        /// The socket cannot be made here.
        case notPermitted
        /// A value of the configuration is not possible.
        case configuration
        /// The system failed.
        case io
    }

    /// The class of failure.
    public let kind: Kind
    /// One line: what, where, value, remedy.
    public let description: String

    /// A failure of a class.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
