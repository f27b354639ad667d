import GlossNN
import Testing

/// Everything about one sequence by enumeration of all its tag sequences, in double.
private struct Enumeration {
    var logPartition: Double
    /// [steps][tags].
    var marginals: [[Double]]
    var best: [Int32]
    var bestScore: Double
    private let paths: [[Int]]
    private let probabilities: [Double]

    /// The probability of the paths that a condition picks.
    func probability(_ condition: ([Int]) -> Bool) -> Double {
        zip(paths, probabilities).reduce(0) { $0 + (condition($1.0) ? $1.1 : 0) }
    }

    init(_ field: ConditionalRandomField, _ emissions: [[Float]], allowed: (Int?, Int) -> Bool = { _, _ in true }) {
        let tags = field.tags, count = emissions.count
        var paths: [[Int]] = [[]]
        for _ in 0..<count { paths = paths.flatMap { path in (0..<tags).map { path + [$0] } } }
        paths = paths.filter { path in
            allowed(nil, path[0]) && zip(path, path.dropFirst()).allSatisfy { allowed($0, $1) }
        }
        let scores = paths.map { path in
            var sum = Double(field.start.value[path[0]]) + Double(field.end.value[path[count - 1]])
            for (row, tag) in zip(emissions, path) { sum += Double(row[tag]) }
            for (from, to) in zip(path, path.dropFirst()) { sum += Double(field.transitions.value[from * tags + to]) }
            return sum
        }
        let total = logSumOfExponentials(scores), probabilities = plainSoftmax(scores)
        logPartition = total
        marginals = emissions.map { _ in [Double](repeating: 0, count: tags) }
        var greatest = 0
        for (index, path) in paths.enumerated() {
            for (step, tag) in path.enumerated() { marginals[step][tag] += probabilities[index] }
            if scores[index] > scores[greatest] { greatest = index }
        }
        best = paths[greatest].map { Int32($0) }
        bestScore = scores[greatest]
        self.paths = paths
        self.probabilities = probabilities
    }
}

@Suite struct ConditionalRandomFieldTests {
    private let lengths = [3, 1, 5, 2, 5]
    private var layout: SequenceLayout { SequenceLayout(lengths: lengths) }
    private var field: ConditionalRandomField { randomized(ConditionalRandomField(tags: 3), bound: 1.5) }
    private var emissions: Tensor { randomTensor([layout.rows, 3], bound: 2, seed: 4) }
    private var targets: [Int32] {
        var random = RandomSource(seed: 9)
        return (0..<layout.rows).map { _ in Int32.random(in: 0..<3, using: &random) }
    }

    @Test func gradient() {
        GradientCheck().expect(field, inputs: [emissions]) {
            $0.loss($1[0], targets: targets, layout, normalizer: 5, tape: $2)
        }
    }

    @Test func lossIsThatOfTheEnumeration() {
        let field = field
        var sum = 0.0
        for (rows, path) in zip(layout.unpacked(rowScalars(emissions)), layout.unpacked(targets)) {
            var score = Double(field.start.value[Int(path[0])]) + Double(field.end.value[Int(path[path.count - 1])])
            for (row, tag) in zip(rows, path) { score += Double(row[Int(tag)]) }
            for (from, to) in zip(path, path.dropFirst()) {
                score += Double(field.transitions.value[Int(from * 3 + to)])
            }
            sum += Enumeration(field, rows).logPartition - score
        }
        let loss = field.loss(Variable(emissions), targets: targets, layout, normalizer: 5, tape: nil).value[0]
        #expect(abs(Double(loss) - sum / 5) <= 2e-6)
    }

