import Foundation

/// The checksum over everything a version says of itself, so that a changed byte in a label of a tensor, a figure or
/// the configuration is noticed as surely as one in the weights.
struct Manifest {
    /// The description, every field preceded by its length, so that no two descriptions share their bytes.
    private var bytes = Data()

    /// Describes a version.
    ///
    /// - Parameters:
    ///   - summary: The description; its standing is left out, since a rollback may change it.
    ///   - tensorChecksums: The SHA-256 of each tensor, in order.
    ///   - assetChecksums: The SHA-256 of each asset, in order.
    /// - Returns: The SHA-256 of the description.
    static func checksum(of summary: ModelSummary, tensorChecksums: [Data], assetChecksums: [Data]) -> Data {
        var manifest = Manifest()
        for text in [summary.name, summary.task, summary.configuration, summary.glossVersion, summary.licence] {
            manifest.add(text)
        }
        manifest.add(UInt64(summary.version))
        manifest.add(summary.seed)
        manifest.add(summary.duration.bitPattern)
        manifest.add(UInt64(bitPattern: summary.created.milliseconds))
        manifest.add(UInt64(summary.tensors.count))
        for (tensor, checksum) in zip(summary.tensors, tensorChecksums) {
            manifest.add(tensor.name)
            manifest.add(tensor.shape.description)
            manifest.add(tensor.elementType.rawValue)
            manifest.add(checksum)
        }
        manifest.add(UInt64(summary.assets.count))
        for (asset, checksum) in zip(summary.assets, assetChecksums) {
            manifest.add(asset.name)
            manifest.add(checksum)
        }
        for (name, value) in summary.metrics.sorted(by: { $0.key < $1.key }) {
            manifest.add(name)
            manifest.add((value.isNaN ? Double.nan : value).bitPattern)
        }
        for source in summary.sources {
            manifest.add(source.name)
            manifest.add(source.sha256)
            manifest.add(UInt64(bitPattern: Int64(source.bytes)))
            manifest.add(source.licence)
        }
        return Checksum.of(manifest.bytes)
    }

    private mutating func add(_ text: String) { add(Data(text.utf8)) }

    private mutating func add(_ data: Data) {
        add(UInt64(data.count))
        bytes.append(data)
    }

    private mutating func add(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

extension Date {
    /// The whole milliseconds since 1970 in UTC, as a store keeps a date.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    /// The date this many milliseconds after 1970 in UTC.
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
