import Foundation
import GRDB

extension ModelStore {
    /// Writes one version to a file that is itself a store.
    ///
    /// - Throws: As `export(_:to:)` for several.
    public func export(_ reference: ModelReference, to file: String) throws(StoreError) {
        try export([reference], to: file)
    }

    /// Writes versions, each under its own number, to a file that is itself a store and can be read from a folder
    /// that may not be written to.
    ///
    /// - Parameter file: The new file; it appears complete or not at all.
    /// - Throws: `StoreError`: as `load`; `invalid` when the file exists; `readOnly`, `full`, `io` for its folder.
    public func export(_ references: [ModelReference], to file: String) throws(StoreError) {
        let file = StoreFile.absolute(file)
        guard !StoreFile.exists(file) else { throw ModelStore.alreadyThere(file) }
        let draft = "\(file).\(UUID().uuidString).new"
        defer {
            for suffix in ["", "-journal"] { unlink(draft + suffix) }
        }
        let target = try ModelStore(path: draft, mode: .readWrite, journal: .rollback, maximumPages: nil)
        for reference in references {
            let version = try load(reference)
            _ = try target.save(version, number: version.version)
        }
        try target.close()
        guard try StoreFile.publish(draft, as: file) else { throw ModelStore.alreadyThere(file) }
    }

    /// Saves versions of another store here, as the next versions of their names, all or none.
    ///
    /// - Parameters:
    ///   - file: The other store; it is only read.
    ///   - reference: The version to take; nil takes the current version of every model there.
    ///   - name: The name to save it under; nil keeps its own. Only with a single version.
    /// - Returns: The versions saved.
    /// - Throws: `StoreError`: as `init`, `load` and `save`; `invalid` when a name is given for several models.
    @discardableResult
    public func `import`(
        from file: String, _ reference: ModelReference? = nil, as name: String? = nil
    ) throws(StoreError) -> [ModelReference] {
        let source = try ModelStore(path: file, mode: .readOnly)
        var chosen: [ModelReference] = []
        if let reference {
            chosen = [reference]
        } else {
            chosen = try source.summaries().filter { $0.standing == .current }.map(\.reference)
        }
        guard !chosen.isEmpty else { throw StoreError(.notFound, "there are no models in \(source.path)") }
        guard name == nil || chosen.count == 1 else {
            throw StoreError(
                .invalid,
                "\(source.path) has \(chosen.map(\.description).joined(separator: ", ")): choose one to import as \(name ?? "")"
            )
        }
        var versions: [ModelVersion] = []
        for reference in chosen {
            var version = try source.load(reference)
            version.name = name ?? version.name
            try version.check()
            versions.append(version)
        }
        return try write("import \(chosen.map(\.description).joined(separator: ", "))") { database in
            try versions.map { version in
                let number = try VersionRow.insert(version, number: nil, into: database, written: { _, _ in })
                return ModelReference(uncheckedName: version.name, version: number)
            }
        }
    }

    private static func alreadyThere(_ file: String) -> StoreError {
        StoreError(.invalid, "\(file) already exists; name another file or remove it first")
    }
}
