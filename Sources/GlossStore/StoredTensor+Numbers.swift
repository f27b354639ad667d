import Foundation
import GlossNN

extension StoredTensor {
    /// A tensor as it is kept; what is small stays float32 where `elementType` would round it to whole numbers.
    package init(_ name: String, _ tensor: Tensor, keptAs elementType: ElementType) {
        let isRounded = elementType == .int8 || elementType == .int4
        let kept = isRounded && tensor.count < 64 * ElementType.blockLength ? .float32 : elementType
        let data = tensor.withScalars { scalars in
            switch kept {
            case .float32: Data(buffer: scalars)
            case .float16: scalars.map(Float16.init).withUnsafeBytes { Data($0) }
            case .bfloat16: scalars.map(Self.upperHalf).withUnsafeBytes { Data($0) }
            case .int8: Self.bytes(scalars)
            case .int4: Self.halves(scalars)
            }
        }
        self.init(name: name, shape: tensor.shape, elementType: kept, data: data)
    }

    /// The tensor's numbers as they are kept. The data is as long as `check` wants it.
    package var numbers: Numbers {
        if let format = elementType.format { return .compact(CompactTensor(shape, format, [UInt8](data))) }
        let count = shape.reduce(1, *)
        return .dense(
            Tensor(
                shape,
                [Float](unsafeUninitializedCapacity: count) { target, filled in
                    filled = data.copyBytes(to: target, count: 4 * count) / 4
                }))
    }

    /// The tensor in float32.
    package var tensor: Tensor { numbers.tensor }

    /// The upper half of a float32, rounded to the nearest, ties to even.
    private static func upperHalf(_ value: Float) -> UInt16 {
        guard !value.isNaN else { return 0x7FC0 }
        let bits = value.bitPattern
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }

    /// Blocks of signed bytes, then their scales; the largest magnitude of a block is ±127 times its scale.
    private static func bytes(_ scalars: UnsafeBufferPointer<Float>) -> Data {
        var data = Data(capacity: scalars.count), scales: [Float16] = []
        for start in stride(from: 0, to: scalars.count, by: ElementType.blockLength) {
            let block = scalars[start..<min(start + ElementType.blockLength, scalars.count)]
            let scale = Float16(block.reduce(0) { max($0, abs($1)) } / 127)
            scales.append(scale)
            let inverse = scale == 0 ? 0 : 1 / Float(scale)
            for value in block {
                let whole = (value * inverse).rounded()
                data.append(UInt8(bitPattern: Int8(max(-127, min(127, whole)))))
            }
        }
        scales.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    /// Blocks of four bits, two in a byte, then their scales: of some scales that end a little inside or outside of the block's
    /// largest magnitude the one with the least squared error.
    private static func halves(_ scalars: UnsafeBufferPointer<Float>) -> Data {
        var data = Data(count: (scalars.count + 1) / 2), scales: [Float16] = []
        for start in stride(from: 0, to: scalars.count, by: ElementType.blockLength) {
            let block = scalars[start..<min(start + ElementType.blockLength, scalars.count)]
            // The largest magnitude may take the one whole number that has no counterpart.
            let largest = block.max { abs($0) < abs($1) } ?? 0
            func whole(_ value: Float, _ scale: Float) -> Float {
                scale == 0 ? 0 : max(-8, min(7, (value / scale).rounded()))
            }
            func error(_ scale: Float) -> Float {
                block.reduce(0) {
                    let miss = $1 - whole($1, scale) * scale
                    return $0 + miss * miss
                }
            }
            let candidates = stride(from: Float(6.5), through: 9.5, by: 0.5).map { Float(Float16(-largest / $0)) }
            let scale = candidates.map { ($0, error($0)) }.min { $0.1 < $1.1 }?.0 ?? 0
            scales.append(Float16(scale))
            for (index, value) in zip(block.indices, block) {
                data[index / 2] |= UInt8(whole(value, scale) + 8) << (index % 2 * 4)
            }
        }
        scales.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }
}
