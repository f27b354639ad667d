import Foundation
import GlossNN

extension StoredTensor {
    /// A tensor as it is kept; what is small stays float32 where `elementType` would round it to bytes.
    package init(_ name: String, _ tensor: Tensor, keptAs elementType: ElementType) {
        let kept = elementType == .int8 && tensor.count < 64 * ElementType.blockLength ? .float32 : elementType
        let data = tensor.withScalars { scalars in
            switch kept {
            case .float32: Data(buffer: scalars)
            case .float16: scalars.map(Float16.init).withUnsafeBytes { Data($0) }
            case .bfloat16: scalars.map(Self.upperHalf).withUnsafeBytes { Data($0) }
            case .int8: Self.bytes(scalars)
            }
        }
        self.init(name: name, shape: tensor.shape, elementType: kept, data: data)
    }

    /// The tensor's numbers as they are kept. The data is as long as `check` wants it.
    package var numbers: Numbers {
        func compact(_ format: CompactTensor.Format) -> Numbers {
            .compact(CompactTensor(shape, format, [UInt8](data)))
        }
        switch elementType {
        case .float16: return compact(.float16)
        case .bfloat16: return compact(.bfloat16)
        case .int8: return compact(.int8)
        case .float32:
            let count = shape.reduce(1, *)
            return .dense(
                Tensor(
                    shape,
                    [Float](unsafeUninitializedCapacity: count) { target, filled in
                        filled = data.copyBytes(to: target, count: 4 * count) / 4
                    }))
        }
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
}
