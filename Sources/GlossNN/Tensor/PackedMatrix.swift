import CKernels

/// A matrix in the layout that the product kernels read; made once for weights that serve.
package final class PackedMatrix: @unchecked Sendable {
    /// Rows of the matrix: the axis that is summed over.
    package let k: Int
    /// Columns of the matrix.
    package let n: Int
    /// What its elements are.
    package let precision: Precision
    /// Columns of a product with it: n, or more where interleaved gates are padded to whole vectors.
    package let columns: Int
    private let descriptor: UnsafeMutablePointer<gloss_packed>
    private let memory: TensorMemory.Block

    /// Packs `matrix`, the blocks of `gates` interleaved. Shape: [k, n], or [n, k] when `transposed`.
    package init(_ matrix: Tensor, transposed: Bool = false, gates: Int = 1, _ precision: Precision = .float32) {
        k = transposed ? matrix.columns : matrix.rows
        n = transposed ? matrix.rows : matrix.columns
        precondition(n % gates == 0, "\(gates) gates in a matrix of \(matrix.shape)")
        self.precision = precision
        descriptor = .allocate(capacity: 1)
        // The memory is not known yet: sizes depend on the shape alone.
        var shape = gloss_packed(
            element: precision.element, gates: gates, k: k, n: n, values: nil, scales: nil, sums: nil)
        columns = gloss_packed_columns(&shape)
        let bytes = (gloss_packed_bytes(&shape) + 63) / 64 * 64, scales = gloss_packed_scales(&shape)
        memory = TensorMemory.allocate(bytes + 8 * scales)
        shape.values = memory.base
        if scales > 0 {
            shape.scales = (memory.base + bytes).bindMemory(to: Float.self, capacity: scales)
            shape.sums = (memory.base + bytes + 4 * scales).bindMemory(to: Int32.self, capacity: scales)
        }
        descriptor.initialize(to: shape)
        gloss_pack(descriptor, matrix.pointer, matrix.columns, transposed)
    }

    deinit {
        TensorMemory.release(memory)
        descriptor.deallocate()
    }

    /// What it takes in memory, in bytes.
    var byteCount: Int { memory.capacity }

    /// The matrix itself, [k, n]; float32 alone keeps it.
    var unpacked: Tensor {
        precondition(precision == .float32, "a matrix packed as \(precision) has lost its numbers")
        var result = Tensor(uninitialized: [k, n])
        gloss_unpack(descriptor, result.mutablePointer())
        return result
    }

    /// What the kernels read; valid while this matrix is held by the caller.
    var pointer: UnsafePointer<gloss_packed> { UnsafePointer(descriptor) }

    /// A packed row of float32, as a bias is: [columns, padded to whole panels]; valid while this matrix is held by the caller.
    var row: UnsafePointer<Float> {
        precondition(k == 1 && precision == .float32, "[\(k), \(n)] of \(precision) in place of a row")
        return UnsafePointer(memory.base.assumingMemoryBound(to: Float.self))
    }
}
