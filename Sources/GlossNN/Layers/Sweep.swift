import CKernels

/// One pass of a cell over the steps of a layout: the loop over time, apart from parameters and tape.
struct Sweep {
    let layout: SequenceLayout
    let hidden: Int
    let cell: any RecurrentCell
    let reversed: Bool

    /// What the forward pass leaves for the backward pass, rows in the layout's order.
    struct Record {
        /// [rows, hidden]: h(t).
        let output: Tensor
        /// [rows, gates · hidden]: activations.
        let gates: Tensor
        /// [rows, gates · hidden]: the recurrent projection, where it is apart; else empty.
        let recurrent: Tensor
        /// [rows, hidden]: h(t-1), c(t-1), c(t); the last two empty without a cell state. Empty in inference.
        let previousState, previousCell, cell: Tensor
    }

    private var steps: [Int] { reversed ? layout.active.indices.reversed() : Array(layout.active.indices) }

    /// Runs over time. gates [rows, gates · hidden]: the input projection with its bias.
    func forward(
        gates projected: consuming Tensor, hiddenWeight: PackedMatrix, recurrentBias: Tensor?,
        state: inout RecurrentState,
        keeps: Bool
    ) -> Record {
        precondition(
            state.hidden.shape == [layout.batch, hidden], "state \(state.hidden.shape) for batch \(layout.batch)")
        let width = cell.gates * hidden
        let apart = cell.separatesRecurrentProjection
        var gates = projected
        var output = Tensor(uninitialized: [layout.rows, hidden])
        var recurrent = Tensor(uninitialized: [apart ? (keeps ? layout.rows : layout.batch) : 0, width])
        var previousState = Tensor(uninitialized: [keeps ? layout.rows : 0, hidden])
        var previousCell = Tensor(uninitialized: [keeps && cell.hasCellState ? layout.rows : 0, hidden])
        var cells = Tensor(uninitialized: [keeps && cell.hasCellState ? layout.rows : 0, hidden])
        // The running states, by rank: rows beyond the active ones hold the initial state of sequences yet to start
        // (reversed) or the last state of those that ended.
        var running = byRank(state)
        let a = gates.mutablePointer(), y = output.mutablePointer(), u = recurrent.mutablePointer()
        let h = running.hidden.mutablePointer(), c = running.cell.mutablePointer()
        let h0 = previousState.mutablePointer(), c0 = previousCell.mutablePointer(), c1 = cells.mutablePointer()

        for step in steps {
            let rows = layout.active[step], first = layout.offsets[step], size = rows * hidden
            if keeps {
                (h0 + first * hidden).update(from: h, count: size)
                if cell.hasCellState { (c0 + first * hidden).update(from: c, count: size) }
            }
            let projection = u + (apart && keeps ? first * width : 0)
            if apart {
                for row in 0..<rows {
                    (projection + row * width).update(from: recurrentBias!.pointer, count: width)
                }
            }
            gloss_product_packed(
                h, hidden, hiddenWeight.pointer, apart ? projection : a + first * width, width, rows, width, hidden,
                true)
            cell.forward(
                CellStep(
                    rows: rows, hidden: hidden, gates: a + first * width, recurrent: projection, state: h, cell: c))
            (y + first * hidden).update(from: h, count: size)
            if keeps, cell.hasCellState { (c1 + first * hidden).update(from: c, count: size) }
        }
        state = byCaller(running)
        return withExtendedLifetime(hiddenWeight) {
            Record(
                output: output, gates: gates, recurrent: recurrent, previousState: previousState,
                previousCell: previousCell, cell: cells)
        }
    }

    /// d [rows, hidden] → gradients of the input projection and of the recurrent projection, [rows, gates · hidden].
    func backward(_ record: Record, _ d: Tensor, hiddenTransposed: PackedMatrix) -> (gates: Tensor, recurrent: Tensor) {
        let width = cell.gates * hidden
        let apart = cell.separatesRecurrentProjection
        var dGates = Tensor(uninitialized: [layout.rows, width])
        var dRecurrent = Tensor(uninitialized: [apart ? layout.rows : 0, width])
        // Gradients of the running states by rank; zero where no later step exists.
        var dState = Tensor(zeros: [layout.batch, hidden])
        var dCell = Tensor(zeros: [layout.batch, hidden])
        let dg = dGates.mutablePointer(), du = dRecurrent.mutablePointer()
        let dh = dState.mutablePointer(), dc = dCell.mutablePointer()

        for step in steps.reversed() {
            let rows = layout.active[step], first = layout.offsets[step], at = first * hidden
            gloss_add_scaled(rows * hidden, 1, d.pointer + at, dh)
            let gateGradient = dg + first * width
            let recurrentGradient = apart ? du + first * width : gateGradient
            cell.backward(
                CellGradientStep(
                    rows: rows, hidden: hidden, gates: record.gates.pointer + first * width,
                    recurrent: record.recurrent.pointer + (apart ? first * width : 0),
                    previousState: record.previousState.pointer + at,
                    previousCell: record.previousCell.pointer + (cell.hasCellState ? at : 0),
                    cell: record.cell.pointer + (cell.hasCellState ? at : 0), stateGradient: dh, cellGradient: dc,
                    gateGradient: gateGradient, recurrentGradient: recurrentGradient))
            gloss_product_packed(
                recurrentGradient, width, hiddenTransposed.pointer, dh, hidden, rows, hidden, width, true)
        }
        return withExtendedLifetime((dState, dCell, hiddenTransposed)) { (dGates, apart ? dRecurrent : dGates) }
    }

    private func byRank(_ state: RecurrentState) -> RecurrentState {
        reordered(state) { rank in (from: layout.order[rank], to: rank) }
    }

    private func byCaller(_ state: RecurrentState) -> RecurrentState {
        reordered(state) { rank in (from: rank, to: layout.order[rank]) }
    }

    private func reordered(_ state: RecurrentState, _ rows: (Int) -> (from: Int, to: Int)) -> RecurrentState {
        var result = RecurrentState(batch: layout.batch, hidden: hidden)
        let h = result.hidden.mutablePointer(), c = result.cell.mutablePointer()
        for rank in 0..<layout.batch {
            let (from, to) = rows(rank)
            (h + to * hidden).update(from: state.hidden.pointer + from * hidden, count: hidden)
            (c + to * hidden).update(from: state.cell.pointer + from * hidden, count: hidden)
        }
        return result
    }
}
