#if canImport(Glibc)
    import Glibc
#endif

/// Linear-chain conditional random field (Lafferty et al. 2001) over emissions [rows, tags].
///
/// score(y) = start[y₁] + Σ emission[t, y_t] + Σ transition[y_t, y_t+1] + end[y_T].
public struct ConditionalRandomField: Module {
    /// Scores of following tags, [tags, tags] from row to column.
    public var transitions: Parameter
    /// Scores of the first and of the last tag, [tags] each.
    public var start, end: Parameter

    /// All scores zero: at first every tag sequence is judged by its emissions alone.
    public init(tags: Int) {
        transitions = Parameter(Tensor(zeros: [tags, tags]), role: .vector)
        start = Parameter(Tensor(zeros: [tags]), role: .vector)
        end = Parameter(Tensor(zeros: [tags]), role: .vector)
    }

    /// The number of tags.
    public var tags: Int { start.value.count }

    /// Walks transitions, start, end.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "transitions"), &transitions)
        try body(join(path, "start"), &start)
        try body(join(path, "end"), &end)
    }

    /// Σ -log p(tags | emissions) / normalizer over the sequences of a layout.
    ///
    /// emissions [rows, tags], targets [rows] in the layout's order. → [1]
    public func loss(
        _ emissions: Variable, targets: [Int32], _ layout: SequenceLayout, normalizer: Float, tape: Tape?
    ) -> Variable {
        precondition(
            emissions.value.shape == [layout.rows, tags] && targets.count == layout.rows,
            "emissions \(emissions.value.shape) and \(targets.count) targets for \(layout.rows) rows of \(tags) tags")
        var sum = 0.0
        var expected: [(rows: [Int], chain: ChainExpectations)] = []
        let exponentials = TransitionExponentials(self)
        for (rank, index) in layout.order.enumerated() {
            let rows = (0..<layout.lengths[index]).map { layout.row(rank: rank, step: $0) }
            let chain = ChainExpectations(emissions.value, rows: rows, exponentials, pairs: tape != nil)
            sum += chain.logPartition - score(emissions.value, rows: rows, targets)
            if tape != nil { expected.append((rows, chain)) }
        }
        let loss = Tensor([1], [Float(sum / Double(normalizer))])
        guard let tape else { return Variable(loss) }
        return tape.record(loss) { [self, expected] d, gradients in
            let scale = d[0] / normalizer, tags = self.tags
            gradients.update(emissions) { dx in
                for (rows, chain) in expected {
                    for (step, row) in rows.enumerated() {
                        for tag in 0..<tags { dx[row * tags + tag] += scale * chain.marginals[step * tags + tag] }
                        dx[row * tags + Int(targets[row])] -= scale
                    }
                }
            }
            gradients.update(transitions) { dx in
                for (rows, chain) in expected {
                    for pair in 0..<tags * tags { dx[pair] += scale * chain.pairs[pair] }
                    for (row, next) in zip(rows, rows.dropFirst()) {
                        dx[Int(targets[row]) * tags + Int(targets[next])] -= scale
                    }
                }
            }
            for (parameter, isStart) in [(start, true), (end, false)] {
                gradients.update(parameter) { dx in
                    for (rows, chain) in expected {
                        let step = isStart ? 0 : rows.count - 1
                        for tag in 0..<tags { dx[tag] += scale * chain.marginals[step * tags + tag] }
                        dx[Int(targets[rows[step]])] -= scale
                    }
                }
            }
        }
    }

    private func score(_ emissions: Tensor, rows: [Int], _ targets: [Int32]) -> Double {
        var sum = Double(start.value[Int(targets[rows[0]])] + end.value[Int(targets[rows[rows.count - 1]])])
        for row in rows { sum += Double(emissions[row * tags + Int(targets[row])]) }
        for (row, next) in zip(rows, rows.dropFirst()) {
            sum += Double(transitions.value[Int(targets[row]) * tags + Int(targets[next])])
        }
        return sum
    }

    /// p(tag at row | emissions) of every row: emissions [rows, tags] → [rows, tags].
    public func marginals(_ emissions: Tensor, _ layout: SequenceLayout) -> Tensor {
        var result = Tensor(uninitialized: emissions.shape)
        let target = result.mutablePointer(), exponentials = TransitionExponentials(self)
        for (rank, index) in layout.order.enumerated() {
            let rows = (0..<layout.lengths[index]).map { layout.row(rank: rank, step: $0) }
            ChainExpectations(emissions, rows: rows, exponentials, pairs: false).marginals.withUnsafeBufferPointer {
                guard let marginals = $0.baseAddress else { return }
                for (step, row) in rows.enumerated() {
                    (target + row * tags).update(from: marginals + step * tags, count: tags)
                }
            }
        }
        return result
    }

    /// p(stretch | emissions) of stretches of sequences, by sequence: emissions [rows, tags]; `stretches` by sequence.
    ///
    /// With the forward and backward probabilities α and β, which one pass gives for all stretches of a sequence:
    /// α(first) Π transition · emission, and β after the last step without the tag that ends the stretch where it comes.
    public func probabilities(of stretches: [[TagStretch]], _ emissions: Tensor, _ layout: SequenceLayout) -> [[Float]]
    {
        precondition(
            emissions.shape == [layout.rows, tags] && stretches.count == layout.batch,
            "emissions \(emissions.shape) and stretches of \(stretches.count) sequences for \(layout.rows) rows of "
                + "\(tags) tags in \(layout.batch) sequences")
        let exponentials = TransitionExponentials(self)
        var result = stretches.map { _ in [Float]() }
        for (rank, index) in layout.order.enumerated() where !stretches[index].isEmpty {
            let rows = (0..<layout.lengths[index]).map { layout.row(rank: rank, step: $0) }
            let chain = ChainExpectations(emissions, rows: rows, exponentials, pairs: false)
            result[index] = stretches[index].map { chain.probability(of: $0, exponentials) }
        }
        return result
    }

    /// The best tags (Viterbi 1967): emissions [rows, tags] → tags [rows] in the layout's order; `allowed(from, to)`,
    /// from nil at a start, says which steps may be taken.
    public func decode(
        _ emissions: Tensor, _ layout: SequenceLayout, allowed: (Int?, Int) -> Bool = { _, _ in true }
    ) -> [Int32] {
        let tags = tags
        var steps = transitions.value.scalars
        var first = start.value.scalars
        for to in 0..<tags {
            if !allowed(nil, to) { first[to] = -.infinity }
            for from in 0..<tags where !allowed(from, to) { steps[from * tags + to] = -.infinity }
        }
        let last = end.value.scalars
        var result = [Int32](repeating: 0, count: layout.rows)
        for (rank, index) in layout.order.enumerated() {
            let rows = (0..<layout.lengths[index]).map { layout.row(rank: rank, step: $0) }
            var best = (0..<tags).map { first[$0] + emissions[rows[0] * tags + $0] }
            var back = [Int32](repeating: 0, count: rows.count * tags)
            for (step, row) in rows.enumerated().dropFirst() {
                var next = [Float](repeating: -.infinity, count: tags)
                for from in 0..<tags {
                    let score = best[from]
                    for to in 0..<tags where score + steps[from * tags + to] > next[to] {
                        next[to] = score + steps[from * tags + to]
                        back[step * tags + to] = Int32(from)
                    }
                }
                for to in 0..<tags { next[to] += emissions[row * tags + to] }
                best = next
            }
            for tag in 0..<tags { best[tag] += last[tag] }
            var tag = Int32(best.indices.max { best[$0] < best[$1] || (best[$0] == best[$1] && $0 > $1) } ?? 0)
            for (step, row) in rows.enumerated().reversed() {
                result[row] = tag
                tag = back[step * tags + Int(tag)]
            }
        }
        return result
    }
}

