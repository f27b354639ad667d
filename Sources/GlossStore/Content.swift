import Foundation
import GRDB

/// Contents of any length, cut into pieces, each content with its SHA-256.
enum Content {
    /// The longest piece, in bytes: small beside a model, large beside a row.
    static let pieceLength = 4 << 20

    /// Writes a new content.
    ///
    /// - Parameters:
    ///   - data: The bytes to keep.
    ///   - database: A connection inside a write transaction.
    ///   - written: Called after each piece with its length in bytes.
    /// - Returns: The content's row and its SHA-256.
    /// - Throws: `DatabaseError`.
    static func insert(
        _ data: Data, into database: Database, written: (Int) -> Void
    ) throws -> (row: Int64, checksum: Data) {
        let checksum = Checksum.of(data)
        try database.execute(
            sql: "INSERT INTO content (bytes, sha256) VALUES (?, ?)", arguments: [data.count, checksum])
        let row = database.lastInsertedRowID
        let statement = try database.cachedStatement(
            sql: "INSERT INTO piece (content, position, data) VALUES (?, ?, ?)")
        var start = data.startIndex
        var position = 0
        while start < data.endIndex {
            let end = min(start + pieceLength, data.endIndex)
            try statement.execute(arguments: [row, position, data[start..<end]])
            written(end - start)
            start = end
            position += 1
        }
        return (row, checksum)
    }

    /// Reads a content back: one copy, from SQLite's page cache into the value returned.
    ///
    /// - Parameters:
    ///   - row: The content's row.
    ///   - database: A connection inside a transaction.
    ///   - part: What the content is, for the error, as in "tensor encoder.weight of sentiment:3".
    ///   - path: The store's file, for the error.
    /// - Throws: `StoreError.damaged` naming the part when bytes are missing or the SHA-256 differs.
    static func read(
        _ row: Int64, from database: Database, part: String, path: String
    ) throws(StoreError) -> (data: Data, checksum: Data) {
        do {
            return try read(row, from: database)
        } catch let error as Mismatch {
            throw StoreError(
                .damaged,
                "\(part) in \(path) is damaged: \(error.reason); restore a copy of the store, or remove the version and train again"
            )
        } catch {
            throw StoreError(error, while: "read \(part)", at: path)
        }
    }

    /// How a content differs from what its row promises.
    private struct Mismatch: Error {
        let reason: String
    }

    private static func read(_ row: Int64, from database: Database) throws -> (data: Data, checksum: Data) {
        guard
            let promised = try Row.fetchOne(
                database, sql: "SELECT bytes, sha256 FROM content WHERE id = ?", arguments: [row])
        else { throw Mismatch(reason: "its contents are missing") }
        let bytes = try promised.decode(Int.self, atIndex: 0)
        let checksum = try promised.decode(Data.self, atIndex: 1)
        // The lengths stand in the rows' headers: asking for them first keeps a damaged count from reserving memory.
        let present = try Int.fetchOne(
            database, sql: "SELECT coalesce(sum(length(data)), 0) FROM piece WHERE content = ?", arguments: [row])
        guard present == bytes else { throw Mismatch(reason: "\(present ?? 0) of \(bytes) bytes are there") }
        var data = Data(capacity: bytes)
        var computed = Checksum()
        let pieces = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT data FROM piece WHERE content = ? ORDER BY position"),
            arguments: [row])
        while let piece = try pieces.next() {
            try piece.withUnsafeData(atIndex: 0) { bytes in
                guard let bytes else { throw Mismatch(reason: "a piece is missing") }
                computed.update(bytes)
                data.append(bytes)
            }
        }
        guard computed.finish() == checksum else {
            throw Mismatch(reason: "its SHA-256 does not agree with the one saved")
        }
        return (data, checksum)
    }
}
