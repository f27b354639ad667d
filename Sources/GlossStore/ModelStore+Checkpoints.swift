import Foundation
import GRDB

/// The state of a training run at a moment: everything needed to go on as if it had never stopped.
public struct Checkpoint: Sendable, Equatable {
    /// The run's name.
    public var run: String
    /// The number of optimiser steps made.
    public var step: Int
    /// The state in the trainer's own format.
    public var payload: Data
    /// When the state was saved, to the millisecond.
    public var created: Date
}

extension ModelStore {
    /// Saves the state of a run in place of the earlier one, in one transaction.
    ///
    /// - Parameters:
    ///   - run: The run's name, not empty.
    ///   - step: The number of optimiser steps made.
    ///   - payload: The state; pieces of it are written one after another, so that 1 GB needs no second buffer.
    ///   - progress: Called with the bytes written so far; it must not use this store.
    /// - Throws: `StoreError`: `invalid`, `full`, `busy`, `readOnly`, `io`. The earlier state is then still there.
    public func saveCheckpoint(
        run: String, step: Int, payload: Data, progress: (Int) -> Void = { _ in }
    ) throws(StoreError) {
        guard !run.isEmpty else { throw StoreError(.invalid, "a checkpoint at step \(step) has no name for its run") }
        try write("save the checkpoint of \(run)") { database in
            try database.execute(sql: "DELETE FROM checkpoint WHERE run = ?", arguments: [run])
            var done = 0
            let content = try Content.insert(payload, into: database) { bytes in
                done += bytes
                progress(done)
            }
            // The format has room for several states of a run and for notes on each.
            try database.execute(
                sql:
                    "INSERT INTO checkpoint (run, kind, step, details, created, content) VALUES (?, 'last', ?, '', ?, ?)",
                arguments: [run, step, Date().milliseconds, content.row])
        }
    }

    /// Reads the state of a run and checks its checksum; nil when none was saved.
    ///
    /// - Throws: `StoreError`: `damaged` naming the run, `busy`, `io`.
    public func checkpoint(run: String) throws(StoreError) -> Checkpoint? {
        try read("read the checkpoint of \(run)") { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT step, created, content FROM checkpoint WHERE run = ? AND kind = 'last'",
                arguments: [run])
            guard let row else { return nil }
            let (payload, _) = try Content.read(
                row.decode(atIndex: 2), from: database, part: "the checkpoint of run \(run)", path: path)
            return Checkpoint(
                run: run, step: try row.decode(atIndex: 0), payload: payload,
                created: Date(milliseconds: try row.decode(Int64.self, atIndex: 1)))
        }
    }

    /// The runs that have a checkpoint, in order, with the bytes that it takes.
    public func checkpointRuns() throws(StoreError) -> [(run: String, bytes: Int)] {
        try read("list the checkpoints") { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT run, sum(bytes) FROM checkpoint JOIN content ON content.id = content GROUP BY run ORDER BY run"
            ).map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
        }
    }

    /// Removes the state of a run, if there is one, and gives its space back.
    ///
    /// - Throws: `StoreError`: `busy`, `readOnly`, `full`, `io`.
    public func removeCheckpoint(run: String) throws(StoreError) {
        try write("remove the checkpoint of \(run)") { database in
            try database.execute(sql: "DELETE FROM checkpoint WHERE run = ?", arguments: [run])
            try returnFreePages(in: database)
        }
    }
}
