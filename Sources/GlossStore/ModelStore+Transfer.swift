import Foundation
import GRDB

extension ModelStore {
    /// Writes versions, each under its own number, to a file that is itself a store and can be read from a folder
    /// that may not be written to. There, a name means what it means here if that is among them, else the latest.
    ///
    /// - Parameter file: The new file; it appears complete or not at all.
    /// - Throws: `StoreError`: as `load`; `invalid` when the file exists; `readOnly`, `full`, `io` for its folder.
    public func export(_ references: [ModelReference], to file: String) throws(StoreError) {
        let file = StoreFile.absolute(file)
        guard !StoreFile.exists(file) else { throw ModelStore.alreadyThere(file) }
        // What is saved last is what its name means.
        let chosen = try references.map { reference throws(StoreError) in try summary(reference) }
            .sorted { ($0.standing == .current ? .max : $0.version) < ($1.standing == .current ? .max : $1.version) }
        let draft = try StoreFile.draft(of: file)
        defer { StoreFile.removeDraft(draft) }
        do throws(StoreError) {
            try StoreFile.build(draft, for: file, journal: .rollback)
            let target = try ModelStore(path: draft, mode: .readWrite, journal: .rollback, maximumPages: nil)
            for summary in chosen {
                let version = try load(summary.reference)
                _ = try target.save(version, number: version.version)
            }
            try target.close()
        } catch {
            throw StoreError(error.kind, error.message.replacing(draft, with: file))
        }
        guard try StoreFile.publish(draft, as: file) else { throw ModelStore.alreadyThere(file) }
    }

    /// The versions that a reference means: the current version of every model for nil. Throws `StoreError.notFound`.
    public func versions(_ reference: ModelReference?) throws(StoreError) -> [ModelReference] {
        if let reference { return [try summary(reference).reference] }
        let all = try summaries().filter { $0.standing == .current }.map(\.reference)
        guard !all.isEmpty else { throw StoreError(.notFound, "there are no models in \(path)") }
        return all
    }

    /// Saves versions of another store here, as the next versions of their names, all or none.
    ///
    /// - Parameters:
    ///   - chosen: The versions, of which one at a time is in memory.
    ///   - source: The other store; it is only read.
    ///   - name: The name to save it under; nil keeps its own. Only with a single version.
    /// - Returns: The versions saved.
    /// - Throws: `StoreError`: as `load` and `save`; `invalid` when a name is given for several models.
    @discardableResult
    public func `import`(
        _ chosen: [ModelReference], from source: ModelStore, as name: String? = nil
    ) throws(StoreError) -> [ModelReference] {
        guard name == nil || chosen.count == 1 else {
            throw StoreError(
                .invalid,
                "\(source.path) has \(chosen.map(\.description).joined(separator: ", ")): choose one to import as \(name ?? "")"
            )
        }
        return try write("import \(chosen.map(\.description).joined(separator: ", "))") { database in
            try chosen.map { reference in
                var version = try source.load(reference)
                version.name = name ?? version.name
                try version.check()
                let number = try VersionRow.insert(
                    version, number: nil, above: reserved[version.name] ?? 0, into: database, written: { _, _ in })
                return ModelReference(uncheckedName: version.name, version: number)
            }
        }
    }

    private static func alreadyThere(_ file: String) -> StoreError {
        StoreError(.invalid, "\(file) already exists; name another file or remove it first")
    }
}
