import CKernels

/// Rows as the kernels read them: float32 in place, lower precisions converted.
struct Operands {
    /// Operands of 32 bits in a row.
    let stride: Int
    private let precision: Precision
    /// The rows themselves, or their operands, whose bits only kernels read as numbers.
    private var values: Tensor
    private var rowScales: Tensor

    /// The rows of x [rows, k].
    init(_ x: Tensor, _ precision: Precision) {
        self.init(precision, rows: precision == .float32 ? 0 : x.rows, columns: x.columns)
        if precision == .float32 {
            values = x
        } else {
            convert(x.pointer, rows: x.rows, columns: x.columns)
        }
    }

    /// Room for converted rows; none in float32.
    init(_ precision: Precision, rows: Int, columns: Int) {
        self.precision = precision
        stride = gloss_operands(precision.element, columns)
        values = Tensor(uninitialized: [precision == .float32 ? 0 : rows, stride])
        rowScales = Tensor(uninitialized: [precision == .int8 ? rows : 0])
    }

    /// Converts rows x [rows, columns] in place of those that were there.
    mutating func convert(_ x: UnsafePointer<Float>, rows: Int, columns: Int) {
        gloss_convert(
            precision.element, x, columns, rows, columns, values.mutablePointer(), rowScales.mutablePointer())
    }

    /// The operands from a row on; valid while this value is held by the caller.
    func row(_ row: Int) -> UnsafeRawPointer { UnsafeRawPointer(values.pointer + row * stride) }

    /// The scales of 8-bit rows from a row on; nil for other precisions.
    func scales(_ row: Int) -> UnsafePointer<Float>? { precision == .int8 ? rowScales.pointer + row : nil }
}
