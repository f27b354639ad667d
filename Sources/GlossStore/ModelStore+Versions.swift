import Foundation
import GRDB

extension ModelStore {
    /// Saves a version under the next number of its name, in one transaction, and makes it the current one.
    ///
    /// - Parameters:
    ///   - version: The version; its own number is ignored.
    ///   - progress: Called with the bytes written so far and the bytes in all; it must not use this store.
    /// - Returns: The number given, from 1; a number is never given twice, even after its version is removed.
    /// - Throws: `StoreError`: `invalid` when a part contradicts itself, `full`, `busy`, `readOnly`, `io`. The store is
    ///   then as it was before.
    @discardableResult
    public func save(_ version: ModelVersion, progress: (Int, Int) -> Void = { _, _ in }) throws(StoreError) -> Int {
        try save(version, number: nil, progress: progress)
    }

    /// Saves a version under a number of choice, which must be free.
    func save(
        _ version: ModelVersion, number: Int?, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(StoreError) -> Int {
        try version.check()
        return try write("save \(version.name)") { database in
            try withoutActuallyEscaping(progress) { progress in
                try VersionRow.insert(
                    version, number: number, above: reserved[version.name] ?? 0, into: database, written: progress)
            }
        }
    }

    /// Reads a version and checks every checksum.
    ///
    /// - Throws: `StoreError`: `notFound` naming what there is; `damaged` naming the tensor or asset.
    public func load(_ reference: ModelReference) throws(StoreError) -> ModelVersion {
        try read("load \(reference)") { database in
            let version = try find(reference, in: database)
            let summary = version.summary
            guard version.agreesWithManifest else { throw damagedDescription(of: summary.reference) }
            let tensors = try zip(summary.tensors, version.tensors).map { tensor, part in
                let (data, _) = try Content.read(
                    part.content, from: database, part: "tensor \(tensor.name) of \(summary.reference)", path: path)
                let stored = StoredTensor(
                    name: tensor.name, shape: tensor.shape, elementType: tensor.elementType, data: data)
                try stored.check()
                return stored
            }
            let assets = try zip(summary.assets, version.assets).map { asset, part in
                let (data, _) = try Content.read(
                    part.content, from: database, part: "asset \(asset.name) of \(summary.reference)", path: path)
                return StoredAsset(name: asset.name, data: data)
            }
            return ModelVersion(
                name: summary.name, version: summary.version, task: summary.task, configuration: summary.configuration,
                assets: assets, tensors: tensors, metrics: summary.metrics, sources: summary.sources,
                seed: summary.seed, duration: summary.duration, glossVersion: summary.glossVersion,
                licence: summary.licence, created: summary.created)
        }
    }

    /// Describes every version of every model, by name and number.
    public func summaries() throws(StoreError) -> [ModelSummary] {
        try read("list the models") { database in
            try references(in: database).map { try find($0, in: database).summary }
        }
    }

    /// By name, the last number given, be its version there or not.
    public func latestNumbers() throws(StoreError) -> [String: Int] {
        try read("list the models") { database in
            let rows = try Row.fetchAll(database, sql: "SELECT name, latest FROM model")
            return try Dictionary(
                uniqueKeysWithValues: rows.map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) })
        }
    }

    /// Describes one version.
    ///
    /// - Throws: `StoreError.notFound` naming what there is.
    public func summary(_ reference: ModelReference) throws(StoreError) -> ModelSummary {
        try read("describe \(reference)") { try find(reference, in: $0).summary }
    }

    /// Describes every version of one model, by number; empty when there is none.
    public func versions(of name: String) throws(StoreError) -> [ModelSummary] {
        try summaries().filter { $0.name == name }
    }

    /// Every version in the store, by name and number.
    func references(in database: Database) throws -> [ModelReference] {
        let rows = try Row.fetchCursor(database, sql: "SELECT name, number FROM version ORDER BY name, number")
        var references: [ModelReference] = []
        while let row = try rows.next() {
            references.append(
                ModelReference(uncheckedName: try row.decode(atIndex: 0), version: try row.decode(atIndex: 1)))
        }
        return references
    }

    /// Finds the version that a reference means now.
    ///
    /// - Throws: `StoreError.notFound` naming what there is.
    func find(_ reference: ModelReference, in database: Database) throws -> VersionRow {
        let number =
            try reference.version
            ?? Int.fetchOne(
                database, sql: "SELECT current FROM model WHERE name = ? AND current IS NOT NULL",
                arguments: [reference.name])
        if let number, let found = try VersionRow.fetch(name: reference.name, number: number, from: database) {
            return found
        }
        let present = try references(in: database)
        let ofSameName = present.filter { $0.name == reference.name }
        let others = (ofSameName.isEmpty ? present : ofSameName).map(\.description)
        throw StoreError(
            .notFound,
            "there is no model \(reference) in \(path); it has \(others.isEmpty ? "no models" : others.joined(separator: ", "))"
        )
    }

    /// The error for a version whose description is not the one saved.
    func damagedDescription(of reference: ModelReference) -> StoreError {
        StoreError(
            .damaged,
            "the description of \(reference) in \(path) is damaged: its SHA-256 does not agree with the one saved; restore a copy of the store, or remove the version and train again"
        )
    }
}
