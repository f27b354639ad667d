import CKernels

/// GRU (Cho et al. 2014) with the reset gate applied after the recurrent product; gate order r z n.
struct GRUCell: RecurrentCell {
    let gates = 3
    let hasCellState = false
    let separatesRecurrentProjection = true

    var kernel: (cell: gloss_cell, activation: gloss_activation) { (GLOSS_GRU, GLOSS_TANH) }

    func backward(_ step: CellGradientStep) {
        gloss_gru_backward(
            step.rows, step.hidden, step.gates, step.recurrent, step.previousState, step.outputGradient,
            step.outputStride, step.stateGradient, step.gateGradient, step.recurrentGradient)
    }
}
