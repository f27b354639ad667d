import CKernels

/// The states of a sweep's sequences: [batch, hidden] each, in the caller's order of sequences.
public struct RecurrentState: Sendable {
    /// The hidden states.
    public var hidden: Tensor
    /// The cell states; zeros where the cell has none.
    public var cell: Tensor

    /// Zeros for `batch` sequences.
    public init(batch: Int, hidden: Int) {
        self.hidden = Tensor(zeros: [batch, hidden])
        cell = Tensor(zeros: [batch, hidden])
    }
}

/// One cell swept over time in one direction: [rows, input] → [rows, hidden].
public struct Recurrent: Module {
    /// Weights of the step's input, [input, gates · hidden].
    public var inputWeight: Parameter
    /// Weights of the previous state, [hidden, gates · hidden].
    public var hiddenWeight: Parameter
    /// Bias of the gates, [gates · hidden].
    public var bias: Parameter
    /// Bias of the recurrent projection, where the cell keeps it apart.
    public var recurrentBias: Parameter?
    /// Hidden units.
    public let hidden: Int
    /// Whether the sweep runs from the last step to the first.
    public let reversed: Bool
    /// Probability that a recurrent weight is dropped for a whole pass (Merity et al. 2017, DropConnect).
    public var weightDropout: Float = 0
    private let cell: any RecurrentCell

    /// Weights uniform in ±1/√hidden (as PyTorch), the forget gate's bias 1 (Jozefowicz et al. 2015).
    public init(
        input: Int, hidden: Int, cell kind: CellKind, activation: Activation = .tanh, reversed: Bool = false,
        using random: inout RandomSource
    ) {
        let cell = kind.cell(activation)
        let width = cell.gates * hidden
        let bound = 1 / Float(hidden).squareRoot()
        inputWeight = Parameter(
            Tensor(uniform: [input, width], bound: bound, using: &random), role: .gates(cell.gates))
        hiddenWeight = Parameter(
            Tensor(uniform: [hidden, width], bound: bound, using: &random), role: .gates(cell.gates))
        var first = Tensor(zeros: [width])
        if kind == .lstm { for unit in hidden..<2 * hidden { first[unit] = 1 } }
        bias = Parameter(first, role: .gateBias(cell.gates))
        if cell.separatesRecurrentProjection {
            recurrentBias = Parameter(Tensor(zeros: [width]), role: .gateBias(cell.gates))
        }
        self.hidden = hidden
        self.reversed = reversed
        self.cell = cell
    }

