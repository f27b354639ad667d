import ArgumentParser
import Foundation
import GlossStore

/// Whether a daemon is asked.
struct DaemonOptions: ParsableArguments {
    @Flag(help: "Answer in this process, even if a daemon runs.")
    var local = false

    /// The model as a daemon serves it, or nil where this process has to answer.
    ///
    /// That is so with `--local`; with a store that was named, unless the daemon was named as well; where no daemon
    /// answers or it has no such model; and where the system's daemon has the name, but the user's own store has it, too:
    /// what the user trained comes first everywhere.
    ///
    /// Throws `DaemonError` when a daemon is there and does not answer.
    func model(
        _ reference: String, _ store: StoreOptions,
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> DaemonModel? {
        guard !local, store.store == nil, let parsed = try? ModelReference(parsing: reference) else { return nil }
        let isHostNamed = !(environment["GLOSS_HOST"] ?? "").isEmpty
        guard isHostNamed || (environment["GLOSS_STORE"] ?? "").isEmpty else { return nil }
        for address in try DaemonAddress.candidates(environment) {
            do {
                guard let model = try DaemonModel.find(reference, at: address) else { return nil }
                return try address.isSystems && Self.isUsersOwn(parsed) ? nil : model
            } catch DaemonError.absent {
                continue
            }
        }
        return nil
    }

    private static func isUsersOwn(_ reference: ModelReference) throws -> Bool {
        let path = try StorePaths().user
        guard FileManager.default.fileExists(atPath: path) else { return false }
        do throws(StoreError) {
            _ = try ModelStore(path: path, mode: .readOnly).summary(ModelReference(name: reference.name))
            return true
        } catch {
            guard error.kind == .notFound else { throw error }
            return false
        }
    }
}
