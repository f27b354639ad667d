import GRDB

extension StoreError {
    /// Translates whatever a database operation threw into the store's own error.
    ///
    /// - Parameters:
    ///   - error: An error of SQLite or of row decoding; a `StoreError` passes through unchanged.
    ///   - action: What was being done, as in "save sentiment:3".
    ///   - path: The store's file.
    init(_ error: any Error, while action: String, at path: String) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DatabaseError:
            self.init(sqlite: error, while: action, at: path)
        case is RowDecodingError:
            self.init(.damaged, StoreError.damage(action, path, "a value has an unexpected type"))
        default:
            self.init(.io, "could not \(action) in \(path): \(error)")
        }
    }

    private init(sqlite error: DatabaseError, while action: String, at path: String) {
        let detail = "\(error.message ?? "no detail") (SQLite code \(error.extendedResultCode.rawValue))"
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .full(action, path, detail)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
            self = .full(action, path, detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy,
                "could not \(action) in \(path): another process is writing to the store; try again when it is done")
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(
                .readOnly,
                "could not \(action) in \(path): the store is read-only; name another with --store or change its permissions"
            )
        case .SQLITE_CORRUPT:
            self.init(.damaged, StoreError.damage(action, path, detail))
        case .SQLITE_ERROR where detail.contains("no such table") || detail.contains("no such column"):
            self.init(.damaged, StoreError.damage(action, path, detail))
        case .SQLITE_NOTADB:
            self = .notAStore(path, "it is not an SQLite database")
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH:
            self.init(.invalid, "could not \(action) in \(path): \(detail)")
        case .SQLITE_CANTOPEN:
            self.init(
                .io,
                "could not \(action) in \(path): \(detail); check that the file and its folder may be read, and that an account that may write closes the store"
            )
        default:
            self.init(.io, "could not \(action) in \(path): \(detail)")
        }
    }

    /// The error for a file that Gloss did not make.
    static func notAStore(_ path: String, _ reason: String) -> StoreError {
        StoreError(
            .foreign, "\(path) is not a Gloss model store: \(reason); it was left untouched, name another file")
    }

    /// The error for a file whose format this Gloss does not know yet.
    static func madeByNewerGloss(_ path: String, _ version: Int) -> StoreError {
        StoreError(
            .foreign,
            "\(path) was made by a newer Gloss (format \(version), this one knows \(Schema.version)); it was left untouched, update Gloss"
        )
    }

    private static func full(_ action: String, _ path: String, _ detail: String) -> StoreError {
        StoreError(
            .full,
            "could not \(action) in \(path): no space left, nothing was changed; free some space and try again: \(detail)"
        )
    }

    private static func damage(_ action: String, _ path: String, _ detail: String) -> String {
        "could not \(action) in \(path): the store is damaged: \(detail); run `gloss models verify`, restore a copy or train again"
    }
}
