import Foundation
import GlossNN
import GlossPipeline

extension ModelVersion {
    /// A version of `model` that has no number yet; `elementType` says how its tensors are kept.
    public init(
        _ model: Model, name: String, elementType: ElementType = .float32, metrics: [String: Double],
        sources: [DataSource], seed: UInt64, duration: Double, run: String, glossVersion: String, licence: String
    ) throws {
        let archive = try model.archive(), large = model.largeTensors
        var assets = archive.assets.sorted { $0.key < $1.key }.map { StoredAsset(name: $0.key, data: $0.value) }
        assets.append(StoredAsset(name: "model", data: archive.configuration))
        self.init(
            name: name, task: archive.task.rawValue, configuration: run, assets: assets,
            tensors: archive.tensors.map {
                StoredTensor($0.name, $0.numbers.tensor, keptAs: elementType.type(ofLarge: large.contains($0.name)))
            },
            metrics: metrics,
            sources: sources, seed: seed, duration: duration, glossVersion: glossVersion, licence: licence,
            created: Date())
    }

    /// The model of this version. Throws `StoreError.damaged` when its parts make none.
    public func model() throws -> Model {
        guard let task = Task(rawValue: task), let configuration = assets.first(where: { $0.name == "model" }) else {
            throw StoreError(
                .damaged,
                "model \(name):\(version) is of the task “\(self.task)”, which this Gloss cannot run; update it")
        }
        do {
            return try Model(
                ModelArchive(
                    task: task, configuration: configuration.data,
                    assets: Dictionary(assets.map { ($0.name, $0.data) }) { first, _ in first },
                    tensors: tensors.map { ($0.name, $0.numbers) }))
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.damaged, "model \(name):\(version) cannot be put together: \(error)")
        }
    }

    /// The model of this version, packed to answer: one that is kept as int8 or int4 computes in 8-bit integers. Throws
    /// `StoreError.damaged` when its parts make none.
    public func servingModel() throws -> Model {
        try model().prepared(tensors.contains { [.int8, .int4].contains($0.elementType) } ? .int8 : .float32)
    }

    /// The same version, without a number, its tensors kept as `elementType`; metrics are those of `metrics`.
    ///
    /// Numbers that are kept with fewer bits are rounded, so the model is another one: measure it anew. Throws
    /// `StoreError.damaged` when its parts make no model.
    public func converted(to elementType: ElementType, name: String, metrics: [String: Double]) throws -> ModelVersion {
        var copy = self
        let large = try model().largeTensors
        copy.name = name
        copy.metrics = metrics
        copy.tensors = tensors.map {
            StoredTensor($0.name, $0.tensor, keptAs: elementType.type(ofLarge: large.contains($0.name)))
        }
        return copy
    }
}
