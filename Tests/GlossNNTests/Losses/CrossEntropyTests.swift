import GlossNN
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// How targets are weighed, as an argument of tests.
private struct TargetCase: Sendable, CustomTestStringConvertible {
    var smoothing: Float = 0
    var classWeights: [Float] = []
    var targets: [Int32] = [2, 0, 4, 1, 3, 2]
    var testDescription: String { "smoothing \(smoothing), weights \(classWeights), targets \(targets)" }

    static let all = [
        TargetCase(), TargetCase(smoothing: 0.1), TargetCase(classWeights: [0.5, 2, 1, 0, 3]),
        TargetCase(targets: [2, -1, 4, -1, -1, 0]),
        TargetCase(smoothing: 0.2, classWeights: [0.5, 2, 1, 1.5, 3], targets: [-1, 2, 2, 0, -1, 3]),
    ]
}

@Suite struct CrossEntropyTests {
    private let logits = randomTensor([6, 5], bound: 3, seed: 1)

    @Test(arguments: TargetCase.all)
    private func gradient(of targets: TargetCase) {
        GradientCheck().expect(NoParameters(), inputs: [logits]) {
            crossEntropy(
                $1[0], targets: targets.targets, smoothing: targets.smoothing, classWeights: targets.classWeights,
                normalizer: 3, tape: $2)
        }
    }

    @Test(arguments: TargetCase.all)
    private func isThePlainFormula(of targets: TargetCase) {
        var sum = 0.0
        for (row, target) in zip(rowScalars(logits), targets.targets) where target >= 0 {
            let probabilities = plainSoftmax(row.map { Double($0) })
            let weight = targets.classWeights.isEmpty ? 1 : Double(targets.classWeights[Int(target)])
            for (label, probability) in probabilities.enumerated() {
                let wanted = Double(targets.smoothing) / 5 + (label == target ? 1 - Double(targets.smoothing) : 0)
                sum -= weight * wanted * log(probability)
            }
        }
        let loss = crossEntropy(
            Variable(logits), targets: targets.targets, smoothing: targets.smoothing,
            classWeights: targets.classWeights, normalizer: 3, tape: nil)
        #expect(abs(Double(loss.value[0]) - sum / 3) <= 1e-5)
    }

    @Test func probabilitiesAreTargetsToo() {
        let wanted = softmax(randomTensor([6, 5], bound: 2, seed: 7))
        GradientCheck().expect(NoParameters(), inputs: [logits]) {
            crossEntropy($1[0], probabilities: wanted, normalizer: 3, tape: $2)
        }
        let sum = zip(rowScalars(logits), rowScalars(wanted)).reduce(0.0) { sum, row in
            let found = plainSoftmax(row.0.map { Double($0) })
            return zip(found, row.1).reduce(sum) { $0 - Double($1.1) * log($1.0) }
        }
        let loss = crossEntropy(Variable(logits), probabilities: wanted, normalizer: 3, tape: nil)
        #expect(abs(Double(loss.value[0]) - sum / 3) <= 1e-5)
    }

    @Test func aRowLeftOutHasNoGradient() {
        let tape = Tape(random: RandomSource(seed: 1)), x = tape.variable(logits)
        let loss = crossEntropy(x, targets: [0, -1, 1, -1, 2, 3], normalizer: 1, tape: tape)
        let rows = tape.backward(from: loss)[x].map(rowScalars) ?? []
        #expect(rows.map { $0.allSatisfy { $0 == 0 } } == [false, true, false, true, false, false])
    }

    /// Logits far apart neither overflow nor lose the loss.
    @Test func farLogitsStayFinite() {
        let far = Tensor([2, 3], [1e4, 0, -1e4, -300, -301, -500])
        #expect(crossEntropy(Variable(far), targets: [0, 0], normalizer: 1, tape: nil).value[0].isFinite)
        let certain = crossEntropy(Variable(far), targets: [2, -1], normalizer: 1, tape: nil).value[0]
        #expect(certain == 2e4)
        #expect(softmax(far).scalars.allSatisfy { $0 >= 0 && $0 <= 1 })
    }

    @Test func logProbabilitiesAreLogarithmsOfTheSoftmax() {
        let targets: [Int32] = [2, 0, 4, 1, 3, 2]
        let values = logProbabilities(logits, of: targets)
        for (row, scalars) in rowScalars(logits).enumerated() {
            let expected = log(plainSoftmax(scalars.map { Double($0) })[Int(targets[row])])
            #expect(abs(Double(values[row]) - expected) <= 2e-6)
        }
    }

    //     import math, torch  # 2.13.0
    //     torch.set_default_dtype(torch.float64)
    //     def values(shape, t):
    //         return torch.tensor([1.2 * math.sin(0.7 * i + t) for i in range(math.prod(shape))]).reshape(shape)
    //     x = values([4, 5], 0).requires_grad_()
    //     torch.nn.functional.cross_entropy(x, torch.tensor([2, -1, 0, 4]), ignore_index=-1, label_smoothing=0.1,
    //                                       reduction="sum").backward()
    @Test func lossAndGradientAreThoseOfPyTorch() {
        let tape = Tape(random: RandomSource(seed: 1)), x = tape.variable(tensorByFormula([4, 5], 0))
        let loss = crossEntropy(x, targets: [2, -1, 0, 4], smoothing: 0.1, normalizer: 1, tape: tape)
        #expect(agree(loss.value.scalars, [3.615446]))
        #expect(
            agree(
                tape.backward(from: loss)[x]?.scalars ?? [],
                [
                    0.07309833, 0.1816871, -0.6162528, 0.2423049, 0.1191625, 0, 0, 0, 0, 0, -0.7079148, 0.295578,
                    0.2488417, 0.12139, 0.04210516, 0.05894914, 0.05006514, 0.08805865, 0.2162254, -0.4132983,
                ]))
    }
}
