import GlossNN
import Testing

@Suite struct ActivationTests {
    @Test(arguments: Activation.allCases)
    func gradient(of activation: Activation) {
        let check = activation == .relu ? GradientCheck.withKinks() : GradientCheck()
        check.expect(NoParameters(), inputs: [randomTensor([5, 7], bound: 2, seed: 1)]) { activation($1[0], tape: $2) }
    }

    @Test(arguments: Activation.allCases)
    func isItsFunction(of activation: Activation) {
        let x = randomTensor([5, 7], bound: 12, seed: 1), y = activation(Variable(x), tape: nil).value
        for (x, y) in zip(x.scalars, y.scalars) {
            let expected: Double =
                switch activation {
                case .tanh: hyperbolicTangent(Double(x))
                case .sigmoid: logisticFunction(Double(x))
                case .relu: max(Double(x), 0)
                }
            #expect(abs(Double(y) - expected) <= 4e-7)
        }
    }

    /// A value that is not a number must reach the loss, or a run that went wrong is not seen.
    @Test(arguments: Activation.allCases)
    func notANumberIsPassedOn(through activation: Activation) {
        let y = activation(Variable(Tensor([19], [Float](repeating: .nan, count: 19))), tape: nil).value
        #expect(y.scalars.allSatisfy { $0.isNaN })
    }
}