    /// Walks inputWeight, hiddenWeight, bias and, where there is one, recurrentBias.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "inputWeight"), &inputWeight)
        try body(join(path, "hiddenWeight"), &hiddenWeight)
        try body(join(path, "bias"), &bias)
        if recurrentBias != nil { try body(join(path, "recurrentBias"), &recurrentBias!) }
    }

    /// The hidden states of all steps, [rows, input] → [rows, hidden], from `state`, which becomes the last state.
    ///
    /// No gradient flows into the state that was handed in: that is what truncates backpropagation through time.
    public func callAsFunction(
        _ x: Variable, _ layout: SequenceLayout, state: inout RecurrentState, tape: Tape?
    ) -> Variable {
        var output = Tensor(uninitialized: [layout.rows, hidden])
        let target = output.target(column: 0)
        guard let tape else {
            infer(operands(x.value), layout, state: &state, into: target, stride: hidden)
            return withExtendedLifetime(output) { Variable(output) }
        }
        let pullback = record(x, layout, state: &state, into: target, stride: hidden, tape)
        return tape.record(output) { d, gradients in pullback(d, 0, gradients) }
    }

    /// Adds the gradients of a sweep's weights and input, from those of its states: the columns of d from `column` on.
    typealias Pullback = (_ d: Tensor, _ column: Int, _ gradients: Gradients) -> Void

    /// The same in training: the hidden states of all steps at `output`, a row every `stride`. The caller records the pullback.
    func record(
        _ x: Variable, _ layout: SequenceLayout, state: inout RecurrentState, into output: TensorTarget, stride: Int,
        _ tape: Tape
    ) -> Pullback {
        precondition(
            x.value.shape == [layout.rows, inputWeight.shape[0]],
            "input \(x.value.shape) for \(layout.rows) rows of \(inputWeight.shape[0])")
        let mask = tape.drops(weightDropout) ? dropoutMask(hiddenWeight.shape, weightDropout, tape) : nil
        let precision = tape.precision
        var masked: Tensor?
        if let mask {
            let value = hiddenWeight.value
            var product = Tensor(uninitialized: value.shape)
            value.withScalars { gloss_multiply(mask.count, mask.pointer, $0.baseAddress!, product.mutablePointer()) }
            masked = product
        }
        let weights = SweepWeights(
            input: inputWeight.packed ?? packed(inputWeight.value, precision),
            hidden: masked.map { packed($0, precision) } ?? hiddenWeight.packed
                ?? packed(hiddenWeight.value, precision),
            bias: packed(bias), recurrentBias: recurrentBias.map(packed))
        let sweep = Sweep(layout: layout, hidden: hidden, cell: cell, reversed: reversed)
        var running = sweep.byRank(state)
        let kept = sweep.forward(
            Operands(x.value, weights.input.precision), weights, running: &running, keeps: true,
            into: output.pointer, stride: stride)
        state = sweep.byCaller(running)
        guard let record = kept else { preconditionFailure("a sweep that kept nothing") }

        return { [inputWeight, hiddenWeight, bias, recurrentBias, masked, mask] d, column, gradients in
            let d = sweep.backward(
                record, d, column: column,
                hiddenTransposed: PackedMatrix(masked ?? hiddenWeight.value, transposed: true, precision))
            let ofInput = PackedMatrix(d.input, precision)
            let ofState = recurrentBias == nil ? ofInput : PackedMatrix(d.recurrent, precision)
            gradients.fill(inputWeight) { $0.setProduct(transposed: x.value, ofInput, accumulating: $1) }
            gradients.update(bias) { $0.addRows(of: d.input) }
            if let recurrentBias { gradients.update(recurrentBias) { $0.addRows(of: d.recurrent) } }
            if let mask {
                var dWeight = Tensor(uninitialized: mask.shape)
                dWeight.setProduct(transposed: record.previousState, ofState)
                gradients.update(hiddenWeight) {
                    gloss_multiply_add(mask.count, mask.pointer, dWeight.pointer, $0.mutablePointer())
                }
            } else {
                gradients.fill(hiddenWeight) {
                    $0.setProduct(transposed: record.previousState, ofState, accumulating: $1)
                }
            }
            gradients.fill(x) {
                d.operands.multiply(
                    0..<$0.rows, PackedMatrix(inputWeight.value, transposed: true, precision),
                    into: $0.mutablePointer(), stride: $0.columns, accumulating: $1)
            }
        }
    }

    /// The input x [rows, input] as inference reads it; another sweep of the same precision may read it as well.
    func operands(_ x: Tensor) -> Operands {
        precondition(x.columns == inputWeight.shape[0], "input \(x.shape) for \(inputWeight.shape)")
        return Operands(x, inputWeight.packed?.precision ?? .float32)
    }

    /// The same in inference: the hidden states of all steps at `output`, a row every `stride`.
    func infer(
        _ x: Operands, _ layout: SequenceLayout, state: inout RecurrentState, into output: TensorTarget, stride: Int
    ) {
        let sweep = Sweep(layout: layout, hidden: hidden, cell: cell, reversed: reversed)
        // In place, without a copy.
        if layout.isRanked { return infer(x, sweep, running: &state, into: output, stride: stride) }
        var running = sweep.byRank(state)
        infer(x, sweep, running: &running, into: output, stride: stride)
        state = sweep.byCaller(running)
    }

    /// The same from zeros, for whom the last state is of no use.
    func infer(_ x: Operands, _ layout: SequenceLayout, into output: TensorTarget, stride: Int) {
        var running = RecurrentState(batch: layout.batch, hidden: hidden)
        let sweep = Sweep(layout: layout, hidden: hidden, cell: cell, reversed: reversed)
        infer(x, sweep, running: &running, into: output, stride: stride)
    }

    private func infer(
        _ x: Operands, _ sweep: Sweep, running: inout RecurrentState, into output: TensorTarget, stride: Int
    ) {
        let weights = SweepWeights(
            input: inputWeight.packed ?? packed(inputWeight.value, x.precision),
            hidden: hiddenWeight.packed ?? packed(hiddenWeight.value, x.precision), bias: packed(bias),
            recurrentBias: recurrentBias.map(packed))
        _ = sweep.forward(x, weights, running: &running, keeps: false, into: output.pointer, stride: stride)
    }

    private func packed(_ matrix: Tensor, _ precision: Precision) -> PackedMatrix {
        PackedMatrix(matrix, gates: cell.gates, precision)
    }

    private func packed(_ bias: Parameter) -> PackedMatrix {
        bias.packed ?? PackedMatrix(bias.value, transposed: true, gates: cell.gates)
    }

    /// The same from explicit zeros.
    public func callAsFunction(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
        var state = RecurrentState(batch: layout.batch, hidden: hidden)
        return self(x, layout, state: &state, tape: tape)
    }
}

extension RecurrentState {
    /// The states of all sequences of `parts`, one after the other. Shapes: [batch, hidden] each → [sum, hidden].
    public init(joining parts: [RecurrentState]) {
        hidden = concatenatedRows(parts.map(\.hidden))
        cell = concatenatedRows(parts.map(\.cell))
    }

    /// The states of some sequences, in the order given.
    public func selecting(_ sequences: [Int]) -> RecurrentState {
        let rows = sequences.map { Int32($0) }
        var result = RecurrentState(batch: sequences.count, hidden: hidden.columns)
        result.hidden = gather(Variable(hidden), rows: rows, tape: nil).value
        result.cell = gather(Variable(cell), rows: rows, tape: nil).value
        return result
    }
}
