import ArgumentParser
import GlossPipeline
import GlossStore

/// Where models are.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store of models.", valueName: "path"))
    var store: String?

    /// The user's store, which is made where it is not there yet. Versions begin above those that ship.
    func userStore(busyTimeout: Double = 60) throws -> ModelStore {
        let paths = try StorePaths(store: store)
        // What ships and cannot be read takes no number.
        let shipped = paths.shipped.flatMap { $0 == paths.user ? nil : try? ModelStore(path: $0, mode: .readOnly) }
        return try ModelStore(
            path: paths.user, mode: .readWrite, busyTimeout: busyTimeout,
            reserved: (try? shipped?.latestNumbers()) ?? [:])
    }

    /// The user's store, to be changed; throws when it is not there yet.
    func existingStore() throws -> ModelStore {
        let path = try StorePaths(store: store).user
        _ = try ModelStore(path: path, mode: .readOnly)
        return try ModelStore(path: path, mode: .readWrite)
    }

    /// A version by reference, from the user's store or the shipped one.
    func version(_ reference: String) throws -> ModelVersion {
        try StoreCatalog(paths: StorePaths(store: store)).load(ModelReference(parsing: reference))
    }

    /// Whether the very version that a daemon serves is here as well, and not another one of its name and number.
    func holds(_ served: DaemonModel) -> Bool {
        guard let checksum = served.checksum, let reference = try? ModelReference(parsing: served.reference),
            let own = try? StoreCatalog(paths: StorePaths(store: store)).summary(reference).summary
        else { return false }
        return own.checksum == checksum
    }

    /// The same as a model, ready to serve.
    func model(_ reference: String) throws -> (version: ModelVersion, model: Model) {
        let version = try version(reference)
        return (version, try version.servingModel())
    }
}
