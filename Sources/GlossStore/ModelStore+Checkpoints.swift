import Foundation
import GRDB

/// The state of a training run at a moment: everything needed to go on as if it had never stopped.
public struct Checkpoint: Sendable, Equatable {
    /// The two states of a run that are kept.
    public enum Kind: String, Sendable, CaseIterable {
        /// The state with the best figure so far.
        case best
        /// The latest state.
        case last
    }

    /// The run's name.
    public var run: String
    /// Which of the run's two states this is.
    public var kind: Kind
    /// The number of optimiser steps made.
    public var step: Int
    /// What the trainer wants to know before it reads the payload, as text of its own.
    public var details: String
    /// The state in the trainer's own format.
    public var payload: Data
    /// When the state was saved, to the millisecond.
    public var created: Date
}

extension ModelStore {
    /// Saves a state of a run in place of the earlier one of the same kind, in one transaction.
    ///
    /// - Parameters:
    ///   - run: The run's name, not empty.
    ///   - kind: Which of the run's two states this is.
    ///   - step: The number of optimiser steps made.
    ///   - payload: The state; pieces of it are written one after another, so that 1 GB needs no second buffer.
    ///   - details: What the trainer wants to know before it reads the payload.
    ///   - progress: Called with the bytes written so far; it must not use this store.
    /// - Throws: `StoreError`: `invalid`, `full`, `busy`, `readOnly`, `io`. The earlier state is then still there.
    public func saveCheckpoint(
        run: String, kind: Checkpoint.Kind, step: Int, payload: Data, details: String = "",
        progress: (Int) -> Void = { _ in }
    ) throws(StoreError) {
        guard !run.isEmpty else { throw StoreError(.invalid, "a checkpoint at step \(step) has no name for its run") }
        try write("save the \(kind.rawValue) checkpoint of \(run)") { database in
            try database.execute(
                sql: "DELETE FROM checkpoint WHERE run = ? AND kind = ?", arguments: [run, kind.rawValue])
            var done = 0
            let content = try Content.insert(payload, into: database) { bytes in
                done += bytes
                progress(done)
            }
            try database.execute(
                sql: "INSERT INTO checkpoint (run, kind, step, details, created, content) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [run, kind.rawValue, step, details, Date().milliseconds, content.row])
        }
    }

    /// Reads a state of a run and checks its checksum; nil when none was saved.
    ///
    /// - Throws: `StoreError`: `damaged` naming the run, `busy`, `io`.
    public func checkpoint(run: String, kind: Checkpoint.Kind) throws(StoreError) -> Checkpoint? {
        try read("read the \(kind.rawValue) checkpoint of \(run)") { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT step, details, created, content FROM checkpoint WHERE run = ? AND kind = ?",
                arguments: [run, kind.rawValue])
            guard let row else { return nil }
            let (payload, _) = try Content.read(
                row.decode(atIndex: 3), from: database, part: "the \(kind.rawValue) checkpoint of run \(run)",
                path: path)
            return Checkpoint(
                run: run, kind: kind, step: try row.decode(atIndex: 0), details: try row.decode(atIndex: 1),
                payload: payload, created: Date(milliseconds: try row.decode(Int64.self, atIndex: 2)))
        }
    }

    /// The names of the runs that have a checkpoint, in order.
    public func checkpointRuns() throws(StoreError) -> [String] {
        try read("list the checkpoints") { database in
            try String.fetchAll(database, sql: "SELECT DISTINCT run FROM checkpoint ORDER BY run")
        }
    }

    /// Removes the states of a run, if there are any, and gives their space back.
    ///
    /// - Throws: `StoreError`: `busy`, `readOnly`, `full`, `io`.
    public func removeCheckpoints(run: String) throws(StoreError) {
        try write("remove the checkpoints of \(run)") { database in
            try database.execute(sql: "DELETE FROM checkpoint WHERE run = ?", arguments: [run])
            try returnFreePages(in: database)
        }
    }
}
