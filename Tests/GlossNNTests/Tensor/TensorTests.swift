import GlossNN
import Testing

@Suite struct TensorTests {
    @Test func aCopyIsAValue() {
        let a = Tensor([2, 2], [1, 2, 3, 4])
        var b = a, c = a
        b[0] = 9
        c.scale(by: 2)
        #expect(a.scalars == [1, 2, 3, 4])
        #expect(b.scalars == [9, 2, 3, 4])
        #expect(c.scalars == [2, 4, 6, 8])
    }

    @Test(arguments: [[3, 4, 5], [7], [0, 4], [2, 0], [1, 1]])
    func rowsAndColumnsMultiplyToTheCount(shape: [Int]) {
        let tensor = Tensor(zeros: shape)
        #expect(tensor.count == shape.reduce(1, *))
        #expect(tensor.rows == shape[0])
        #expect(tensor.rows * tensor.columns == tensor.count)
        #expect(tensor.scalars == [Float](repeating: 0, count: tensor.count))
    }

    @Test func uniformStaysWithinItsBound() {
        let scalars = randomTensor([50, 50], bound: 0.3, seed: 1).scalars
        #expect(scalars.allSatisfy { abs($0) <= 0.3 })
        #expect(scalars.contains { $0 > 0.29 } && scalars.contains { $0 < -0.29 })
        #expect(Set(scalars).count > 2_400)
    }

    /// Rows start where vector loads are fast.
    @Test func storageIsAligned() {
        for count in [0, 1, 17, 1000] {
            #expect(UInt(bitPattern: Tensor(zeros: [count]).pointer) % 64 == 0)
        }
    }
}
