import CKernels

/// LSTM with forget gate; gate order i f g o (Hochreiter and Schmidhuber 1997, Gers et al. 2000).
///
/// `activation` stands for the hyperbolic tangent of both the candidate and the output.
struct LSTMCell: RecurrentCell {
    let activation: Activation
    let gates = 4
    let hasCellState = true
    let separatesRecurrentProjection = false

    var kernel: (cell: gloss_cell, activation: gloss_activation) { (GLOSS_LSTM, activation.kernel) }

    func backward(_ step: CellGradientStep) {
        gloss_lstm_backward(
            step.rows, step.hidden, activation.kernel, step.gates, step.previousCell, step.outputGradient,
            step.outputStride, step.stateGradient, step.cellGradient, step.gateGradient)
    }
}