    @Test func marginalsAreThoseOfTheEnumeration() {
        let field = field
        let marginals = layout.unpacked(rowScalars(field.marginals(emissions, layout)))
        for (sequence, rows) in zip(marginals, layout.unpacked(rowScalars(emissions))) {
            for (row, expected) in zip(sequence, Enumeration(field, rows).marginals) {
                for (value, wanted) in zip(row, expected) { #expect(abs(Double(value) - wanted) <= 1e-6) }
            }
        }
    }

    /// Of a stretch of every length at every place, by enumeration of all paths.
    @Test(arguments: [nil, 2])
    func stretchesHaveTheProbabilityOfTheEnumeration(end: Int?) {
        let field = field
        let stretches = lengths.map { length in
            (0..<length).flatMap { start in
                (start + 1...length).flatMap { stop in
                    [[1, 2], [0, 1], [2, 2]].map { kinds in
                        let rest = Array(repeating: kinds[1], count: stop - start - 1)
                        return TagStretch(steps: start..<stop, tags: [kinds[0]] + rest, end: end)
                    }
                }
            }
        }
        let found = field.probabilities(of: stretches, emissions, layout)
        for ((values, stretches), rows) in zip(zip(found, stretches), layout.unpacked(rowScalars(emissions))) {
            let all = Enumeration(field, rows)
            for (value, stretch) in zip(values, stretches) {
                let wanted = all.probability { path in
                    let next = stretch.steps.upperBound
                    return Array(path[stretch.steps]) == stretch.tags
                        && (end == nil || next == path.count || path[next] != end)
                }
                #expect(abs(Double(value) - wanted) <= 1e-6, "\(stretch)")
            }
        }
    }

    @Test(arguments: 1...8)
    func viterbiFindsTheBestOfAll(seed: UInt64) {
        let field = randomized(field, bound: 1.5, seed: seed)
        let emissions = randomTensor([layout.rows, 3], bound: 2, seed: seed)
        let tags = layout.unpacked(field.decode(emissions, layout))
        for (path, rows) in zip(tags, layout.unpacked(rowScalars(emissions))) {
            #expect(path == Enumeration(field, rows).best)
        }
    }

    @Test(arguments: 1...8)
    func viterbiTakesOnlyAllowedSteps(seed: UInt64) {
        let field = randomized(field, bound: 1.5, seed: seed)
        let emissions = randomTensor([layout.rows, 3], bound: 2, seed: seed)
        /// As in BIO: tag 2 only after 1 or 2, never first.
        func allowed(_ from: Int?, _ to: Int) -> Bool { to != 2 || from == 1 || from == 2 }
        let tags = layout.unpacked(field.decode(emissions, layout, allowed: allowed))
        for (path, rows) in zip(tags, layout.unpacked(rowScalars(emissions))) {
            #expect(path == Enumeration(field, rows, allowed: allowed).best)
        }
    }

    /// Scores far apart and of any level neither overflow nor vanish.
    @Test(arguments: [Float(30), 80, 300], [Float(-200), 0, 200])
    func farScoresAreExact(bound: Float, level: Float) {
        var field = randomized(ConditionalRandomField(tags: 3), bound: 30)
        field.forEachParameter("") { _, parameter in
            for index in 0..<parameter.value.count { parameter.value[index] += level }
        }
        let emissions = randomTensor([5, 3], bound: bound, seed: 6), layout = SequenceLayout(lengths: [5])
        let tape = Tape(random: RandomSource(seed: 1)), x = tape.variable(emissions)
        let targets: [Int32] = [0, 1, 2, 1, 0]
        var score = Double(field.start.value[0]) + Double(field.end.value[0])
        for (step, tag) in targets.enumerated() { score += Double(emissions[step * 3 + Int(tag)]) }
        for (from, to) in zip(targets, targets.dropFirst()) {
            score += Double(field.transitions.value[Int(from * 3 + to)])
        }
        let expected = Enumeration(field, rowScalars(emissions))
        let loss = field.loss(x, targets: targets, layout, normalizer: 1, tape: tape)
        #expect(abs(Double(loss.value[0]) - (expected.logPartition - score)) <= 1e-3)
        let marginals = rowScalars(field.marginals(emissions, layout))
        for (row, wanted) in zip(marginals, expected.marginals) {
            for (value, probability) in zip(row, wanted) { #expect(abs(Double(value) - probability) <= 1e-4) }
        }
        #expect(tape.backward(from: loss)[x]?.scalars.allSatisfy { $0.isFinite } == true)
    }

    // By enumeration in PyTorch:
    //
    //     import itertools, math, torch  # 2.13.0
    //     torch.set_default_dtype(torch.float64)
    //     def values(shape, t):
    //         return torch.tensor([1.2 * math.sin(0.7 * i + t) for i in range(math.prod(shape))]).reshape(shape)
    //     transitions, start, end = (values(s, t).requires_grad_() for t, s in enumerate([[3, 3], [3], [3]]))
    //     def score(x, y):
    //         return (start[y[0]] + end[y[-1]] + sum(x[i, tag] for i, tag in enumerate(y))
    //                 + sum(transitions[a, b] for a, b in zip(y, y[1:])))
    //     loss, x = 0, [values([steps, 3], 20 + i).requires_grad_() for i, steps in enumerate([3, 1, 2])]
    //     for rows, y in zip(x, [[0, 2, 1], [1], [2, 2]]):
    //         paths = itertools.product(range(3), repeat=len(rows))
    //         loss = loss + torch.logsumexp(torch.stack([score(rows, p) for p in paths]), 0) - score(rows, y)
    //     loss.backward()
    @Test func lossAndGradientAreThoseOfPyTorch() {
        var field = ConditionalRandomField(tags: 3)
        for (number, path) in ["transitions", "start", "end"].enumerated() {
            field.forEachParameter("") { if $0 == path { $1.value = tensorByFormula($1.value.shape, number) } }
        }
        let layout = SequenceLayout(lengths: [3, 1, 2]), tape = Tape(random: RandomSource(seed: 1))
        let sequences = layout.lengths.enumerated().map { rowScalars(tensorByFormula([$1, 3], 20 + $0)) }
        let x = tape.variable(Tensor([6, 3], layout.packed(sequences).flatMap { $0 }))
        let loss = field.loss(
            x, targets: layout.packed([[0, 2, 1], [1], [2, 2]]), layout, normalizer: 1, tape: tape)
        #expect(agree(loss.value.scalars, [10.53083]))
        let gradients = tape.backward(from: loss)
        #expect(
            agree(
                gradients[field.transitions]?.scalars ?? [],
                [
                    0.3581481, 0.6005117, -0.2427348, 0.8302448, 0.2651943, 0.07887426, 0.04926128, -0.9715442,
                    -0.9679556,
                ]))
        #expect(agree(gradients[field.start]?.scalars ?? [], [0.7027854, 0.1939911, -0.8967766]))
        #expect(agree(gradients[field.end]?.scalars ?? [], [1.224515, -1.08616, -0.1383542]))
        let emissions = gradients[x].map { layout.unpacked(rowScalars($0)).flatMap { $0.flatMap { $0 } } }
        #expect(
            agree(
                emissions ?? [],
                [
                    -0.6991892, 0.6591406, 0.04004864, 0.73084, 0.2295732, -0.9604132, 0.2392196, -0.6648881, 0.4256685,
                    0.7177004, -0.7507491, 0.03304872, 0.6842743, 0.2855996, -0.9698739, 0.2675947, 0.3294768,
                    -0.5970715,
                ]))
    }

    @Test func aSequenceAloneIsAsInABatch() {
        let field = field
        expectInvariance(features: 3, rows: .step) { x, layout in
            let stretches = layout.lengths.map { length in
                (0..<length).map { TagStretch(steps: $0..<length, tags: Array(repeating: 1, count: length - $0)) }
            }
            return Variable(
                Tensor([layout.rows, 1], layout.packed(field.probabilities(of: stretches, x.value, layout))))
        }
        expectInvariance(features: 3, rows: .step) { x, layout in Variable(field.marginals(x.value, layout)) }
        expectInvariance(features: 3, rows: .step) { x, layout in
            Variable(Tensor([layout.rows, 1], field.decode(x.value, layout).map { Float($0 + 1) }))
        }
    }
}
