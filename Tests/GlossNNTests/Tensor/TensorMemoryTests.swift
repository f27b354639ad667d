import GlossNN
import Testing

/// In a process of its own, since the memory that is kept is that of all tensors.
@Suite struct TensorMemoryTests {
    private static func place(_ tensor: Tensor) -> UInt { tensor.withScalars { UInt(bitPattern: $0.baseAddress) } }

    @Test func aLargeBlockServesTheNextTensorOfUpToItsSize() async {
        await #expect(processExitsWith: .success) {
            let first = Self.place(Tensor(zeros: [100, 1000]))
            #expect(Self.place(Tensor(zeros: [1000, 100])) == first, "the same size")
            #expect(Self.place(Tensor(zeros: [60, 1000])) == first, "more than half of it")
            let larger = Tensor(zeros: [120, 1000]), less = Tensor(zeros: [40, 1000])
            #expect(Self.place(larger) != first && Self.place(less) != first)
            #expect(Self.place(Tensor(zeros: [100, 1000])) == first, "it is still there")
        }
    }

    @Test func twoTensorsHaveTwoBlocks() async {
        await #expect(processExitsWith: .success) {
            for _ in 0..<3 {
                let tensors = (0..<20).map { Tensor(zeros: [90 + $0, 1000]) }
                #expect(Set(tensors.map(Self.place)).count == 20)
                #expect(tensors.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })
                releaseKeptMemory()
            }
        }
    }

    /// Blocks of a size that is not asked for any more make room. A block that is kept still holds what was written; one that
    /// comes from the system holds zeros.
    @Test func whatWasUsedLastIsKept() async {
        await #expect(processExitsWith: .success) {
            func fill() {
                var tensor = Tensor(uninitialized: [2048, 1024])
                tensor.mutablePointer().update(repeating: 7, count: tensor.count)
            }
            func isKept() -> Bool { Tensor(uninitialized: [2048, 1024]).scalars.allSatisfy { $0 == 7 } }
            _ = (0..<8).map { _ in Tensor(uninitialized: [16_384, 1024]) }
            fill()
            #expect(isKept(), "all that may be kept was taken by eight others")
            _ = (0..<8).map { _ in Tensor(uninitialized: [16_384, 1024]) }
            #expect(!isKept())
        }
    }
}
