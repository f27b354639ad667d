import ArgumentParser
import GlossPipeline
import GlossStore

/// Where models are.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The store of models.", valueName: "path"))
    var store: String?

    /// The user's store, which is made where it is not there yet.
    func userStore(busyTimeout: Double = 60) throws -> ModelStore {
        try ModelStore(path: StorePaths(store: store).user, mode: .readWrite, busyTimeout: busyTimeout)
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

    /// The same as a model, ready to serve.
    func model(_ reference: String) throws -> (version: ModelVersion, model: Model) {
        let version = try version(reference)
        return (version, try version.servingModel())
    }
}
