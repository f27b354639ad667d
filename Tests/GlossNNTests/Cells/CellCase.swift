import GlossNN
import Testing

/// A cell with its activation and direction, as an argument of tests.
struct CellCase: Sendable, CustomTestStringConvertible {
    var kind: CellKind
    var activation: Activation
    var reversed: Bool

    var testDescription: String { "\(kind) \(activation) \(reversed ? "backward" : "forward")" }

    /// Every cell in both directions.
    static let all = [false, true].flatMap { reversed in
        [
            (CellKind.rnn, Activation.tanh), (.rnn, .sigmoid), (.rnn, .relu), (.lstm, .tanh), (.lstm, .relu),
            (.gru, .tanh),
        ]
        .map { CellCase(kind: $0.0, activation: $0.1, reversed: reversed) }
    }

    /// Every cell, forward.
    static let forward = all.filter { !$0.reversed }

    /// The gradient check that suits the activation.
    var gradientCheck: GradientCheck { activation == .relu ? .withKinks() : GradientCheck() }

    /// A sweep of this cell with random parameters.
    func recurrent(input: Int, hidden: Int, seed: UInt64 = 5) -> Recurrent {
        var random = RandomSource(seed: seed)
        return randomized(
            Recurrent(
                input: input, hidden: hidden, cell: kind, activation: activation, reversed: reversed, using: &random),
            seed: seed)
    }
}
