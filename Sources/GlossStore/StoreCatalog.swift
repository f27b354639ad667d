/// All models a user has: those of the user's store, then those that ship with Gloss.
public struct StoreCatalog: Sendable {
    /// Which store a model comes from.
    public enum Origin: String, Sendable {
        /// The user's own.
        case user
        /// The one that ships with Gloss.
        case shipped
    }

    /// A version and where it is from.
    public struct Entry: Sendable, Equatable {
        /// The version's description.
        public let summary: ModelSummary
        /// The store it is in.
        public let origin: Origin
    }

    /// The user's store, or nil while it does not exist.
    public let user: ModelStore?

    /// The shipped store, or nil when there is none.
    public let shipped: ModelStore?

    private let paths: StorePaths

    /// Opens the stores that exist, for reading.
    ///
    /// - Throws: `StoreError`: `foreign`, `damaged` or `io` for a store that is there, `notFound` for a shipped store
    ///   that was named but is not.
    public init(paths: StorePaths) throws(StoreError) {
        self.paths = paths
        user = StoreFile.exists(paths.user) ? try ModelStore(path: paths.user, mode: .readOnly) : nil
        guard let path = paths.shipped, path != paths.user else {
            shipped = nil
            return
        }
        shipped = try ModelStore(path: path, mode: .readOnly)
    }

    /// Reads a version from the first store that has it, checking every checksum.
    ///
    /// - Throws: `StoreError`: `notFound` naming where was looked and what there is; as `ModelStore.load`.
    public func load(_ reference: ModelReference) throws(StoreError) -> ModelVersion {
        try find(reference).load(reference)
    }

    /// Describes a version of the first store that has it.
    ///
    /// - Throws: As `load`.
    public func summary(_ reference: ModelReference) throws(StoreError) -> Entry {
        let store = try find(reference)
        let summary = try store.summary(reference)
        return store === user
            ? Entry(summary: summary, origin: .user)
            : try Self.shipped(summary, hasOwn: user?.versions(of: summary.name).isEmpty == false)
    }

    /// A version that ships. Where the user has a model of its name, the bare name means that one.
    private static func shipped(_ summary: ModelSummary, hasOwn: Bool) -> Entry {
        var summary = summary
        if hasOwn { summary.standing = .earlier }
        return Entry(summary: summary, origin: .shipped)
    }

    /// Describes every version, the user's first.
    public func summaries() throws(StoreError) -> [Entry] {
        let own = try user?.summaries() ?? []
        let shipped = try self.shipped?.summaries() ?? []
        let names = Set(own.map(\.name))
        return own.map { Entry(summary: $0, origin: .user) }
            + shipped.map { Self.shipped($0, hasOwn: names.contains($0.name)) }
    }

    /// The first store that has a version.
    ///
    /// - Throws: `StoreError.notFound` naming where was looked and what there is.
    public func find(_ reference: ModelReference) throws(StoreError) -> ModelStore {
        for store in [user, shipped] {
            guard let store else { continue }
            do throws(StoreError) {
                _ = try store.summary(reference)
                return store
            } catch {
                guard error.kind == .notFound else { throw error }
            }
        }
        let all = try summaries().map(\.summary.reference.description)
        let present = all.count > 20 ? all.prefix(20) + ["… (see gloss models list)"] : all
        var places = [user == nil ? "\(paths.user) (which does not exist yet)" : paths.user]
        if let shipped { places.append(shipped.path) }
        throw StoreError(
            .notFound,
            "there is no model \(reference) in \(places.joined(separator: " or ")); there \(present.isEmpty ? "are no models: train or import one" : "is \(present.joined(separator: ", "))")"
        )
    }
}
