import Foundation
import GlossNN
import GlossStore
import Testing

struct StoredTensorTests {
    private let tensor: Tensor = {
        var random = RandomSource(seed: 5)
        return Tensor(uniform: [70, 37], bound: 2, using: &random)
    }()

    /// Relative to the largest magnitude of a number's block.
    @Test(arguments: [
        (ElementType.float32, Float(0)), (.float16, 5e-4), (.bfloat16, 4e-3), (.int8, 4.5e-3), (.int4, 0.15),
    ])
    func numbersComeBackAsNearAsTheirFormatAllows(type: ElementType, bound: Float) {
        let kept = StoredTensor("x", tensor, keptAs: type)
        #expect(kept.elementType == type && kept.shape == [70, 37])
        let back = kept.tensor.scalars, scalars = tensor.scalars
        for start in stride(from: 0, to: scalars.count, by: 32) {
            let block = start..<min(start + 32, scalars.count)
            let largest = block.reduce(Float(0)) { max($0, abs(scalars[$1])) }
            for index in block { #expect(abs(back[index] - scalars[index]) <= bound * largest) }
        }
        #expect((back == scalars) == (type == .float32))
    }

    @Test func bytesTakeLittleMoreThanAQuarter() {
        #expect(Double(StoredTensor("x", tensor, keptAs: .int8).data.count) <= 0.27 * Double(tensor.count * 4))
        #expect(StoredTensor("x", Tensor([3], [1, 2, 3]), keptAs: .int8).elementType == .float32)
    }

    /// Of sixteen numbers the nearest, at a scale that fits the block.
    @Test func fourBitsTakeAnEighthAndMissByLittle() {
        let kept = StoredTensor("x", tensor, keptAs: .int4)
        #expect(Double(kept.data.count) <= 0.145 * Double(tensor.count * 4))
        let misses = zip(kept.tensor.scalars, tensor.scalars).map { ($0 - $1) * ($0 - $1) }
        #expect((misses.reduce(0, +) / Float(misses.count)).squareRoot() < 0.04 * 2)
        // Several scales are tried: they miss by less than the one that ends at the block's largest magnitude.
        let ended = stride(from: 0, to: tensor.count, by: 32).reduce(Float(0)) { sum, start in
            let block = tensor.scalars[start..<min(start + 32, tensor.count)]
            let scale = -(block.max { abs($0) < abs($1) } ?? 0) / 8
            return block.reduce(sum) {
                let miss = $1 - max(-8, min(7, ($1 / scale).rounded())) * scale
                return $0 + miss * miss
            }
        }
        #expect(misses.reduce(0, +) < 0.95 * ended)
        #expect(Set(zip(kept.tensor.scalars, 0...).filter { $0.1 < 32 }.map(\.0)).count > 10)
        #expect(StoredTensor("x", Tensor([3], [1, 2, 3]), keptAs: .int4).elementType == .float32)
        let back = StoredTensor("x", Tensor([4096], (0..<4096).map { $0 == 100 ? -60_000 : 0 }), keptAs: .int4).tensor
        #expect(back[0] == 0 && abs(back[100] + 60_000) <= 300)
    }

    @Test func zerosAndExtremesAreKept() {
        var scalars = [Float](repeating: 0, count: 4096)
        scalars[40] = 1e-9
        scalars[100] = -60_000
        let back = StoredTensor("x", Tensor([4096], scalars), keptAs: .int8).tensor.scalars
        #expect(back.allSatisfy { $0.isFinite } && back[0] == 0)
        #expect(abs(back[100] + 60_000) <= 300)
        #expect(StoredTensor("x", Tensor([1], [.nan]), keptAs: .bfloat16).tensor[0].isNaN)
    }
}
