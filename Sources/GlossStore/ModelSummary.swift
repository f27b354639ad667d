import Foundation

/// A version without its contents: what `gloss models list` and `show` print.
public struct ModelSummary: Sendable, Equatable {
    /// How a version stands to the bare name.
    public enum Standing: String, Sendable {
        /// The bare name means this version.
        case current
        /// An earlier version than the current one, or one that ships where the user has a model of its name.
        case earlier
        /// A later version than the current one: it was set aside by a rollback.
        case setAside
    }

    /// A tensor without its data.
    public struct Tensor: Sendable, Equatable {
        /// The parameter's path.
        public var name: String
        /// The length of each axis, outermost first.
        public var shape: [Int]
        /// The format of an element.
        public var elementType: ElementType
        /// The size of the data, in bytes.
        public var bytes: Int
    }

    /// An asset without its data.
    public struct Asset: Sendable, Equatable {
        /// The asset's name.
        public var name: String
        /// The size of the data, in bytes.
        public var bytes: Int
    }

    /// The model's name.
    public var name: String
    /// The version's number, from 1.
    public var version: Int
    /// Whether the bare name means this version.
    public var standing: Standing
    /// The task's name.
    public var task: String
    /// The complete configuration as TOML text.
    public var configuration: String
    /// The assets' names and sizes, in their order.
    public var assets: [Asset]
    /// The tensors' names, shapes and sizes, in their order.
    public var tensors: [Tensor]
    /// Figures measured on the version, by name.
    public var metrics: [String: Double]
    /// The data it was trained on.
    public var sources: [DataSource]
    /// The seed of the training.
    public var seed: UInt64
    /// The time the training took, in seconds.
    public var duration: Double
    /// The version of Gloss that trained it.
    public var glossVersion: String
    /// What may be done with the weights, and why.
    public var licence: String
    /// When the training ended.
    public var created: Date
    /// The SHA-256 of all that was saved, contents and description, in hexadecimal: versions that have it in common are the same.
    public internal(set) var checksum = ""

    /// The version as a reference that always means it.
    public var reference: ModelReference { ModelReference(uncheckedName: name, version: version) }

    /// The size of tensors and assets together, in bytes.
    public var bytes: Int { tensors.reduce(0) { $0 + $1.bytes } + assets.reduce(0) { $0 + $1.bytes } }

    /// The number of trained numbers in all tensors; what a damaged description says is not to be relied on.
    public var parameters: Int { tensors.reduce(0) { $0 &+ $1.shape.reduce(1, &*) } }
}
