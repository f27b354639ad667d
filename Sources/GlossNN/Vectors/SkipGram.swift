import CKernels

/// Skip-gram with negative sampling (Mikolov et al. 2013): vectors from which the words around a word are told.
///
/// A word's vector is the mean of several rows: its own and those of its subwords (Bojanowski et al. 2017).
public struct SkipGram: Sendable {
    /// Rows that vectors are made of, [rows, features].
    public private(set) var input: Tensor
    /// A row a word, as a context, [words, features].
    public private(set) var output: Tensor
    private var memory: Tensor

    /// Fresh tables: inputs uniform in ±1/features, outputs zero.
    public init(rows: Int, words: Int, features: Int, using random: inout RandomSource) {
        input = Tensor(uniform: [rows, features], bound: 1 / Float(features), using: &random)
        output = Tensor(zeros: [words, features])
        memory = Tensor(zeros: [2, features])
    }

    /// The tables of a run that goes on. Shapes: [rows, features], [words, features].
    public init(input: Tensor, output: Tensor) {
        precondition(input.columns == output.columns, "inputs \(input.shape) and outputs \(output.shape)")
        self.input = input
        self.output = output
        memory = Tensor(zeros: [2, input.columns])
    }

    /// Learns that a centre, the mean of `rows`, stands beside the first `positives` of `targets` and not beside the
    /// others, which weigh `negativeWeight` each. Returns Σ -log p of the positives, nats.
    public mutating func learn(
        rows: ArraySlice<Int32>, targets: [Int32], positives: Int, rate: Float, negativeWeight: Float
    ) -> Float {
        assert(rows.allSatisfy { Int($0) < input.rows } && targets.allSatisfy { Int($0) < output.rows })
        return rows.withUnsafeBufferPointer { rows in
            targets.withUnsafeBufferPointer { targets in
                guard let first = rows.baseAddress, let target = targets.baseAddress else { return 0 }
                return gloss_skip_gram(
                    input.columns, input.mutablePointer(), first, rows.count, output.mutablePointer(), target,
                    positives, targets.count, rate, negativeWeight, memory.mutablePointer())
            }
        }
    }

    /// The vector of a word: the mean of its rows. → [features]
    public func vector(rows: ArraySlice<Int32>) -> [Float] {
        var sum = [Float](repeating: 0, count: input.columns)
        input.withScalars { scalars in
            for row in rows {
                for feature in sum.indices { sum[feature] += scalars[Int(row) * sum.count + feature] }
            }
        }
        return sum.map { $0 / Float(rows.count) }
    }
}
