import CKernels

/// Plain recurrent cell (Elman 1990): h(t) = φ(x(t)·W + h(t-1)·U + b).
struct RNNCell: RecurrentCell {
    let activation: Activation
    let gates = 1
    let hasCellState = false
    let separatesRecurrentProjection = false

    var kernel: (cell: gloss_cell, activation: gloss_activation) { (GLOSS_RNN, activation.kernel) }

    func backward(_ step: CellGradientStep) {
        gloss_rnn_backward(
            step.rows, step.hidden, activation.kernel, step.gates, step.outputGradient, step.outputStride,
            step.stateGradient, step.gateGradient)
    }
}
