import CKernels

/// What a sweep multiplies with, and its biases, all packed with interleaved gates.
struct SweepWeights {
    let input, hidden, bias: PackedMatrix
    /// Where the cell keeps the recurrent projection apart.
    let recurrentBias: PackedMatrix?
}

/// One pass of a cell over the steps of a layout: the loop over time, apart from parameters and tape.
struct Sweep {
    let layout: SequenceLayout
    let hidden: Int
    let cell: any RecurrentCell
    let reversed: Bool

    /// Rows from which on a step multiplies its input itself, while its sums are in registers; with fewer rows the input
    /// weight is read less often when the input of many steps is multiplied at once. The bits are the same.
    private static let fusedRows = 24

    /// What the forward pass leaves for the backward pass, rows in the layout's order.
    struct Record {
        /// [rows, gates · hidden]: activations.
        var gates: Tensor
        /// [rows, gates · hidden]: the recurrent projection, where it is apart; else empty.
        var recurrent: Tensor
        /// [rows, hidden]: h(t-1), and c(t-1), empty without a cell state.
        var previousState, previousCell: Tensor

        fileprivate init(_ sweep: Sweep) {
            let rows = sweep.layout.rows, hidden = sweep.hidden, width = sweep.cell.gates * hidden
            gates = Tensor(uninitialized: [rows, width])
            recurrent = Tensor(uninitialized: [sweep.cell.separatesRecurrentProjection ? rows : 0, width])
            previousState = Tensor(uninitialized: [rows, hidden])
            previousCell = Tensor(uninitialized: [sweep.cell.hasCellState ? rows : 0, hidden])
        }

        /// Where rows from `row` on are written, nil of what the cell has not; valid while this record is held by the caller.
        fileprivate mutating func place(row: Int) -> Place {
            func at(_ tensor: inout Tensor) -> UnsafeMutablePointer<Float> {
                tensor.mutablePointer() + row * tensor.columns
            }
            return Place(
                gates: at(&gates), previousState: at(&previousState),
                recurrent: recurrent.count > 0 ? at(&recurrent) : nil,
                previousCell: previousCell.count > 0 ? at(&previousCell) : nil)
        }

        fileprivate struct Place {
            let gates, previousState: UnsafeMutablePointer<Float>
            let recurrent, previousCell: UnsafeMutablePointer<Float>?
        }
    }

    private var steps: [Int] { reversed ? layout.active.indices.reversed() : Array(layout.active.indices) }

    /// Runs over time: operands of the input [rows, input] → h(t) at `output`, a row every `stride`.
    ///
    /// `running` are the states by rank (`byRank`), and become the last ones: rows beyond the active ones hold the initial
    /// state of sequences yet to start (reversed) or the last state of those that ended.
    func forward(
        _ x: Operands, _ weights: SweepWeights, running: inout RecurrentState, keeps: Bool,
        into output: UnsafeMutablePointer<Float>, stride: Int
    ) -> Record? {
        precondition(
            running.hidden.shape == [layout.batch, hidden],
            "state \(running.hidden.shape) for batch \(layout.batch)")
        var record = keeps ? Record(self) : nil
        let h = running.hidden.mutablePointer(), c = running.cell.mutablePointer()

        let input = StepInput(x, weights.input, layout, fusedRows: Self.fusedRows)
        var operands = Operands(weights.hidden.precision, rows: layout.batch, columns: hidden)
        let steps = steps
        // Rows whose h(t-1) the step before has written into the record.
        var carried = 0
        for (index, step) in steps.enumerated() {
            let rows = layout.active[step], first = layout.offsets[step]
            let kept = record?.place(row: first)
            let previous = kept?.previousState ?? h
            if let kept {
                let joining = carried * hidden
                (kept.previousState + joining).update(from: h + joining, count: rows * hidden - joining)
            }
            kept?.previousCell?.update(from: c, count: rows * hidden)
            let target = output + first * stride
            var kernel = gloss_recurrent_step()
            (kernel.cell, kernel.activation) = cell.kernel
            (kernel.rows, kernel.hidden) = (rows, hidden)
            input.set(&kernel, step: step)
            kernel.bias = weights.bias.row
            kernel.recurrent_bias = weights.recurrentBias?.row
            kernel.hidden_weight = weights.hidden.pointer
            kernel.state = operands.converted(previous, rows: rows, columns: hidden)
            kernel.state_stride = operands.stride
            kernel.state_scales = operands.scales(0)
            kernel.previous = UnsafePointer(previous)
            kernel.cell_state = c
            (kernel.output, kernel.output_stride) = (target, stride)
            kernel.gates = kept?.gates
            kernel.recurrent = kept?.recurrent
            kernel.descending = index % 2 == 1
            gloss_recur(&kernel)
            let next = keeps && index + 1 < steps.count ? steps[index + 1] : nil
            carried = next.map { min(rows, layout.active[$0]) } ?? 0
            let following = next.flatMap { record?.place(row: layout.offsets[$0]).previousState } ?? h
            for row in 0..<rows {
                ((row < carried ? following : h) + row * hidden).update(from: target + row * stride, count: hidden)
            }
        }
        return withExtendedLifetime((weights, input, operands)) { record }
    }

