import GlossNN
import Testing

@Suite struct LinearTests {
    private func linear(_ input: Int, _ output: Int, hasBias: Bool = true) -> Linear {
        var random = RandomSource(seed: 2)
        return randomized(Linear(input: input, output: output, hasBias: hasBias, using: &random))
    }

    @Test(arguments: [true, false])
    func gradient(hasBias: Bool) {
        GradientCheck().expect(linear(5, 4, hasBias: hasBias), inputs: [randomTensor([7, 5], seed: 1)]) {
            $0($1[0], tape: $2)
        }
    }

    @Test func gradientOfScores() {
        GradientCheck().expect(
            NoParameters(), inputs: [randomTensor([6, 5], seed: 1), randomTensor([3, 5], seed: 2)]
        ) {
            scores($1[0], against: $1[1], tape: $2)
        }
    }

    @Test func gradientOfABias() {
        GradientCheck().expect(NoParameters(), inputs: [randomTensor([6, 5], seed: 1), randomTensor([5], seed: 2)]) {
            addBias($1[0], $1[1], tape: $2)
        }
    }

    /// The tied weights of an embedding that is also the output: one parameter, two paths for its gradient.
    @Test func gradientOfALiftedParameterReadTwice() {
        var random = RandomSource(seed: 2)
        let embedding = randomized(Embedding(count: 4, features: 5, using: &random))
        GradientCheck().expect(embedding) {
            scores($0([0, 3, 3, 1], tape: $2), against: lift($0.table, tape: $2), tape: $2)
        }
    }

    @Test func isTheProductAndTheBias() {
        let linear = linear(5, 4), x = randomTensor([7, 5], seed: 1), y = linear(Variable(x), tape: nil).value
        for row in 0..<7 {
            for column in 0..<4 {
                let expected = (0..<5).reduce(linear.bias?.value[column] ?? 0) {
                    $0 + x[row * 5 + $1] * linear.weight.value[$1 * 4 + column]
                }
                #expect(abs(y[row * 4 + column] - expected) <= 1e-6)
            }
        }
    }

    @Test(arguments: [(5, 7), (33, 65), (64, 1)])
    func aRowAloneIsAsInABatch(input: Int, output: Int) {
        let linear = linear(input, output), prepared = linear.prepared()
        expectInvariance(features: input, rows: .step) { x, _ in linear(x, tape: nil) }
        expectInvariance(features: input, rows: .step) { x, _ in prepared(x, tape: nil) }
        let candidates = Variable(randomTensor([output, input], seed: 3))
        expectInvariance(features: input, rows: .step) { x, _ in scores(x, against: candidates, tape: nil) }
        let x = Variable(randomTensor([29, input], seed: 4))
        #expect(bits(linear(x, tape: nil).value) == bits(prepared(x, tape: nil).value))
    }
}
