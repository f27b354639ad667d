import GlossNN
import Testing

/// The ways of pooling as functions of one shape, with what a plain loop over one sequence gives.
private struct PoolingCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var hasKinks = false
    var pool: @Sendable (AttentionPooling, Variable, SequenceLayout, Tape?) -> Variable
    /// [steps][features] → [features].
    var plain: @Sendable (AttentionPooling, [[Float]]) -> [Float]

    static let all = [
        PoolingCase(testDescription: "last of both directions") {
            poolLast($1, $2, bidirectional: true, tape: $3)
        } plain: { _, x in
            Array(x[x.count - 1][..<3] + x[0][3...])
        },
        PoolingCase(testDescription: "last forward") {
            poolLast($1, $2, bidirectional: false, tape: $3)
        } plain: { _, x in
            x[x.count - 1]
        },
        PoolingCase(testDescription: "mean") {
            poolMean($1, $2, tape: $3)
        } plain: { _, x in
            plainMean(x)
        },
        PoolingCase(testDescription: "max", hasKinks: true) {
            poolMax($1, $2, tape: $3)
        } plain: { _, x in
            x[0].indices.map { j in x.map { $0[j] }.max() ?? 0 }
        },
        PoolingCase(testDescription: "attention") {
            $0($1, $2, tape: $3)
        } plain: {
            plainAttention($0, $1)
        },
    ]
}

private func plainMean(_ x: [[Float]]) -> [Float] {
    x[0].indices.map { j in
        var sum: Double = 0
        for row in x { sum += Double(row[j]) }
        return Float(sum / Double(x.count))
    }
}

private func plainAttention(_ attention: AttentionPooling, _ x: [[Float]]) -> [Float] {
    let n = x[0].count
    let weight = attention.projection.weight.value, query = attention.query.weight.value
    var scores: [Double] = []
    for row in x {
        var score: Double = 0
        for j in 0..<n {
            var projected = Double(attention.projection.bias?.value[j] ?? 0)
            for i in 0..<n { projected += Double(row[i]) * Double(weight[i * n + j]) }
            score += Double(query[j]) * hyperbolicTangent(projected)
        }
        scores.append(score)
    }
    var sum = [Double](repeating: 0, count: n)
    for (share, row) in zip(plainSoftmax(scores), x) {
        for j in 0..<n { sum[j] += share * Double(row[j]) }
    }
    return sum.map { Float($0) }
}

@Suite struct PoolingTests {
    private var attention: AttentionPooling {
        var random = RandomSource(seed: 2)
        return randomized(AttentionPooling(features: 6, using: &random))
    }

    @Test(arguments: PoolingCase.all)
    private func gradient(of pooling: PoolingCase) {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        let check = pooling.hasKinks ? GradientCheck.withKinks() : GradientCheck()
        let x = randomTensor([layout.rows, 6], seed: 1)
        if pooling.testDescription == "attention" {
            check.expect(attention, inputs: [x]) { pooling.pool($0, $1[0], layout, $2) }
        } else {
            let attention = attention
            check.expect(NoParameters(), inputs: [x]) { pooling.pool(attention, $1[0], layout, $2) }
        }
    }

    @Test(arguments: PoolingCase.all)
    private func isThePlainFormula(of pooling: PoolingCase) {
        let layout = SequenceLayout(lengths: [3, 1, 7, 2, 7])
        let x = randomTensor([layout.rows, 6], seed: 1), attention = attention
        let pooled = rowScalars(pooling.pool(attention, Variable(x), layout, nil).value)
        for (row, sequence) in zip(pooled, layout.unpacked(rowScalars(x))) {
            for (value, expected) in zip(row, pooling.plain(attention, sequence)) {
                #expect(abs(value - expected) <= 1e-6)
            }
        }
    }

    @Test(arguments: PoolingCase.all)
    private func aSequenceAloneIsAsInABatch(of pooling: PoolingCase) {
        let attention = attention, prepared = attention.prepared()
        expectInvariance(features: 6, rows: .sequence) { pooling.pool(attention, $0, $1, nil) }
        expectInvariance(features: 6, rows: .sequence) { pooling.pool(prepared, $0, $1, nil) }
    }

    @Test func gradientOfSoftmaxOverTime() {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        GradientCheck().expect(NoParameters(), inputs: [randomTensor([layout.rows, 1], seed: 1)]) {
            softmaxOverTime($1[0], layout, tape: $2)
        }
    }

    @Test func gradientOfAWeightedSum() {
        let layout = SequenceLayout(lengths: [3, 1, 4, 2])
        let x = randomTensor([layout.rows, 19], seed: 1), weights = randomTensor([layout.rows, 1], seed: 2)
        GradientCheck().expect(NoParameters(), inputs: [x, weights]) {
            weightedSum($1[0], weights: $1[1], layout, tape: $2)
        }
    }

    /// Of equal values the first wins, so that the gradient goes to one step only.
    @Test func theFirstOfEqualMaximaWins() {
        let layout = SequenceLayout(lengths: [3]), tape = Tape(random: RandomSource(seed: 1))
        let x = tape.variable(Tensor([3, 1], [1, 1, 1]))
        let gradients = tape.backward(from: poolMax(x, layout, tape: tape))
        #expect(gradients[x]?.scalars == [1, 0, 0])
    }
}
