/// How a layer's output meets its input.
public enum LayerConnection: String, Codable, Sendable, CaseIterable {
    /// The output alone.
    case plain
    /// Output plus input, where the widths agree.
    case residual
    /// g·output + (1-g)·input with a learned gate (Srivastava et al. 2015), where the widths agree.
    case highway
}

/// What a stack is made of.
public struct RecurrentStackConfiguration: Codable, Sendable, Equatable {
    /// The kind of cell.
    public var cell = CellKind.lstm
    /// In place of the hyperbolic tangent of RNN and LSTM.
    public var activation = Activation.tanh
    /// Hidden units a direction.
    public var hidden = 256
    /// Layers.
    public var layers = 1
    /// Whether both directions are read.
    public var bidirectional = true
    /// How a layer's output meets its input.
    public var connection = LayerConnection.plain
    /// Locked dropout between layers.
    public var dropout: Float = 0.3
    /// Dropout of recurrent weights.
    public var weightDropout: Float = 0

    /// The defaults.
    public init() {}
}

/// Recurrent layers on top of each other: [rows, input] → [rows, output].
public struct RecurrentStack: Module {
    /// What the stack is made of.
    public let configuration: RecurrentStackConfiguration
    /// The layers, bottom first.
    public var layers: [Bidirectional]
    /// Gates of highway connections, bottom first; empty otherwise.
    public var gates: [Linear]

    /// A stack on rows of `input` features.
    public init(input: Int, _ configuration: RecurrentStackConfiguration, using random: inout RandomSource) {
        precondition(configuration.layers > 0, "a stack has at least one layer")
        self.configuration = configuration
        layers = []
        gates = []
        var width = input
        for _ in 0..<configuration.layers {
            var layer = Bidirectional(
                input: width, hidden: configuration.hidden, cell: configuration.cell,
                activation: configuration.activation, bidirectional: configuration.bidirectional, using: &random)
            layer.forward.weightDropout = configuration.weightDropout
            layer.backward?.weightDropout = configuration.weightDropout
            if configuration.connection == .highway, width == layer.output {
                var gate = Linear(input: width, output: width, using: &random)
                // A gate that starts open to the layer's own output.
                gate.bias?.value = Tensor([width], [Float](repeating: 1, count: width))
                gates.append(gate)
            }
            width = layer.output
            layers.append(layer)
        }
    }

    /// Features of a row of the output.
    public var output: Int { layers[layers.count - 1].output }

    /// Zero states of `batch` sequences, one a layer.
    public func zeroStates(batch: Int) -> [RecurrentState] {
        layers.map { RecurrentState(batch: batch, hidden: $0.forward.hidden) }
    }

    /// Walks layers, gates.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try layers.forEachParameter(join(path, "layers"), body)
        try gates.forEachParameter(join(path, "gates"), body)
    }

    /// [rows, input] → [rows, output]; `states` (one a layer) belong to the forward sweeps.
    public func callAsFunction(
        _ x: Variable, _ layout: SequenceLayout, states: inout [RecurrentState], tape: Tape?
    ) -> Variable {
        var x = x
        var gate = 0
        for (index, layer) in layers.enumerated() {
            if index > 0 { x = lockedDropout(x, configuration.dropout, layout, tape: tape) }
            let y = layer(x, layout, state: &states[index], tape: tape)
            let meets = configuration.connection != .plain && x.value.columns == y.value.columns
            if meets, configuration.connection == .residual {
                x = add(x, y, tape: tape)
            } else if meets {
                x = highway(x, y, gate: Activation.sigmoid(gates[gate](x, tape: tape), tape: tape), tape: tape)
                gate += 1
            } else {
                x = y
            }
        }
        return x
    }

    /// The same from zero states.
    public func callAsFunction(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
        var states = zeroStates(batch: layout.batch)
        return self(x, layout, states: &states, tape: tape)
    }
}
