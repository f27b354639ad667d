import GRDB

/// One thing that is wrong with a store.
public struct StoreProblem: Sendable, Equatable, CustomStringConvertible {
    /// The version concerned, or nil when it is the file or a checkpoint.
    public let reference: ModelReference?

    /// What is wrong, where, and what to do, in one line.
    public let message: String

    /// The message.
    public var description: String { message }
}

extension ModelStore {
    /// Reads everything and checks every checksum, changing nothing.
    ///
    /// - Parameter reference: The version to check, or nil for the file's structure, all versions and all checkpoints.
    /// - Returns: Every problem found; empty when all is well.
    /// - Throws: `StoreError`: `notFound` when there is no such version, `busy` or `io` when the file cannot be read.
    public func verify(_ reference: ModelReference? = nil) throws(StoreError) -> [StoreProblem] {
        if let reference {
            return try read("verify \(reference)") { try problems(of: reference, in: $0) }
        }
        return try read("verify the store") { database in
            var problems = try structureProblems(in: database)
            do {
                problems += try nameProblems(in: database)
                for reference in try references(in: database) {
                    problems += try self.problems(of: reference, in: database)
                }
                problems += try checkpointProblems(in: database)
            } catch {
                problems.append(try problem(error, reference: nil))
            }
            return problems
        }
    }

    private func structureProblems(in database: Database) throws -> [StoreProblem] {
        do {
            return try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
                .filter { $0 != "ok" }
                .map {
                    StoreProblem(reference: nil, message: StoreError(.damaged, "\(path) is damaged: \($0)").message)
                }
        } catch {
            return [try problem(error, reference: nil)]
        }
    }

    /// Names whose versions are there but that mean none of them.
    private func nameProblems(in database: Database) throws -> [StoreProblem] {
        try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT name FROM version
                WHERE NOT EXISTS (
                    SELECT 1 FROM model JOIN version AS other ON other.name = model.name AND other.number = model.current
                    WHERE model.name = version.name)
                ORDER BY name
                """
        ).map { name in
            let message =
                "which version \(name) means is damaged in \(path); restore a copy, or try gloss models rollback \(name):VERSION"
            return StoreProblem(reference: nil, message: StoreError(.damaged, message).message)
        }
    }

    private func problems(of reference: ModelReference, in database: Database) throws -> [StoreProblem] {
        do {
            let version: VersionRow
            do {
                version = try find(reference, in: database)
            } catch let error as StoreError where error.kind == .notFound && reference.version != nil {
                // It was listed: of its rows one is missing or cannot be found any more.
                guard try references(in: database).contains(reference) else { throw error }
                throw StoreError(
                    .damaged,
                    "\(reference) is listed in \(path), but its description is not there: the store is damaged; restore a copy, or train again"
                )
            }
            let summary = version.summary
            var problems: [StoreProblem] = []
            if !version.agreesWithManifest {
                let error = damagedDescription(of: summary.reference)
                problems.append(StoreProblem(reference: summary.reference, message: error.message))
            }
            let names = summary.tensors.map { "tensor \($0.name)" } + summary.assets.map { "asset \($0.name)" }
            for (part, content) in zip(names, version.tensors + version.assets) {
                problems += try contentProblems(
                    content.content, part: "\(part) of \(summary.reference)", reference: summary.reference, in: database
                )
            }
            return problems
        } catch {
            return [try problem(error, reference: reference)]
        }
    }

    private func checkpointProblems(in database: Database) throws -> [StoreProblem] {
        let rows = try Row.fetchAll(database, sql: "SELECT run, content FROM checkpoint ORDER BY run")
        return try rows.flatMap { row in
            try contentProblems(
                row.decode(atIndex: 1), part: "the checkpoint of run \(row.decode(String.self, atIndex: 0))",
                reference: nil, in: database)
        }
    }

    private func contentProblems(
        _ content: Int64, part: String, reference: ModelReference?, in database: Database
    ) throws -> [StoreProblem] {
        do {
            _ = try Content.read(content, from: database, part: part, path: path)
            return []
        } catch {
            return [try problem(error, reference: reference)]
        }
    }

    /// Takes damage as a finding and everything else as a failure of the check itself.
    private func problem(_ error: any Error, reference: ModelReference?) throws -> StoreProblem {
        let error = StoreError(error, while: "verify \(reference?.description ?? "the store")", at: path)
        guard error.kind == .damaged || error.kind == .foreign else { throw error }
        return StoreProblem(
            reference: reference, message: error.message.replacing("run `gloss models verify`, ", with: ""))
    }
}
