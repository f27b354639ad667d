import GlossNN
import Testing

/// The kernels are tested on their own; here stand the shapes, the transpositions and the aliasing of tensors.
@Suite struct ProductTests {
    private let a = Tensor([2, 3], [1, 2, 3, 4, 5, 6]), b = Tensor([3, 2], [7, 8, 9, 10, 11, 12])
    private let product: [Float] = [58, 64, 139, 154]

    @Test func transpositionsAreThoseOfTheOperands() {
        let aTransposed = Tensor([3, 2], [1, 4, 2, 5, 3, 6]), bTransposed = Tensor([2, 3], [7, 9, 11, 8, 10, 12])
        var c = Tensor([2, 2], [1, 1, 1, 1])
        c.setProduct(a, b)
        #expect(c.scalars == product)
        c.setProduct(aTransposed, transposed: true, b)
        #expect(c.scalars == product)
        c.setProduct(a, bTransposed, rightTransposed: true)
        #expect(c.scalars == product)
        c.setProduct(aTransposed, transposed: true, bTransposed, rightTransposed: true)
        #expect(c.scalars == product)
        c.setProduct(a, b, accumulating: true)
        #expect(c.scalars == product.map { 2 * $0 })
    }

    @Test func packedProductsAreTheSameToTheBit() {
        let x = randomTensor([29, 33], seed: 1), weight = randomTensor([33, 65], seed: 2)
        var plain = Tensor(zeros: [29, 65]), packed = plain
        plain.setProduct(x, weight)
        packed.setProduct(x, PackedMatrix(weight))
        #expect(bits(plain) == bits(packed))
        var transposed = Tensor(zeros: [29, 33])
        transposed.setProduct(plain, PackedMatrix(weight, transposed: true))
        var expected = transposed
        expected.setProduct(plain, weight, rightTransposed: true)
        #expect(bits(transposed) == bits(expected))
    }

    @Test func aSharedTensorIsCopiedBeforeItIsWritten() {
        var c = a
        c.add(a, scale: -1)
        #expect(c.scalars == [0, 0, 0, 0, 0, 0])
        #expect(a.scalars == [1, 2, 3, 4, 5, 6])
        var sum = Tensor([2], [1, 1])
        sum.addRows(of: b)
        #expect(sum.scalars == [28, 31])
        var biased = b
        biased.addBias(sum)
        #expect(biased.scalars == [35, 39, 37, 41, 39, 43])
        #expect(a.squaredNorm == 91)
    }
}
