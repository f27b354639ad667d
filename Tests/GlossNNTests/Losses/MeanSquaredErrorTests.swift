import GlossNN
import Testing

@Suite struct MeanSquaredErrorTests {
    private let values = randomTensor([4, 3], bound: 2, seed: 1), targets = randomTensor([4, 3], bound: 2, seed: 2)

    @Test func gradient() {
        GradientCheck().expect(NoParameters(), inputs: [values]) {
            meanSquaredError($1[0], targets: targets, normalizer: 4, tape: $2)
        }
    }

    @Test func isThePlainFormula() {
        let sum = zip(values.scalars, targets.scalars).reduce(Double(0)) { sum, pair in
            let difference = Double(pair.0) - Double(pair.1)
            return sum + difference * difference
        }
        let loss = meanSquaredError(Variable(values), targets: targets, normalizer: 4, tape: nil).value[0]
        #expect(abs(Double(loss) - sum / 4) <= 1e-6)
    }
}
