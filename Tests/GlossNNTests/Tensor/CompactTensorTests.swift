import GlossNN
import Testing

@Suite struct CompactTensorTests {
    private static let shape = [9, 37]
    private static let count = 9 * 37

    /// Bytes of a format with what each number stands for, computed one by one.
    static func sample(_ format: CompactTensor.Format) -> (bytes: [UInt8], scalars: [Float]) {
        let values = randomTensor([count], bound: 2, seed: 3).scalars
        func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }
        switch format {
        case .float16:
            let halves = values.map { Float16($0) }
            return (bytes(halves), halves.map { Float($0) })
        case .bfloat16:
            let halves = values.map { UInt16($0.bitPattern >> 16) }
            return (bytes(halves), halves.map { Float(bitPattern: UInt32($0) << 16) })
        case .int8:
            let whole = values.map { Int8($0 * 60) }
            let scales = (0..<(count + 31) / 32).map { Float16(0.01 * Float($0 + 1)) }
            return (
                bytes(whole) + bytes(scales), whole.enumerated().map { Float($1) * Float(scales[$0 / 32]) }
            )
        case .int4:
            let whole = values.map { Int($0 * 3.9) }
            let scales = (0..<(count + 31) / 32).map { Float16(0.01 * Float($0 + 1)) }
            let pairs = stride(from: 0, to: count, by: 2).map { at in
                UInt8(whole[at] + 8) + 16 * UInt8(at + 1 < count ? whole[at + 1] + 8 : 0)
            }
            return (pairs + bytes(scales), whole.enumerated().map { Float($1) * Float(scales[$0 / 32]) })
        }
    }

    @Test(arguments: [CompactTensor.Format.float16, .bfloat16, .int8, .int4])
    func everyNumberIsWhatItStandsFor(format: CompactTensor.Format) {
        let (bytes, scalars) = Self.sample(format)
        let compact = CompactTensor(Self.shape, format, bytes)
        #expect(compact.tensor.shape == Self.shape && compact.byteCount == bytes.count)
        #expect(compact.tensor.scalars == scalars)
    }

    /// Rows begin and end within blocks that share a scale.
    @Test(arguments: [CompactTensor.Format.float16, .bfloat16, .int8, .int4])
    func rowsOfATableAreThoseOfFloat32(format: CompactTensor.Format) {
        var random = RandomSource(seed: 1)
        var dense = Embedding(count: 9, features: 37, using: &random)
        dense.table.value = Tensor(Self.shape, Self.sample(format).scalars)
        var compact = Embedding(count: 9, features: 37, using: &random)
        compact.table.load(.compact(CompactTensor(Self.shape, format, Self.sample(format).bytes)))
        #expect(compact.table.byteCount < dense.table.byteCount && compact.parameterCount == dense.parameterCount)
        let ids: [Int32] = [8, 0, 3, 3, 7, 1]
        #expect(bits(compact(ids, tape: nil).value) == bits(dense(ids, tape: nil).value))
        #expect(bits(compact.sums(ids, each: 3, tape: nil).value) == bits(dense.sums(ids, each: 3, tape: nil).value))
    }
}
