import CKernels

/// The input of a sweep's steps as the recurrent kernels take it: operands for steps of many rows, and for steps of few
/// rows their products with the input weight, made at once.
///
/// Rows of a layout fall with the steps, so the steps of few rows are the last ones and their rows stand together.
struct StepInput {
    private let layout: SequenceLayout
    private let weight: PackedMatrix
    private let operands: Operands?
    /// The first step whose rows are few, and the products of its rows and all later ones.
    private let firstProjected: Int
    private let projected: Tensor

    init(_ operands: Operands, _ weight: PackedMatrix, _ layout: SequenceLayout, fusedRows: Int) {
        self.layout = layout
        self.weight = weight
        let first = layout.active.firstIndex { $0 < fusedRows } ?? layout.active.count
        firstProjected = first
        self.operands = first > 0 ? operands : nil
        let row = first < layout.active.count ? layout.offsets[first] : layout.rows
        let stride = gloss_padded_columns(weight.pointer)
        var products = Tensor(uninitialized: [layout.rows - row, stride])
        operands.multiply(row..<layout.rows, weight, into: products.mutablePointer(), stride: stride)
        projected = products
    }

    /// Points a kernel's step to its input; valid while this value is held by the caller.
    func set(_ kernel: inout gloss_recurrent_step, step: Int) {
        let row = layout.offsets[step]
        if step >= firstProjected {
            kernel.projected = projected.pointer + (row - layout.offsets[firstProjected]) * projected.columns
            kernel.projected_stride = projected.columns
        } else if let operands {
            kernel.input_weight = weight.pointer
            kernel.input = operands.row(row)
            kernel.input_stride = operands.stride
            kernel.input_scales = operands.scales(row)
        }
    }
}
