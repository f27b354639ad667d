import GlossNN
import Testing

/// Lengths that fill whole tiles of the product kernels and leave odd remainders: 27 sequences of 1 to 19 steps.
let raggedLengths = [3, 7, 1, 7, 2, 5, 4, 1, 19, 3, 2, 6, 8, 1, 4, 2, 11, 1, 1, 5, 3, 9, 2, 2, 6, 1, 13]

/// What an operation's rows stand for.
enum RowMeaning { case step, sequence }

/// Expects that `layer` gives each sequence of a ragged batch what it gives that sequence alone, to the bit.
func expectInvariance(
    features: Int, rows: RowMeaning, sourceLocation: SourceLocation = #_sourceLocation,
    _ layer: (Variable, SequenceLayout) -> Variable
) {
    let sequences = raggedLengths.enumerated().map { index, length in
        (0..<length).map { randomTensor([features], seed: UInt64(100 * index + $0)).scalars }
    }
    let together = apply(layer, sequences, features, rows)
    for (index, sequence) in sequences.enumerated() {
        let alone = apply(layer, [sequence], features, rows)[0]
        #expect(
            alone.map(\.bitPattern) == together[index].map(\.bitPattern),
            "sequence \(index) of \(sequence.count) steps", sourceLocation: sourceLocation)
    }
    #expect(together.joined().contains { $0 != 0 }, sourceLocation: sourceLocation)
}

/// The layer's output for each sequence, flat.
private func apply(
    _ layer: (Variable, SequenceLayout) -> Variable, _ sequences: [[[Float]]], _ features: Int, _ rows: RowMeaning
) -> [[Float]] {
    let layout = SequenceLayout(lengths: sequences.map(\.count))
    let x = Tensor([layout.rows, features], layout.packed(sequences).flatMap { $0 })
    let y = layer(Variable(x), layout).value
    switch rows {
    case .step: return layout.unpacked(rowScalars(y)).map { $0.flatMap { $0 } }
    case .sequence: return rowScalars(y)
    }
}

/// The rows of a tensor.
func rowScalars(_ tensor: Tensor) -> [[Float]] {
    let scalars = tensor.scalars, n = tensor.columns
    return (0..<tensor.rows).map { Array(scalars[$0 * n..<($0 + 1) * n]) }
}

/// The bits of a tensor's scalars, for equality that tells -0 from 0 and knows NaN.
func bits(_ tensor: Tensor) -> [UInt32] { tensor.scalars.map(\.bitPattern) }
