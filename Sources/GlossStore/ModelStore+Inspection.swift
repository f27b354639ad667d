import GRDB

extension ModelStore {
    /// Runs statements of SQL and gives the last one's first column as text: for tests that look inside a store or
    /// damage it.
    ///
    /// - Throws: `StoreError` as any change of the store.
    @discardableResult
    package func inspect(_ sql: String) throws(StoreError) -> [String] {
        do {
            // Each statement by itself: within a transaction foreign keys cannot be left unchecked.
            return try queue.writeWithoutTransaction { database in
                var column: [String] = []
                let statements = try database.allStatements(sql: sql)
                while let statement = try statements.next() {
                    column = try DatabaseValue.fetchAll(statement).map(\.description)
                }
                return column
            }
        } catch {
            throw StoreError(error, while: "run \(sql)", at: path)
        }
    }
}
