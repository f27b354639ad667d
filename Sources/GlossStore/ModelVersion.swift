import Foundation

/// A file that belongs to a model beside its tensors: a vocabulary, a list of labels.
public struct StoredAsset: Sendable, Equatable {
    /// The asset's name, unique in its version.
    public var name: String

    /// The asset's contents.
    public var data: Data

    /// Holds a name and its contents.
    public init(name: String, data: Data) {
        self.name = name
        self.data = data
    }
}

/// A file that a model was trained or measured on.
public struct DataSource: Codable, Sendable, Equatable {
    /// The file's name.
    public var name: String

    /// The SHA-256 of the file, in hexadecimal.
    public var sha256: String

    /// The file's size, in bytes.
    public var bytes: Int

    /// The licence as far as the user stated it.
    public var licence: String

    /// Describes a file.
    public init(name: String, sha256: String, bytes: Int, licence: String) {
        self.name = name
        self.sha256 = sha256
        self.bytes = bytes
        self.licence = licence
    }
}

/// Everything about one version of a model: what is needed to run it and how it came about.
public struct ModelVersion: Sendable, Equatable {
    /// The model's name.
    public var name: String

    /// The version's number from 1, or 0 until the version is saved.
    public var version: Int

    /// The task's name, as in `classify`.
    public var task: String

    /// The complete configuration as TOML text.
    public var configuration: String

    /// Vocabularies, label lists and the like.
    public var assets: [StoredAsset]

    /// The parameters, in the order in which the model visits them.
    public var tensors: [StoredTensor]

    /// Figures measured on the version, by name; a figure may be NaN.
    public var metrics: [String: Double]

    /// The data it was trained on.
    public var sources: [DataSource]

    /// The seed of every random choice in the training.
    public var seed: UInt64

    /// The time the training took, in seconds.
    public var duration: Double

    /// The version of Gloss that trained it.
    public var glossVersion: String

    /// What may be done with the weights, and why.
    public var licence: String

    /// When the training ended; kept to the millisecond.
    public var created: Date

    /// Gathers a version that has no number yet.
    public init(
        name: String, version: Int = 0, task: String, configuration: String, assets: [StoredAsset],
        tensors: [StoredTensor],
        metrics: [String: Double] = [:], sources: [DataSource] = [], seed: UInt64, duration: Double = 0,
        glossVersion: String, licence: String, created: Date
    ) {
        self.name = name
        self.version = version
        self.task = task
        self.configuration = configuration
        self.assets = assets
        self.tensors = tensors
        self.metrics = metrics
        self.sources = sources
        self.seed = seed
        self.duration = duration
        self.glossVersion = glossVersion
        self.licence = licence
        self.created = created
    }

    /// Checks everything that the store relies on, before anything is written.
    ///
    /// - Throws: `StoreError.invalid` naming the value.
    func check() throws(StoreError) {
        _ = try ModelReference(name: name)
        guard duration.isFinite, duration >= 0 else {
            throw StoreError(.invalid, "model \(name): the duration \(duration) is not a number of seconds")
        }
        guard created.timeIntervalSince1970.magnitude < 1e12 else {
            throw StoreError(.invalid, "model \(name): the creation date \(created) is out of range")
        }
        for tensor in tensors {
            try tensor.check()
        }
        for asset in assets where asset.name.isEmpty {
            throw StoreError(.invalid, "model \(name): an asset of \(asset.data.count) bytes has no name")
        }
        try ModelVersion.checkUnique(tensors.map(\.name), "tensor", model: name)
        try ModelVersion.checkUnique(assets.map(\.name), "asset", model: name)
    }

    private static func checkUnique(_ names: [String], _ part: String, model: String) throws(StoreError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw StoreError(.invalid, "model \(model): two \(part)s are named \(name)")
        }
    }
}
