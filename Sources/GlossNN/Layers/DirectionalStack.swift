/// What a directional stack is made of.
public struct DirectionalStackConfiguration: Codable, Sendable, Equatable {
    /// The kind of cell.
    public var cell = CellKind.lstm
    /// Hidden units a direction.
    public var hidden = 384
    /// Layers a direction; 0: there is no such stack.
    public var layers = 0
    /// Locked dropout between layers, and of the output.
    public var dropout: Float = 0.1

    /// The defaults.
    public init() {}
}

/// Layers that read forward and layers that read backward and never meet, as a language model in both directions needs
/// (Peters et al. 2018): no state of a direction has seen what that direction is to predict.
public struct DirectionalStack: Module {
    /// What the stack is made of.
    public let configuration: DirectionalStackConfiguration
    /// From the first step to the last, bottom first.
    public var forward: [Recurrent]
    /// From the last step to the first, bottom first.
    public var backward: [Recurrent]

    /// A stack on rows of `input` features.
    public init(input: Int, _ configuration: DirectionalStackConfiguration, using random: inout RandomSource) {
        precondition(configuration.layers > 0, "a stack has at least one layer")
        self.configuration = configuration
        func layers(reversed: Bool) -> [Recurrent] {
            (0..<configuration.layers).map { layer in
                Recurrent(
                    input: layer == 0 ? input : configuration.hidden, hidden: configuration.hidden,
                    cell: configuration.cell, reversed: reversed, using: &random)
            }
        }
        forward = layers(reversed: false)
        backward = layers(reversed: true)
    }

    /// Features of a row of both directions.
    public var output: Int { 2 * configuration.hidden }

    /// Walks forward, backward.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try forward.forEachParameter(join(path, "forward"), body)
        try backward.forEachParameter(join(path, "backward"), body)
    }

    /// [rows, input] → the states of each direction, [rows, hidden] each, from zero states.
    public func callAsFunction(
        _ x: Variable, _ layout: SequenceLayout, tape: Tape?
    ) -> (forward: Variable, backward: Variable) {
        guard let tape else {
            var ahead = Tensor(uninitialized: [layout.rows, configuration.hidden])
            var back = Tensor(uninitialized: [layout.rows, configuration.hidden])
            infer(x.value, layout, ahead.target(column: 0), back.target(column: 0), stride: configuration.hidden)
            return withExtendedLifetime((ahead, back)) { (Variable(ahead), Variable(back)) }
        }
        func sweep(_ layers: [Recurrent]) -> Variable {
            layers.reduce(x) { x, layer in
                lockedDropout(layer(x, layout, tape: tape), configuration.dropout, layout, tape: tape)
            }
        }
        return (sweep(forward), sweep(backward))
    }

    /// The same in inference, in some columns of y: [rows, input] → y[rows, column ..< column + output], forward states first.
    package func infer(_ x: Tensor, _ layout: SequenceLayout, into y: inout Tensor, column: Int) {
        precondition(
            y.rows == layout.rows && column >= 0 && column + output <= y.columns,
            "\(layout.rows) rows of \(output) into \(y.shape) from column \(column) on")
        let stride = y.columns
        infer(x, layout, y.target(column: column), y.target(column: column + configuration.hidden), stride: stride)
    }

    /// The states of each direction at its target, a row every `stride`.
    private func infer(
        _ x: Tensor, _ layout: SequenceLayout, _ ahead: TensorTarget, _ back: TensorTarget, stride: Int
    ) {
        let x = forward[0].operands(x)
        @Sendable func sweep(_ layers: [Recurrent], _ target: TensorTarget) {
            var x = x
            for (layer, next) in zip(layers, layers.dropFirst()) {
                var y = Tensor(uninitialized: [layout.rows, configuration.hidden])
                layer.infer(x, layout, into: y.target(column: 0), stride: configuration.hidden)
                x = next.operands(y)
            }
            layers[layers.count - 1].infer(x, layout, into: target, stride: stride)
        }
        _ = both(threads: layout.threads, { sweep(forward, ahead) }, { sweep(backward, back) })
    }
}
