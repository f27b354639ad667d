import GlossNN
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct BinaryCrossEntropyTests {
    private let logits = randomTensor([4, 3], bound: 4, seed: 1)
    private let targets = Tensor([4, 3], [1, 0, 0, 0.5, 1, 1, 0, 0.25, 0, 1, 1, 0])

    @Test func gradient() {
        GradientCheck().expect(NoParameters(), inputs: [logits]) {
            binaryCrossEntropy($1[0], targets: targets, normalizer: 4, tape: $2)
        }
    }

    @Test func isThePlainFormula() {
        var sum = 0.0
        for (x, t) in zip(logits.scalars, targets.scalars) {
            let p = logisticFunction(Double(x))
            sum -= Double(t) * log(p) + (1 - Double(t)) * log(1 - p)
        }
        let loss = binaryCrossEntropy(Variable(logits), targets: targets, normalizer: 4, tape: nil).value[0]
        #expect(abs(Double(loss) - sum / 4) <= 1e-6)
    }

    @Test func farLogitsStayFinite() {
        let tape = Tape(random: RandomSource(seed: 1)), x = tape.variable(Tensor([1, 4], [-200, 200, -200, 200]))
        let loss = binaryCrossEntropy(x, targets: Tensor([1, 4], [0, 1, 1, 0]), normalizer: 1, tape: tape)
        #expect(loss.value[0] == 400)
        #expect(tape.backward(from: loss)[x]?.scalars == [0, 0, -1, 1])
    }
}
