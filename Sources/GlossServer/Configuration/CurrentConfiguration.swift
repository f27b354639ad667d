import Synchronization

/// The configuration as it stands: a reload replaces it while connections and requests come and go.
final class CurrentConfiguration: Sendable {
    private let stored: Mutex<ServerConfiguration>

    init(_ configuration: ServerConfiguration) { stored = Mutex(configuration) }

    /// What holds for whatever begins now.
    var value: ServerConfiguration { stored.withLock { $0 } }

    /// Lets another configuration hold.
    func replace(_ configuration: ServerConfiguration) { stored.withLock { $0 = configuration } }
}
