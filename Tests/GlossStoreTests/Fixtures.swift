import Foundation
import GlossStore

/// A folder of its own for one test, removed at the end.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/gloss-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The names of everything in the folder, hidden files included.
    var contents: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}

/// Bytes that look like nothing in particular, the same for the same seed.
func noise(_ count: Int, seed: UInt64) -> Data {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let words = [UInt64](unsafeUninitializedCapacity: count / 8 + 1) { words, initialized in
        for index in words.indices {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            words[index] = state
        }
        initialized = words.count
    }
    return words.withUnsafeBytes { Data($0.prefix(count)) }
}

/// A small model with every field set.
func sample(_ name: String = "sentiment", seed: UInt64 = 1, tensorBytes: Int = 4096) -> ModelVersion {
    ModelVersion(
        name: name, task: "classify", configuration: "cell = \"lstm\"\nhidden = 32 # ünïcode\n",
        assets: [
            StoredAsset(name: "labels", data: Data("negative\npositive\n\(seed)".utf8)),
            StoredAsset(name: "nothing", data: Data()),
        ],
        tensors: [
            StoredTensor(
                name: "encoder.weight", shape: [tensorBytes / 16, 4], elementType: .float32,
                data: noise(tensorBytes, seed: seed)),
            StoredTensor(name: "output.bias", shape: [3], elementType: .bfloat16, data: noise(6, seed: seed + 1)),
            StoredTensor(name: "scale", shape: [], elementType: .int8, data: noise(3, seed: seed + 2)),
            StoredTensor(name: "empty", shape: [0, 7], elementType: .float16, data: Data()),
        ],
        metrics: ["accuracy": 0.875, "loss": -.infinity, "tiny": .leastNormalMagnitude],
        sources: [
            DataSource(name: "train.tsv", sha256: String(repeating: "ab", count: 32), bytes: 12, licence: "CC0-1.0")
        ],
        seed: .max - seed, duration: 12.5, glossVersion: "0.1.0", licence: "Apache-2.0",
        created: Date(timeIntervalSince1970: 1_700_000_000.25))
}

extension ModelVersion {
    /// The same version under the number that saving gave it.
    func numbered(_ number: Int) -> ModelVersion {
        var copy = self
        copy.version = number
        return copy
    }
}

/// All bytes of a file.
func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
