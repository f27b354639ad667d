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
    }

    /// Sizes of the axes, outermost first.
    public let shape: [Int]
    private let format: Format
    private let bytes: [UInt8]

    /// Numbers that share a scale.
    public static let blockLength = 32

    /// The numbers in row-major order; `bytes` are as many as shape and format ask for.
    public init(_ shape: [Int], _ format: Format, _ bytes: [UInt8]) {
        let count = shape.reduce(1, *), blocks = (count + Self.blockLength - 1) / Self.blockLength
        let expected = format == .int8 ? count + 2 * blocks : 2 * count
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
            case .int8: Self.readBlocks(bytes, count: count, range, into: target)
            }
        }
    }

    /// Bytes times their block's scale, a block at a time.
    private static func readBlocks(
        _ bytes: UnsafeRawBufferPointer, count: Int, _ range: Range<Int>, into target: UnsafeMutablePointer<Float>
    ) {
        guard let base = bytes.baseAddress else { return }
        let values = base.assumingMemoryBound(to: Int8.self)
        var index = range.lowerBound
        while index < range.upperBound {
            let block = index / blockLength
            let scale = Float((base + count + 2 * block).loadUnaligned(as: Float16.self))
            let end = min((block + 1) * blockLength, range.upperBound)
            let from = values + index, to = target + (index - range.lowerBound)
            for at in 0..<end - index { to[at] = Float(from[at]) * scale }
            index = end
        }
    }
}
