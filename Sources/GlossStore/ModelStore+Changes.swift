import GRDB

extension ModelStore {
    /// Removes a version for `NAME:VERSION`, or a model with all its versions for `NAME`.
    ///
    /// When the current version goes, the one before it becomes current, else the latest left.
    ///
    /// - Returns: What was removed, by number.
    /// - Throws: `StoreError.notFound` naming what there is, `busy`, `readOnly`, `full`, `io`.
    @discardableResult
    public func remove(_ reference: ModelReference) throws(StoreError) -> [ModelReference] {
        try write("remove \(reference)") { database in
            let versions = try references(in: database).filter { $0.name == reference.name }
            let removed = versions.filter { reference.version == nil || $0 == reference }
            guard !removed.isEmpty else {
                _ = try find(reference, in: database)
                return []
            }
            for version in removed {
                try database.execute(
                    sql: "DELETE FROM version WHERE name = ? AND number = ?",
                    arguments: [version.name, version.version])
            }
            try database.execute(
                sql: """
                    UPDATE model SET current = coalesce(
                        (SELECT max(number) FROM version WHERE name = :name AND number <= model.current),
                        (SELECT max(number) FROM version WHERE name = :name))
                    WHERE name = :name
                    """,
                arguments: ["name": reference.name])
            try returnFreePages(in: database)
            return removed
        }
    }

    /// Makes the bare name mean another version: the one before the current one for `NAME`, or `NAME:VERSION` itself.
    ///
    /// Later versions are set aside, not removed; the next version saved becomes current again.
    ///
    /// - Returns: The version that the name means now.
    /// - Throws: `StoreError`: `notFound`; `invalid` when there is no version before the current one.
    @discardableResult
    public func rollback(_ reference: ModelReference) throws(StoreError) -> ModelReference {
        try write("roll back \(reference)") { database in
            let now = try find(reference, in: database).summary.version
            let before = try Int.fetchOne(
                database, sql: "SELECT max(number) FROM version WHERE name = ? AND number < ?",
                arguments: [reference.name, now])
            guard let target = reference.version ?? before else {
                throw StoreError(
                    .invalid,
                    "\(reference.name):\(now) is the first version of \(reference.name) in \(path); there is none to go back to"
                )
            }
            try database.execute(
                sql: "UPDATE model SET current = ? WHERE name = ?", arguments: [target, reference.name])
            return ModelReference(uncheckedName: reference.name, version: target)
        }
    }

    /// Gives the pages that nothing uses any more back to the file system.
    func returnFreePages(in database: Database) throws {
        try database.execute(sql: "PRAGMA incremental_vacuum")
    }
}