    /// Gradients of the input projection and of the recurrent projection, [rows, gates · hidden]; one tensor where the cell keeps
    /// neither apart. `operands` are those of the first, as products multiply them.
    struct Gradients {
        let input, recurrent: Tensor
        let operands: Operands
    }

    /// `hidden` columns of d [rows, …] from `column` on → gradients of both projections.
    func backward(_ record: Record, _ d: Tensor, column: Int, hiddenTransposed: PackedMatrix) -> Gradients {
        let width = cell.gates * hidden
        let apart = cell.separatesRecurrentProjection
        var dGates = Tensor(uninitialized: [layout.rows, width])
        var dRecurrent = Tensor(uninitialized: [apart ? layout.rows : 0, width])
        // Gradients of the running states by rank; zero where no later step exists.
        var dState = Tensor(zeros: [layout.batch, hidden])
        var dCell = Tensor(zeros: [layout.batch, hidden])
        let dg = dGates.mutablePointer(), du = dRecurrent.mutablePointer()
        let dh = dState.mutablePointer(), dc = dCell.mutablePointer()
        let dOutput = d.pointer + column, stride = d.columns
        var operands = Operands(hiddenTransposed.precision, rows: layout.rows, columns: width)

        for step in steps.reversed() {
            let rows = layout.active[step], first = layout.offsets[step], at = first * hidden
            let gateGradient = dg + first * width
            let recurrentGradient = apart ? du + first * width : gateGradient
            cell.backward(
                CellGradientStep(
                    rows: rows, hidden: hidden, gates: record.gates.pointer + first * width,
                    recurrent: record.recurrent.pointer + (apart ? first * width : 0),
                    previousState: record.previousState.pointer + at,
                    previousCell: record.previousCell.pointer + (cell.hasCellState ? at : 0),
                    outputGradient: dOutput + first * stride, outputStride: stride, stateGradient: dh, cellGradient: dc,
                    gateGradient: gateGradient, recurrentGradient: recurrentGradient))
            gloss_product_packed(
                operands.converted(recurrentGradient, rows: rows, columns: width, at: first), operands.stride,
                operands.scales(first), hiddenTransposed.pointer, dh, hidden, rows, apart)
        }
        return withExtendedLifetime((d, dState, dCell, hiddenTransposed, operands)) {
            let converts = apart || operands.precision == .float32
            return Gradients(
                input: dGates, recurrent: apart ? dRecurrent : dGates,
                operands: converts ? Operands(dGates, operands.precision) : operands)
        }
    }

    /// States in the caller's order of sequences → by rank.
    func byRank(_ state: RecurrentState) -> RecurrentState {
        reordered(state) { rank in (from: layout.order[rank], to: rank) }
    }

    /// States by rank → in the caller's order of sequences.
    func byCaller(_ state: RecurrentState) -> RecurrentState {
        reordered(state) { rank in (from: rank, to: layout.order[rank]) }
    }

    private func reordered(_ state: RecurrentState, _ rows: (Int) -> (from: Int, to: Int)) -> RecurrentState {
        if layout.isRanked { return state }
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
