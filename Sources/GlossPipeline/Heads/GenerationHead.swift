import GlossNN

/// States of one direction → scores of the next symbol in it, tied to the vectors that were read (Press and Wolf 2017).
///
/// Sweeps of one direction alone may stand below it: a state that has seen the symbol cannot predict it.
public struct GenerationHead: Module {
    /// States → the width of the vectors, where they differ.
    public var projection: Linear?
    /// A bias a symbol, [symbols].
    public var bias: Parameter

    /// A head for `symbols` whose vectors have `features`, over states of `input` features.
    public init(input: Int, features: Int, symbols: Int, using random: inout RandomSource) {
        projection = input == features ? nil : Linear(input: input, output: features, using: &random)
        bias = Parameter(Tensor(zeros: [symbols, 1]), role: .table)
    }

    /// Walks projection, bias.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try projection.forEachParameter(join(path, "projection"), body)
        try body(join(path, "bias"), &bias)
    }

    /// States [rows, stack.output] → [rows, features].
    public func features(_ states: Variable, tape: Tape?) -> Variable { projection?(states, tape: tape) ?? states }

    /// Features [rows, features] → scores of all symbols [rows, symbols]. `table` holds the vectors that were read.
    public func scores(_ features: Variable, table: Parameter, tape: Tape?) -> Variable {
        let y = GlossNN.scores(features, against: table, tape: tape)
        return addBias(y, lift(bias, tape: tape), tape: tape)
    }

    /// Scores of some symbols [rows, candidates], each less `corrections` (log of the chance to be a candidate).
    public func scores(
        _ features: Variable, table: Embedding, candidates: [Int32], corrections: [Float], tape: Tape?
    ) -> Variable {
        var plain = table
        plain.dropout = 0
        let y = GlossNN.scores(features, against: plain(candidates, tape: tape), tape: tape)
        let biases = Embedding(table: bias)(candidates, tape: tape)
        let corrected = add(
            biases, Variable(Tensor([candidates.count, 1], corrections.map { -$0 })), tape: tape)
        return addBias(y, corrected, tape: tape)
    }
}
