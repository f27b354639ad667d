import Foundation
import GRDB

/// A store's file before it is a store: telling Gloss's own from others, and making new ones.
package enum StoreFile {
    /// An absolute path, so that no name can be taken for an SQLite URI or a database in memory, with links resolved as
    /// far as it exists, so that a log or a lock is looked for where it is.
    static func absolute(_ path: String) -> String {
        var url = URL(fileURLWithPath: path).standardizedFileURL
        // A link to what is not there yet: a store is made at its end. No more links than the system itself follows.
        for _ in 0..<40 {
            if let real = realPath(url.path) { return real }
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path) else { break }
            url = URL(fileURLWithPath: target, relativeTo: url.deletingLastPathComponent()).standardizedFileURL
        }
        guard let folder = realPath(url.deletingLastPathComponent().path) else { return url.path }
        return "\(folder == "/" ? "" : folder)/\(url.lastPathComponent)"
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Whether anything stands at a path, a broken link included.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func size(_ path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Checks that a file is a Gloss store, touching neither it nor its folder.
    ///
    /// The look goes through SQLite and never through a descriptor of ours: closing one would drop the locks that
    /// another connection of this process holds on the file (SQLite, "How To Corrupt An SQLite Database File", 2.2).
    /// It takes no lock, so that it may see pages that another process is just moving from its log into the file: what looks
    /// damaged is looked at again, after a pause.
    ///
    /// - Parameter pause: What is done before each further look, 20 ms of waiting unless a test has better to do.
    /// - Throws: `StoreError.notFound`, `.readOnly` when it may not even be read, `.io`, `.foreign` when Gloss did not make it or a newer
    ///   one did, `.damaged` when it is damaged and nobody else is writing to it.
    package static func check(_ path: String, pause: () -> Void = { usleep(20_000) }) throws(StoreError) {
        try checkIsFile(path)
        let log = path + "-wal"
        for left in (0..<5).reversed() {
            do {
                let (identifier, version) = try marks(path)
                guard identifier == Schema.applicationIdentifier else {
                    throw StoreError.notAStore(path, "another program made this SQLite database")
                }
                guard version <= Schema.version else { throw StoreError.madeByNewerGloss(path, version) }
                return
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_CORRUPT && (left > 0 || exists(log))
            {
                // While there is a log, the locked connection will judge; it may be gone since this look.
                if exists(log) { return }
                pause()
            } catch {
                throw StoreError(error, while: "open the store", at: path)
            }
        }
    }

    /// What a file says that it is: its application's identifier and the version of its schema.
    private static func marks(_ path: String) throws -> (identifier: Int32, version: Int) {
        try DatabaseQueue(path: immutableAddress(path), configuration: readOnlyConfiguration()).read {
            (try Int32.fetchOne($0, sql: "PRAGMA application_id") ?? 0, try Schema.version(of: $0))
        }
    }

    /// Makes an empty store, complete or not at all.
    ///
    /// - Returns: Whether the file was made; false when another process was first.
    /// - Throws: `StoreError.readOnly`, `.full`, `.io`, or `.invalid` when the log of a lost store lies there.
    static func create(_ path: String, journal: ModelStore.Journal) throws(StoreError) -> Bool {
        for suffix in ["-wal", "-journal"] where size(path + suffix) > 0 {
            throw StoreError(
                .invalid,
                "\(path) does not exist, but \(path)\(suffix) of an earlier store does; move the latter away first")
        }
        let draft = try draft(of: path)
        defer { removeDraft(draft) }
        try build(draft, for: path, journal: journal)
        return try publish(draft, as: path)
    }

    /// A name beside a file under which it is made, so that it appears complete or not at all. The folder is made where there is
    /// none, and what was left by somebody who was killed an hour ago or earlier is removed.
    ///
    /// - Throws: `StoreError.readOnly`, `.full` or `.io`.
    static func draft(of path: String) throws(StoreError) -> String {
        let folder = (path as NSString).deletingLastPathComponent, name = (path as NSString).lastPathComponent
        try makeFolder(folder)
        let start = ".\(name).", end = ".new"
        for left in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where left.hasPrefix(start) && left.hasSuffix(end) && left.utf8.count == start.utf8.count + 8 + end.utf8.count {
            var status = stat()
            let isOld = lstat("\(folder)/\(left)", &status) == 0 && time(nil) - status.st_mtim.tv_sec > 3600
            if isOld { removeDraft("\(folder)/\(left)") }
        }
        return "\(folder)/\(start)\(UUID().uuidString.prefix(8))\(end)"
    }

    /// Removes what was made under a draft's name.
    static func removeDraft(_ draft: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
    }

    /// Makes an empty store at a free name, which will be that of `path`.
    static func build(_ draft: String, for path: String, journal: ModelStore.Journal) throws(StoreError) {
        do {
            let queue = try DatabaseQueue(path: draft)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
            try Schema.migrator.migrate(queue)
            // Before it has its name: whoever is killed meanwhile would leave a journal that readers may not roll back.
            if journal == .writeAhead {
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            }
            try queue.close()
        } catch {
            let folder = (path as NSString).deletingLastPathComponent
            throw access(folder, W_OK) == 0 ? StoreError(error, while: "create a store", at: path) : unwritable(folder)
        }
    }

    /// Makes a folder and those above it, as far as they do not exist.
    ///
    /// - Throws: `StoreError.readOnly`, `.full` or `.io`.
    static func makeFolder(_ folder: String) throws(StoreError) {
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/\(part)"
            guard mkdir(made, 0o777) != 0 else { continue }
            let reason = errno
            var status = stat()
            if stat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
            let kind: StoreError.Kind =
                switch reason {
                case EACCES, EPERM, EROFS: .readOnly
                case ENOSPC, EDQUOT: .full
                default: .io
                }
            let what = reason == EEXIST ? "a file has that name" : String(cString: strerror(reason))
            throw StoreError(kind, "could not make the folder \(made): \(what); name another with --store")
        }
    }

    /// Gives a finished file its name, unless something has that name already.
    ///
    /// - Returns: Whether the name was free.
    static func publish(_ draft: String, as path: String) throws(StoreError) -> Bool {
        if link(draft, path) == 0 { return true }
        var reason = errno
        if reason == EPERM || reason == EOPNOTSUPP || reason == EMLINK {
            // A file system without links, as on memory sticks: the name is taken, and then given to the file.
            let taken = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            reason = errno
            if taken >= 0 {
                close(taken)
                if rename(draft, path) == 0 { return true }
                reason = errno
                unlink(path)
            }
        }
        if reason == EEXIST { return false }
        let kind: StoreError.Kind =
            switch reason {
            case EACCES, EROFS: .readOnly
            case ENOSPC, EDQUOT: .full
            default: .io
            }
        throw StoreError(kind, "could not create \(path): \(String(cString: strerror(reason))); name another file")
    }

    /// Checks that a store and its folder may be written to.
    static func checkWritable(_ path: String) throws(StoreError) {
        let folder = (path as NSString).deletingLastPathComponent
        guard access(folder, W_OK) == 0 else { throw unwritable(folder) }
        guard access(path, W_OK) == 0 else {
            throw StoreError(
                .readOnly,
                "\(path) may not be written to: \(String(cString: strerror(errno))); name another store with --store")
        }
    }

    /// A connection that only reads.
    ///
    /// What has to be written before anybody can read is written where it may be: the end of a change whose process was killed, a newer
    /// schema. SQLite reads a write-ahead store beside its index file, for which there may be no room, or no
    /// leave: where there is no log, nobody is writing, and the file is read as immutable.
    static func reader(_ path: String, busyTimeout: Double) throws -> DatabaseQueue {
        func connection(_ address: String) throws -> (DatabaseQueue, version: Int) {
            let queue = try DatabaseQueue(path: address, configuration: readOnlyConfiguration(busyTimeout: busyTimeout))
            return (queue, try queue.read { try Schema.version(of: $0) })
        }
        func mended() throws -> DatabaseQueue {
            try checkWritable(path)
            let writer = try DatabaseQueue(path: path, configuration: configuration(busyTimeout: busyTimeout))
            try Schema.migrator.migrate(writer)
            try writer.close()
            return try connection(path).0
        }
        do {
            let (queue, version) = try connection(path)
            return version < Schema.version ? try mended() : queue
        } catch let error as DatabaseError {
            switch error.extendedResultCode {
            case .SQLITE_READONLY_ROLLBACK, .SQLITE_READONLY_RECOVERY: return try mended()
            default: break
            }
            switch error.resultCode {
            case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_FULL, .SQLITE_READONLY:
                guard size(path + "-wal") == 0, size(path + "-journal") == 0 else { throw error }
                return try connection(immutableAddress(path)).0
            default: throw error
            }
        }
    }

    /// What every connection of a store shares.
    static func configuration(busyTimeout: Double) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { database in
            // A file from elsewhere may carry triggers and views: they run no function with side effects.
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
            // Zeroing what is deleted would write every replaced checkpoint twice.
            try database.execute(sql: "PRAGMA secure_delete = OFF")
        }
        return configuration
    }

    /// What a connection has that only reads.
    static func readOnlyConfiguration(busyTimeout: Double = 0) -> Configuration {
        var configuration = configuration(busyTimeout: busyTimeout)
        configuration.readonly = true
        return configuration
    }

    private static func checkIsFile(_ path: String) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = errno
            guard reason == ENOENT || reason == ENOTDIR else { throw unreadable(path, reason) }
            throw StoreError(
                .notFound, "there is no store at \(path); train or import a model, or name another with --store")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAStore(path, "it is not a regular file") }
        guard status.st_size > 0 else { throw .notAStore(path, "the file is empty") }
        guard access(path, R_OK) == 0 else { throw unreadable(path, errno) }
    }

    private static func unreadable(_ path: String, _ code: Int32) -> StoreError {
        StoreError(
            code == EACCES ? .readOnly : .io,
            "could not open the store \(path): \(String(cString: strerror(code))); name another with --store")
    }

    private static func unwritable(_ folder: String) -> StoreError {
        StoreError(.readOnly, "the folder \(folder) may not be written to; name a store elsewhere with --store")
    }

    private static func immutableAddress(_ path: String) -> String {
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "?#%;")
        return "file://\(path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path)?immutable=1"
    }
}
