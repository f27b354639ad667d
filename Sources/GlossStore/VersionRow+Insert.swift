import Foundation
import GRDB

extension VersionRow {
    /// Writes a version with all its contents and makes it the current one.
    ///
    /// - Parameters:
    ///   - version: A version that has passed `check()`.
    ///   - number: The number to give, or nil for the next one of the name.
    ///   - reserved: The number above which the next one is at least.
    ///   - database: A connection inside a write transaction.
    ///   - written: Called with the bytes written so far and the bytes in all.
    /// - Returns: The number given.
    /// - Throws: `DatabaseError`.
    static func insert(
        _ version: ModelVersion, number: Int?, above reserved: Int, into database: Database,
        written: @escaping (Int, Int) -> Void
    ) throws -> Int {
        let latest = try Int.fetchOne(
            database, sql: "SELECT latest FROM model WHERE name = ?", arguments: [version.name])
        let number = number ?? max(latest ?? 0, reserved) &+ 1
        guard VersionRow.numbers.contains(number) else {
            throw VersionRow.impossible("the number of \(version.name)", number)
        }
        try database.execute(
            sql: """
                INSERT INTO model (name, current, latest) VALUES (:name, :number, :number)
                ON CONFLICT (name) DO UPDATE SET current = :number, latest = max(latest, :number)
                """,
            arguments: ["name": version.name, "number": number])
        let total = version.tensors.reduce(0) { $0 + $1.data.count } + version.assets.reduce(0) { $0 + $1.data.count }
        var done = 0
        let pieceWritten = { (bytes: Int) in
            done += bytes
            written(done, total)
        }
        let tensors = try version.tensors.map { try Content.insert($0.data, into: database, written: pieceWritten) }
        let assets = try version.assets.map { try Content.insert($0.data, into: database, written: pieceWritten) }
        let manifest = Manifest.checksum(
            of: version.summary(number: number), tensorChecksums: tensors.map(\.checksum),
            assetChecksums: assets.map(\.checksum))
        try insert(version, number: number, manifest: manifest, into: database)
        let row = database.lastInsertedRowID
        for (position, (tensor, content)) in zip(version.tensors, tensors).enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO tensor (version, position, name, shape, element_type, content) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    row, position, tensor.name, tensor.shape.map(String.init).joined(separator: ","),
                    tensor.elementType.rawValue, content.row,
                ])
        }
        for (position, (asset, content)) in zip(version.assets, assets).enumerated() {
            try database.execute(
                sql: "INSERT INTO asset (version, position, name, content) VALUES (?, ?, ?, ?)",
                arguments: [row, position, asset.name, content.row])
        }
        for (name, value) in version.metrics.sorted(by: { $0.key < $1.key }) {
            try database.execute(
                sql: "INSERT INTO metric (version, name, value) VALUES (?, ?, ?)",
                arguments: [row, name, value.isNaN ? nil : value])
        }
        for (position, source) in version.sources.enumerated() {
            try database.execute(
                sql: "INSERT INTO source (version, position, name, sha256, bytes, licence) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [row, position, source.name, source.sha256, source.bytes, source.licence])
        }
        return number
    }

    private static func insert(
        _ version: ModelVersion, number: Int, manifest: Data, into database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO version
                (name, number, task, configuration, seed, duration, gloss_version, licence, created, manifest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                version.name, number, version.task, version.configuration, Int64(bitPattern: version.seed),
                version.duration, version.glossVersion, version.licence, version.created.milliseconds, manifest,
            ])
    }
}

extension ModelVersion {
    /// The version's description under a number.
    func summary(number: Int) -> ModelSummary {
        ModelSummary(
            name: name, version: number, standing: .current, task: task, configuration: configuration,
            assets: assets.map { .init(name: $0.name, bytes: $0.data.count) },
            tensors: tensors.map {
                .init(name: $0.name, shape: $0.shape, elementType: $0.elementType, bytes: $0.data.count)
            },
            metrics: metrics, sources: sources, seed: seed, duration: duration, glossVersion: glossVersion,
            licence: licence, created: created)
    }
}
