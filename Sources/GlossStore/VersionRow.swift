import Foundation
import GRDB

/// A version as it stands in the tables: its description and the rows of its contents.
struct VersionRow {
    /// The version's row.
    let row: Int64
    /// The description.
    let summary: ModelSummary
    /// Where each tensor's data is, in order.
    let tensors: [Part]
    /// Where each asset's data is, in order.
    let assets: [Part]
    /// The SHA-256 of the description, as saved.
    let manifest: Data

    /// The contents of a tensor or an asset, and their SHA-256 as saved.
    struct Part {
        let content: Int64
        let checksum: Data
    }

    /// The numbers that a version may have, the sizes of contents in bytes, the seconds of a training and the milliseconds of
    /// a date: what is beyond them is damage, and no arithmetic is done with it.
    static let numbers = 1...1 << 40, sizes = 0...1 << 44
    private static let seconds = 0...1e12, moments = Int64(-1) << 50...1 << 50

    /// The error for a value that no Gloss has written.
    static func impossible(_ what: String, _ value: any CustomStringConvertible) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(what) is \(value)")
    }

    private static func value<Value: Comparable & CustomStringConvertible>(
        _ value: Value, in range: ClosedRange<Value>, _ what: String
    ) throws -> Value {
        guard range.contains(value) else { throw impossible(what, value) }
        return value
    }

    /// Whether the description is the one that was saved.
    var agreesWithManifest: Bool {
        manifest
            == Manifest.checksum(
                of: summary, tensorChecksums: tensors.map(\.checksum), assetChecksums: assets.map(\.checksum))
    }

    /// Reads one version's description, or nil when there is no such version.
    ///
    /// - Throws: `DatabaseError`, or `RowDecodingError` when a value is damaged.
    static func fetch(name: String, number: Int, from database: Database) throws -> VersionRow? {
        let found = try Row.fetchOne(
            database,
            sql: """
                SELECT version.id, task, configuration, seed, duration, gloss_version, licence, created, manifest, current
                FROM version JOIN model USING (name) WHERE name = ? AND number = ?
                """,
            arguments: [name, number])
        guard let found else { return nil }
        let row = try found.decode(Int64.self, atIndex: 0)
        let current = try found.decode(Int?.self, atIndex: 9) ?? 0
        let tensors = try fetchTensors(of: row, from: database)
        let assets = try fetchAssets(of: row, from: database)
        let manifest = try found.decode(Data.self, atIndex: 8)
        let summary = ModelSummary(
            name: name,
            version: try value(number, in: numbers, "the number of \(name)"),
            standing: number == current ? .current : number < current ? .earlier : .setAside,
            task: try found.decode(atIndex: 1),
            configuration: try found.decode(atIndex: 2),
            assets: assets.map(\.0),
            tensors: tensors.map(\.0),
            metrics: try fetchMetrics(of: row, from: database),
            sources: try fetchSources(of: row, from: database),
            seed: UInt64(bitPattern: try found.decode(Int64.self, atIndex: 3)),
            duration: try value(found.decode(atIndex: 4), in: seconds, "the duration of \(name):\(number)"),
            glossVersion: try found.decode(atIndex: 5),
            licence: try found.decode(atIndex: 6),
            created: Date(
                milliseconds: try value(found.decode(atIndex: 7), in: moments, "the moment of \(name):\(number)")),
            checksum: manifest.map { String(format: "%02x", $0) }.joined())
        return VersionRow(
            row: row, summary: summary, tensors: tensors.map(\.1), assets: assets.map(\.1),
            manifest: manifest)
    }

    private static func fetchTensors(of row: Int64, from database: Database) throws -> [(ModelSummary.Tensor, Part)] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT name, shape, element_type, bytes, content, sha256
                FROM tensor JOIN content ON content.id = tensor.content WHERE version = ? ORDER BY position
                """,
            arguments: [row])
        var tensors: [(ModelSummary.Tensor, Part)] = []
        while let row = try rows.next() {
            let name = try row.decode(String.self, atIndex: 0)
            let shape = try row.decode(String.self, atIndex: 1)
            let type = try row.decode(String.self, atIndex: 2)
            guard let axes = axes(of: shape), let elementType = ElementType(rawValue: type) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT,
                    message: "tensor \(name) has shape \"\(shape)\" and element type \"\(type)\"")
            }
            tensors.append(
                (
                    .init(
                        name: name, shape: axes, elementType: elementType,
                        bytes: try value(row.decode(atIndex: 3), in: sizes, "the size of tensor \(name)")),
                    Part(content: try row.decode(atIndex: 4), checksum: try row.decode(atIndex: 5))
                ))
        }
        return tensors
    }

    private static func fetchAssets(of row: Int64, from database: Database) throws -> [(ModelSummary.Asset, Part)] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT name, bytes, content, sha256
                FROM asset JOIN content ON content.id = asset.content WHERE version = ? ORDER BY position
                """,
            arguments: [row])
        var assets: [(ModelSummary.Asset, Part)] = []
        while let row = try rows.next() {
            assets.append(
                (
                    .init(
                        name: try row.decode(atIndex: 0),
                        bytes: try value(row.decode(atIndex: 1), in: sizes, "the size of an asset")),
                    Part(content: try row.decode(atIndex: 2), checksum: try row.decode(atIndex: 3))
                ))
        }
        return assets
    }

    private static func fetchMetrics(of row: Int64, from database: Database) throws -> [String: Double] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT name, value FROM metric WHERE version = ?", arguments: [row])
        var metrics: [String: Double] = [:]
        while let row = try rows.next() {
            metrics[try row.decode(String.self, atIndex: 0)] = try row.decode(Double?.self, atIndex: 1) ?? .nan
        }
        return metrics
    }

    private static func fetchSources(of row: Int64, from database: Database) throws -> [DataSource] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT name, sha256, bytes, licence FROM source WHERE version = ? ORDER BY position",
            arguments: [row])
        var sources: [DataSource] = []
        while let row = try rows.next() {
            sources.append(
                DataSource(
                    name: try row.decode(atIndex: 0), sha256: try row.decode(atIndex: 1),
                    bytes: try row.decode(atIndex: 2), licence: try row.decode(atIndex: 3)))
        }
        return sources
    }

    /// Reads a shape as it is kept: axes joined by commas, nothing for a single number.
    private static func axes(of text: String) -> [Int]? {
        var axes: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: text.isEmpty) {
            guard let axis = Int(part), axis >= 0 else { return nil }
            axes.append(axis)
        }
        return axes
    }
}
