import CKernels

extension Tensor {
    /// self = op(a) · op(b), or self += … when `accumulating`. Shapes: op(a) [m, k], op(b) [k, n], self [m, n].
    ///
    /// `precision` is float32 or bfloat16.
    package mutating func setProduct(
        _ a: Tensor, transposed aTransposed: Bool = false, _ b: Tensor, rightTransposed bTransposed: Bool = false,
        accumulating: Bool = false, _ precision: Precision = .float32
    ) {
        precondition(precision != .int8, "8-bit integers multiply with a packed matrix alone")
        let m = aTransposed ? a.columns : a.rows
        let k = aTransposed ? a.rows : a.columns
        let n = bTransposed ? b.rows : b.columns
        precondition(
            (bTransposed ? b.columns : b.rows) == k && rows == m && columns == n,
            "product of \(a.shape) and \(b.shape) into \(shape)")
        gloss_product(
            precision.element, a.pointer, a.columns, aTransposed, b.pointer, b.columns, bTransposed, mutablePointer(),
            n, m, n, k,
            accumulating)
    }

    /// self = aᵀ · matrix, or self += … when `accumulating`. Shapes: a [k, m], matrix [k, n] of float32 or bfloat16, self [m, n].
    package mutating func setProduct(transposed a: Tensor, _ matrix: PackedMatrix, accumulating: Bool = false) {
        precondition(
            a.rows == matrix.k && rows == a.columns && columns == matrix.n && matrix.precision != .int8,
            "product of \(a.shape) transposed and [\(matrix.k), \(matrix.n)] into \(shape)")
        gloss_product_transposed(
            a.pointer, a.columns, matrix.pointer, mutablePointer(), columns, rows, accumulating)
    }

    /// self = a · matrix. Shapes: a [m, k], matrix [k, n], self [m, matrix.columns].
    package mutating func setProduct(_ a: Tensor, _ matrix: PackedMatrix) {
        precondition(
            a.columns == matrix.k && rows == a.rows && columns == matrix.columns,
            "product of \(a.shape) and [\(matrix.k), \(matrix.columns)] into \(shape)")
        Operands(a, matrix.precision).multiply(0..<a.rows, matrix, into: mutablePointer(), stride: matrix.columns)
    }

    /// self += other. Shapes: equal.
    public mutating func add(_ other: Tensor, scale: Float = 1) {
        precondition(shape == other.shape, "sum of \(shape) and \(other.shape)")
        gloss_add_scaled(count, scale, other.pointer, mutablePointer())
    }

    /// Adds `bias` [columns] to every row.
    package mutating func addBias(_ bias: Tensor) {
        precondition(bias.count == columns, "bias of \(bias.shape) for \(shape)")
        gloss_add_bias(rows, columns, bias.pointer, mutablePointer())
    }

    /// Adds the rows of `other` [rows, n] to self [n].
    package mutating func addRows(of other: Tensor) {
        precondition(count == other.columns, "rows of \(other.shape) into \(shape)")
        gloss_add_rows(other.rows, other.columns, other.pointer, mutablePointer())
    }

    /// The sum of squares.
    public var squaredNorm: Double { gloss_sum_of_squares(count, pointer) }

    /// The first index of the greatest value of each row. Shapes: self [rows, n], n ≥ 1 → [rows].
    package func indexOfGreatest() -> [Int32] {
        let n = columns
        return (0..<rows).map { Int32(gloss_index_of_greatest(n, pointer + $0 * n)) }
    }

    /// self = factor · self.
    public mutating func scale(by factor: Float) { gloss_scale(count, factor, mutablePointer()) }
}
