import CKernels

/// The pointwise part of a recurrent network. `Recurrent` owns time, the matrix products and the lengths.
protocol RecurrentCell: Sendable {
    /// Gate blocks a hidden unit.
    var gates: Int { get }
    /// Whether a cell state is carried beside the hidden state.
    var hasCellState: Bool { get }
    /// Whether the recurrent projection enters the cell apart from the input projection, and h(t-1) beside it. Without that, all of
    /// h(t-1)'s gradient comes through the product.
    var separatesRecurrentProjection: Bool { get }
    /// Which formula the recurrent kernels apply, and its activation; a cell's forward step is part of theirs.
    var kernel: (cell: gloss_cell, activation: gloss_activation) { get }
    /// The gradients of one step.
    func backward(_ step: CellGradientStep)
}

/// The kinds of cells that a configuration can name.
public enum CellKind: String, Codable, Sendable, CaseIterable {
    case rnn, lstm, gru

    /// The cell with `activation` in place of its hyperbolic tangent; a GRU has no choice.
    func cell(_ activation: Activation) -> any RecurrentCell {
        switch self {
        case .rnn: RNNCell(activation: activation)
        case .lstm: LSTMCell(activation: activation)
        case .gru: GRUCell()
        }
    }
}

/// What a cell's backward step reads and writes.
struct CellGradientStep {
    let rows: Int
    let hidden: Int
    /// [rows, gates · hidden]: the activations.
    let gates: UnsafePointer<Float>
    /// [rows, gates · hidden]: the recurrent projection, where it is apart.
    let recurrent: UnsafePointer<Float>
    /// [rows, hidden]: h(t-1).
    let previousState: UnsafePointer<Float>
    /// [rows, hidden]: c(t-1).
    let previousCell: UnsafePointer<Float>
    /// [rows, hidden], a row every `outputStride`: what reaches h(t) as an output.
    let outputGradient: UnsafePointer<Float>
    let outputStride: Int
    /// [rows, hidden]: in what reaches h(t) from step t+1, out what reaches h(t-1) without a product, where something does.
    let stateGradient: UnsafeMutablePointer<Float>
    /// [rows, hidden]: in dc(t), out dc(t-1).
    let cellGradient: UnsafeMutablePointer<Float>
    /// [rows, gates · hidden]: out, of the input projection and, where it is apart, of the recurrent projection.
    let gateGradient, recurrentGradient: UnsafeMutablePointer<Float>
}