/// e^(score - greatest) of all pairs, of the first and of the last tags, once for a batch.
private struct TransitionExponentials {
    let tags: Int
    let steps, start, end: [Float]
    /// What was taken from each: scores of any level neither overflow nor vanish.
    let greatestStep, greatestStart, greatestEnd: Float

    init(_ field: ConditionalRandomField) {
        func exponentials(_ parameter: Parameter) -> ([Float], Float) {
            let scores = parameter.value.scalars, greatest = scores.max() ?? 0
            return (scores.map { expf($0 - greatest) }, greatest)
        }
        tags = field.tags
        (steps, greatestStep) = exponentials(field.transitions)
        (start, greatestStart) = exponentials(field.start)
        (end, greatestEnd) = exponentials(field.end)
    }
}

/// The forward-backward algorithm of one sequence in probabilities that are scaled at each step (Rabiner 1989, V.A).
private struct ChainExpectations {
    /// log Σ e^score over all tag sequences, nats.
    var logPartition: Double
    /// [steps · tags]: p(tag at step).
    var marginals: [Float]
    /// [tags · tags]: expected counts of transitions; empty unless asked for.
    var pairs: [Float]
    /// [steps · tags]: forward and backward probabilities, scaled so that their product is the marginal.
    private var alpha, beta: [Float]
    /// [steps · tags] and [steps]: e^emission with each step's greatest 1, and what α was divided by at each step.
    private var emitted, scales: [Float]

