import CKernels

/// Rows as the kernels read them: float32 in place, lower precisions converted.
struct Operands {
    /// Operands of 32 bits in a row.
    let stride: Int
    /// What they are multiplied in.
    let precision: Precision
    /// The rows themselves, or their operands, whose bits only kernels read as numbers.
    private var values: Tensor
    private var rowScales: Tensor

    /// The rows of x [rows, k].
    init(_ x: Tensor, _ precision: Precision) {
        self.init(precision, rows: precision == .float32 ? 0 : x.rows, columns: x.columns)
        if precision == .float32 {
            values = x
        } else {
            _ = converted(x.pointer, rows: x.rows, columns: x.columns)
        }
    }

    /// Room for converted rows; none in float32.
    init(_ precision: Precision, rows: Int, columns: Int) {
        self.precision = precision
        stride = gloss_operands(precision.element, columns)
        values = Tensor(uninitialized: [precision == .float32 ? 0 : rows, stride])
        rowScales = Tensor(uninitialized: [precision == .int8 ? rows : 0])
    }

    /// The operands of rows x [rows, columns]: x itself in float32, else made in place of those that were here from row `first`
    /// on. Valid while x and this value are held by the caller.
    mutating func converted(
        _ x: UnsafePointer<Float>, rows: Int, columns: Int, at first: Int = 0
    ) -> UnsafeRawPointer {
        guard precision != .float32 else { return UnsafeRawPointer(x) }
        gloss_convert(
            precision.element, x, columns, rows, columns, values.mutablePointer() + first * stride,
            rowScales.mutablePointer() + (precision == .int8 ? first : 0))
        return row(first)
    }

    /// The operands from a row on; valid while this value is held by the caller.
    func row(_ row: Int) -> UnsafeRawPointer { UnsafeRawPointer(values.pointer + row * stride) }

    /// c = some of these rows · matrix, or c += … when `accumulating`. Shapes: these [all rows, k], matrix [k, n], c
    /// [rows.count, n], its rows `stride` apart.
    func multiply(
        _ rows: Range<Int>, _ matrix: PackedMatrix, into c: UnsafeMutablePointer<Float>, stride: Int,
        accumulating: Bool = false
    ) {
        withExtendedLifetime(self) {
            gloss_product_packed(
                row(rows.lowerBound), self.stride, scales(rows.lowerBound), matrix.pointer, c, stride, rows.count,
                accumulating)
        }
    }

    /// The scales of 8-bit rows from a row on; nil for other precisions.
    func scales(_ row: Int) -> UnsafePointer<Float>? { precision == .int8 ? rowScales.pointer + row : nil }
}
