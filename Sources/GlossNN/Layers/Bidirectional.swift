/// A forward and, unless one direction is wanted, a backward sweep: [rows, input] → [rows, directions · hidden].
public struct Bidirectional: Module {
    /// The sweep from the first step to the last.
    public var forward: Recurrent
    /// The sweep from the last step to the first.
    public var backward: Recurrent?

    /// Two sweeps of one kind, or the forward one alone.
    public init(
        input: Int, hidden: Int, cell: CellKind, activation: Activation = .tanh, bidirectional: Bool = true,
        using random: inout RandomSource
    ) {
        forward = Recurrent(input: input, hidden: hidden, cell: cell, activation: activation, using: &random)
        backward =
            bidirectional
            ? Recurrent(
                input: input, hidden: hidden, cell: cell, activation: activation, reversed: true, using: &random) : nil
    }

    /// Features of a row of the output.
    public var output: Int { forward.hidden * (backward == nil ? 1 : 2) }

    /// Walks forward, backward.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try forward.forEachParameter(join(path, "forward"), body)
        try backward.forEachParameter(join(path, "backward"), body)
    }

    /// [rows, input] → [rows, directions · hidden]; `state` belongs to the forward sweep.
    public func callAsFunction(
        _ x: Variable, _ layout: SequenceLayout, state: inout RecurrentState, tape: Tape?
    ) -> Variable {
        guard let backward else { return forward(x, layout, state: &state, tape: tape) }
        // Both halves are written where they belong.
        var output = Tensor(uninitialized: [layout.rows, self.output])
        let ahead = output.target(column: 0), back = output.target(column: forward.hidden), width = self.output
        guard let tape else {
            let begun = state, x = forward.operands(x.value)
            (state, _) = both(
                threads: layout.threads,
                {
                    var last = begun
                    forward.infer(x, layout, state: &last, into: ahead, stride: width)
                    return last
                },
                { backward.infer(x, layout, into: back, stride: width) })
            return withExtendedLifetime(output) { Variable(output) }
        }
        let first = forward.record(x, layout, state: &state, into: ahead, stride: width, tape)
        var begun = RecurrentState(batch: layout.batch, hidden: backward.hidden)
        let second = backward.record(x, layout, state: &begun, into: back, stride: width, tape)
        return tape.record(output) { [hidden = forward.hidden] d, gradients in
            second(d, hidden, gradients)
            first(d, 0, gradients)
        }
    }
}