    init(_ emissions: Tensor, rows: [Int], _ exponentials: TransitionExponentials, pairs wantsPairs: Bool) {
        let tags = exponentials.tags, count = rows.count
        emitted = [Float](repeating: 0, count: count * tags)
        alpha = emitted
        beta = emitted
        scales = [Float](repeating: 0, count: count)
        logPartition = Double(exponentials.greatestStep) * Double(count - 1)
        logPartition += Double(exponentials.greatestStart) + Double(exponentials.greatestEnd)
        for (step, row) in rows.enumerated() {
            let highest = (0..<tags).reduce(-Float.infinity) { max($0, emissions[row * tags + $1]) }
            logPartition += Double(highest)
            for tag in 0..<tags { emitted[step * tags + tag] = expf(emissions[row * tags + tag] - highest) }
            let at = step * tags
            if step == 0 {
                for tag in 0..<tags { alpha[tag] = exponentials.start[tag] }
            } else {
                for from in 0..<tags {
                    let mass = alpha[at - tags + from]
                    for to in 0..<tags { alpha[at + to] += mass * exponentials.steps[from * tags + to] }
                }
            }
            var sum: Float = 0
            for tag in 0..<tags {
                alpha[at + tag] *= emitted[at + tag]
                sum += alpha[at + tag]
            }
            scales[step] = sum
            logPartition += Double(log(sum))
            for tag in 0..<tags { alpha[at + tag] /= sum }
        }
        let lastAt = (count - 1) * tags
        var closing: Float = 0
        for tag in 0..<tags { closing += alpha[lastAt + tag] * exponentials.end[tag] }
        logPartition += Double(log(closing))

        marginals = alpha
        pairs = [Float](repeating: 0, count: wantsPairs ? tags * tags : 0)
        for tag in 0..<tags { beta[lastAt + tag] = exponentials.end[tag] / closing }
        for step in (0..<count).reversed() {
            let at = step * tags
            for tag in 0..<tags { marginals[at + tag] = alpha[at + tag] * beta[at + tag] }
            guard step > 0 else { break }
            var incoming = [Float](repeating: 0, count: tags)
            for tag in 0..<tags { incoming[tag] = beta[at + tag] * emitted[at + tag] / scales[step] }
            for from in 0..<tags {
                var sum: Float = 0
                let mass = alpha[at - tags + from]
                for to in 0..<tags {
                    let flow = exponentials.steps[from * tags + to] * incoming[to]
                    sum += flow
                    if wantsPairs { pairs[from * tags + to] += mass * flow }
                }
                beta[at - tags + from] = sum
            }
        }
    }

    /// p(stretch).
    func probability(of stretch: TagStretch, _ exponentials: TransitionExponentials) -> Float {
        let tags = exponentials.tags, last = stretch.steps.upperBound - 1
        var tag = stretch.tags[0]
        var result = alpha[stretch.steps.lowerBound * tags + tag]
        for (step, next) in zip(stretch.steps.dropFirst(), stretch.tags.dropFirst()) {
            result *= exponentials.steps[tag * tags + next] * emitted[step * tags + next] / scales[step]
            tag = next
        }
        guard let end = stretch.end, (last + 1) * tags < beta.count else { return result * beta[last * tags + tag] }
        var rest: Float = 0
        for next in 0..<tags where next != end {
            let at = (last + 1) * tags + next
            rest += exponentials.steps[tag * tags + next] * emitted[at] * beta[at]
        }
        return result * rest / scales[last + 1]
    }
}
