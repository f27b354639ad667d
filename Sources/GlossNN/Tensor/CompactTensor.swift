/// Numbers as they were stored, in fewer bits than float32; what is read of them is exactly what they stand for.
public struct CompactTensor: Sendable {
    /// The formats, all little-endian.
    public enum Format: Sendable {
        /// IEEE 754 binary16.
        case float16
        /// The upper half of a binary32.
        case bfloat16
        /// Signed bytes in blocks of 32 that share a scale: the bytes of all numbers, then a float16 a block.
        case int8
        /// Numbers from 0 to 15, of which 8 stands for zero, in blocks of 32 that share a scale: two in a byte, the first one in its
        /// lower half, then a float16 a block.
        case int4

        /// The size of `count` numbers, in bytes.
        package func byteCount(of count: Int) -> Int {
            let scales = 2 * ((count + CompactTensor.blockLength - 1) / CompactTensor.blockLength)
            return switch self {
            case .float16, .bfloat16: 2 * count
            case .int8: count + scales
            case .int4: (count + 1) / 2 + scales
            }
        }
    }

    /// Sizes of the axes, outermost first.
    public let shape: [Int]
    private let format: Format
    private let bytes: [UInt8]

    /// Numbers that share a scale.
    public static let blockLength = 32

    /// The numbers in row-major order; `bytes` are as many as shape and format ask for.
    public init(_ shape: [Int], _ format: Format, _ bytes: [UInt8]) {
        let expected = format.byteCount(of: shape.reduce(1, *))
        precondition(bytes.count == expected, "\(bytes.count) bytes for \(shape) of \(format), \(expected) are needed")
        (self.shape, self.format, self.bytes) = (shape, format, bytes)
    }

    /// The number of scalars.
    public var count: Int { shape.reduce(1, *) }
    /// What it takes in memory, in bytes.
    public var byteCount: Int { bytes.count }

    /// All numbers in float32.
    public var tensor: Tensor {
        var result = Tensor(uninitialized: shape)
        read(0..<count, into: result.mutablePointer())
        return result
    }

    /// The numbers of a range of flat indices, in float32.
    func read(_ range: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "numbers \(range) of \(shape)")
        bytes.withUnsafeBytes { bytes in
            switch format {
            case .float16:
                for (at, index) in range.enumerated() {
                    target[at] = Float(bytes.loadUnaligned(fromByteOffset: 2 * index, as: Float16.self))
                }
            case .bfloat16:
                for (at, index) in range.enumerated() {
                    let half = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                    target[at] = Float(bitPattern: UInt32(half) << 16)
                }
            case .int8:
                guard let base = bytes.baseAddress else { return }
                let values = base.assumingMemoryBound(to: Int8.self)
                Self.readBlocks(range, scales: base + count, into: target) { Float(values[$0]) }
            case .int4:
                guard let base = bytes.baseAddress else { return }
                let pairs = base.assumingMemoryBound(to: UInt8.self)
                Self.readBlocks(range, scales: base + (count + 1) / 2, into: target) { index in
                    Float(Int(pairs[index / 2] >> (4 * UInt8(truncatingIfNeeded: index % 2)) & 15) - 8)
                }
            }
        }
    }

    /// Whole numbers times their block's scale, a block at a time.
    @inline(__always)
    private static func readBlocks(
        _ range: Range<Int>, scales: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>, _ value: (Int) -> Float
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let block = index / blockLength
            let scale = Float((scales + 2 * block).loadUnaligned(as: Float16.self))
            let end = min((block + 1) * blockLength, range.upperBound)
            let to = target - range.lowerBound
            for at in index..<end { to[at] = value(at) * scale }
            index = end
        }
    }
}
