import Foundation
import GRDB

/// The models of one SQLite file: saved whole, never changed, checked by their checksums whenever they are read.
///
/// One store is one connection, used by one thread at a time; other stores, in this process or another, may read and
/// write the same file meanwhile.
public final class ModelStore: Sendable {
    /// What a store may be used for.
    public enum Mode: Sendable {
        /// Reading alone: the file must exist and is never written to.
        case readOnly
        /// Reading and writing: the file and its folder are made when they do not exist.
        case readWrite
    }

    /// The file's absolute path.
    public let path: String

    /// What this store may be used for.
    public let mode: Mode

    /// By name, the number above which versions saved here begin.
    let reserved: [String: Int]

    let queue: DatabaseQueue

    /// Opens a store, or creates an empty one in the mode `readWrite`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - mode: What the store will be used for.
    ///   - busyTimeout: How long to wait for another process that is writing, in seconds.
    ///   - reserved: The latest numbers of another store's models, as of the one that ships, so that `NAME:VERSION` means one version
    ///     wherever it is looked for: those saved here begin above them.
    /// - Throws: `StoreError`: `notFound`, `foreign` and `damaged` leave the file and its folder untouched; `readOnly`
    ///   when the file or its folder may not be written to and the mode asks for it.
    public convenience init(
        path: String, mode: Mode, busyTimeout: Double = 60, reserved: [String: Int] = [:]
    ) throws(StoreError) {
        try self.init(
            path: path, mode: mode, busyTimeout: busyTimeout, reserved: reserved, journal: .writeAhead,
            maximumPages: nil)
    }

    /// How changes are made safe while they are written.
    package enum Journal: Sendable {
        /// Readers go on while one writes.
        case writeAhead
        /// Nothing stays beside the file: for files that are handed on.
        case rollback
    }

    /// Opens a store as above, with the journal of choice and a limit on the file's size.
    ///
    /// - Parameter maximumPages: The most pages of 4096 bytes the file may grow to, nil for no limit.
    package init(
        path: String, mode: Mode, busyTimeout: Double = 60, reserved: [String: Int] = [:], journal: Journal,
        maximumPages: Int?
    ) throws(StoreError) {
        let path = StoreFile.absolute(path)
        self.path = path
        self.mode = mode
        self.reserved = reserved
        if mode == .readWrite, !StoreFile.exists(path) {
            _ = try StoreFile.create(path, journal: journal)
        }
        try StoreFile.check(path)
        do {
            switch mode {
            case .readOnly:
                queue = try StoreFile.reader(path, busyTimeout: busyTimeout)
            case .readWrite:
                try StoreFile.checkWritable(path)
                queue = try DatabaseQueue(path: path, configuration: StoreFile.configuration(busyTimeout: busyTimeout))
            }
            try prepare(journal: journal, maximumPages: maximumPages)
        } catch {
            throw StoreError(error, while: "open the store", at: path)
        }
    }

    /// Brings the schema up to date and sets the journal.
    private func prepare(journal: Journal, maximumPages: Int?) throws {
        let version = try queue.read { try Schema.version(of: $0) }
        guard version <= Schema.version else { throw StoreError.madeByNewerGloss(path, version) }
        guard mode == .readWrite else { return }
        if version < Schema.version {
            try Schema.migrator.migrate(queue)
        }
        try queue.writeWithoutTransaction { database in
            if journal == .writeAhead {
                let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") ?? "unknown"
                guard mode == "wal" else {
                    throw StoreError(
                        .io,
                        "\(path): the file system allows no write-ahead log (journal mode \(mode)); put the store on a local disk"
                    )
                }
                // A large save does not leave a log of its size behind.
                try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
            }
            if let maximumPages {
                try database.execute(sql: "PRAGMA max_page_count = \(maximumPages)")
            }
        }
    }

    /// Closes the connection now rather than when the last reference goes.
    ///
    /// - Throws: `StoreError.busy` when the connection is in use.
    public func close() throws(StoreError) {
        do {
            try queue.close()
        } catch {
            throw StoreError(error, while: "close the store", at: path)
        }
    }

    /// A number that changes whenever any other connection, in this process or another, has changed the store.
    ///
    /// Polling it reads a few bytes and takes no lock (SQLite, `PRAGMA data_version`).
    public var dataVersion: Int {
        get throws(StoreError) {
            do {
                return try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
            } catch {
                throw StoreError(error, while: "look for changes", at: path)
            }
        }
    }

    /// Runs a body on one unchanging view of the store.
    func read<Value>(_ action: String, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try queue.read(body)
        } catch {
            throw StoreError(error, while: action, at: path)
        }
    }

    /// Runs a body that changes the store, wholly or not at all.
    func write<Value>(_ action: String, _ body: (Database) throws -> Value) throws(StoreError) -> Value {
        guard mode == .readWrite else {
            throw StoreError(.readOnly, "could not \(action): the store \(path) is open for reading only")
        }
        do {
            return try queue.write(body)
        } catch {
            throw StoreError(error, while: action, at: path)
        }
    }
}
