import Foundation
import GlossNN

/// Everything that a run needs to go on to the bit: written as a checkpoint, read by `--resume`.
public struct TrainingState: Sendable {
    /// What is small: counters and the history.
    public struct Header: Codable, Sendable, Equatable {
        /// Epochs finished, and batches finished in the running one.
        public var epoch = 0, batch = 0
        /// Updates of the parameters.
        public var optimizerSteps = 0
        /// The best evaluation so far, and evaluations since.
        public var best: Evaluation?
        /// Evaluations since the best.
        public var evaluationsWithoutGain = 0
        /// Seconds of training, over all interruptions.
        public var seconds = 0.0
        /// The configuration of the run: a checkpoint goes on only under the same one.
        public var configuration = ""
    }

    /// Counters and history.
    public var header = Header()
    /// Parameters by "model/…", the best ones by "best/…", moments by "optimizer/…", carried states by "memory/…".
    public var tensors: [(name: String, tensor: Tensor)] = []

    /// A run that has not begun.
    public init() {}

    /// The state as bytes: a length, the header as JSON, then each tensor's name, shape and scalars, little-endian.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let header = try encoder.encode(header)
        let index = try encoder.encode(tensors.map { Entry(name: $0.name, shape: $0.tensor.shape) })
        var data = Data()
        for part in [header, index] {
            withUnsafeBytes(of: UInt64(part.count).littleEndian) { data.append(contentsOf: $0) }
            data.append(part)
        }
        for (_, tensor) in tensors { tensor.withScalars { data.append(UnsafeRawBufferPointer($0).asData) } }
        return data
    }

    /// The state of `encoded`'s bytes. Throws `TrainingError` when they are damaged.
    public init(decoding data: Data) throws {
        var rest = data[...]
        func take(_ count: Int) throws -> Data {
            guard rest.count >= count else { throw TrainingError.damagedCheckpoint }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        func part() throws -> Data {
            let length = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard length < 1 << 40 else { throw TrainingError.damagedCheckpoint }
            return try take(Int(length))
        }
        header = try JSONDecoder().decode(Header.self, from: try part())
        for entry in try JSONDecoder().decode([Entry].self, from: try part()) {
            let count = entry.shape.reduce(1, *)
            let scalars = try take(count * 4).withUnsafeBytes { bytes in
                (0..<count).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
            }
            tensors.append((entry.name, Tensor(entry.shape, scalars)))
        }
    }

    private struct Entry: Codable {
        var name: String
        var shape: [Int]
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var asData: Data { Data(self) }
}
