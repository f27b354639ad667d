import CKernels

/// How the steps of a sequence become one vector.
public enum Pooling: String, Codable, Sendable, CaseIterable {
    /// The forward sweep's last state and the backward sweep's first.
    case last
    case mean, max
    /// A mean weighted by learned scores.
    case attention
}

/// The state at which each sweep has read the whole sequence: [rows, directions · hidden] → [batch, same].
public func poolLast(_ x: Variable, _ layout: SequenceLayout, bidirectional: Bool, tape: Tape?) -> Variable {
    let n = x.value.columns, half = bidirectional ? n / 2 : n
    var y = Tensor(uninitialized: [layout.batch, n])
    let target = y.mutablePointer()
    // (row of the forward half, row of the backward half) by caller's index
    var ends = [(last: Int, first: Int)](repeating: (0, 0), count: layout.batch)
    for (rank, index) in layout.order.enumerated() {
        ends[index] = (layout.row(rank: rank, step: layout.lengths[index] - 1), layout.row(rank: rank, step: 0))
    }
    for (index, end) in ends.enumerated() {
        (target + index * n).update(from: x.value.pointer + end.last * n, count: half)
        (target + index * n + half).update(from: x.value.pointer + end.first * n + half, count: n - half)
    }
    guard let tape else { return Variable(y) }
    return tape.record(y) { [ends] dy, gradients in
        gradients.update(x) { dx in
            let target = dx.mutablePointer()
            for (index, end) in ends.enumerated() {
                gloss_add_scaled(half, 1, dy.pointer + index * n, target + end.last * n)
                gloss_add_scaled(n - half, 1, dy.pointer + index * n + half, target + end.first * n + half)
            }
        }
    }
}

/// The mean over a sequence's steps: [rows, n] → [batch, n].
public func poolMean(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
    weightedSum(x, weights: meanWeights(layout), layout, tape: tape)
}

private func meanWeights(_ layout: SequenceLayout) -> Variable {
    var weights = Tensor(zeros: [layout.rows, 1])
    for (rank, index) in layout.order.enumerated() {
        for step in 0..<layout.lengths[index] {
            weights[layout.row(rank: rank, step: step)] = 1 / Float(layout.lengths[index])
        }
    }
    return Variable(weights)
}

/// Σ weight(t) · x(t) over a sequence's steps, in their order: [rows, n], weights [rows, 1] → [batch, n].
package func weightedSum(_ x: Variable, weights: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
    let n = x.value.columns
    var y = Tensor(zeros: [layout.batch, n])
    let target = y.mutablePointer()
    for step in layout.active.indices {
        for rank in 0..<layout.active[step] {
            let row = layout.row(rank: rank, step: step)
            gloss_add_scaled(n, weights.value[row], x.value.pointer + row * n, target + layout.order[rank] * n)
        }
    }
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.update(x) { dx in
            let target = dx.mutablePointer()
            for step in layout.active.indices {
                for rank in 0..<layout.active[step] {
                    let row = layout.row(rank: rank, step: step)
                    gloss_add_scaled(
                        n, weights.value[row], dy.pointer + layout.order[rank] * n, target + row * n)
                }
            }
        }
        gradients.update(weights) { dw in
            let target = dw.mutablePointer()
            for step in layout.active.indices {
                for rank in 0..<layout.active[step] {
                    let row = layout.row(rank: rank, step: step)
                    target[row] += gloss_dot(n, x.value.pointer + row * n, dy.pointer + layout.order[rank] * n)
                }
            }
        }
    }
}

/// The greatest value of each feature over a sequence's steps: [rows, n] → [batch, n].
public func poolMax(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
    let n = x.value.columns
    var y = Tensor(uninitialized: [layout.batch, n])
    let target = y.mutablePointer()
    guard let tape else {
        forEachStep(x, layout) { step, _, source, index in
            let best = target + index * n
            // Without the place of the winner, this is a loop of vectors.
            if step == 0 { best.update(from: source, count: n) }
            for j in 0..<n { best[j] = source[j] > best[j] ? source[j] : best[j] }
        }
        return Variable(y)
    }
    var winners = [Int32](repeating: 0, count: layout.batch * n)
    forEachStep(x, layout) { step, row, source, index in
        let at = index * n
        for j in 0..<n where step == 0 || source[j] > target[at + j] {
            target[at + j] = source[j]
            winners[at + j] = Int32(row)
        }
    }
    return tape.record(y) { [winners] dy, gradients in
        gradients.update(x) { dx in
            let target = dx.mutablePointer()
            for index in 0..<winners.count { target[Int(winners[index]) * n + index % n] += dy.pointer[index] }
        }
    }
}

/// Calls `body` with each step, its row, the row's features, and its sequence by the caller's index.
private func forEachStep(
    _ x: Variable, _ layout: SequenceLayout,
    _ body: (_ step: Int, _ row: Int, _ features: UnsafePointer<Float>, _ sequence: Int) -> Void
) {
    x.value.withScalars { scalars in
        guard let base = scalars.baseAddress else { return }
        for step in layout.active.indices {
            for rank in 0..<layout.active[step] {
                let row = layout.row(rank: rank, step: step)
                body(step, row, base + row * x.value.columns, layout.order[rank])
            }
        }
    }
}

/// Attention pooling (Yang et al. 2016): a(t) = softmax over t of v · tanh(x(t)·W + b); Σ a(t) x(t).
public struct AttentionPooling: Module {
    /// [n, n].
    public var projection: Linear
    /// [n, 1].
    public var query: Linear

    /// Attention over rows of `features`.
    public init(features: Int, using random: inout RandomSource) {
        projection = Linear(input: features, output: features, using: &random)
        query = Linear(input: features, output: 1, hasBias: false, using: &random)
    }

    /// Walks projection, query.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try projection.forEachParameter(join(path, "projection"), body)
        try query.forEachParameter(join(path, "query"), body)
    }

    /// [rows, n] → [batch, n].
    public func callAsFunction(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
        let scores = query(Activation.tanh(projection(x, tape: tape), tape: tape), tape: tape)
        return weightedSum(x, weights: softmaxOverTime(scores, layout, tape: tape), layout, tape: tape)
    }
}

/// Softmax over each sequence's steps: [rows, 1], kept.
package func softmaxOverTime(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
    var y = Tensor(uninitialized: x.value.shape)
    let rowsOfRank = layout.order.indices.map { rank in
        (0..<layout.lengths[layout.order[rank]]).map { layout.row(rank: rank, step: $0) }
    }
    for rows in rowsOfRank {
        var sequence = rows.map { x.value[$0] }
        gloss_softmax(1, sequence.count, &sequence, nil)
        for (row, value) in zip(rows, sequence) { y[row] = value }
    }
    guard let tape else { return Variable(y) }
    return tape.record(y) { [y] dy, gradients in
        gradients.update(x) { dx in
            for rows in rowsOfRank {
                let mean = rows.reduce(Float(0)) { $0 + y[$1] * dy[$1] }
                for row in rows { dx[row] += y[row] * (dy[row] - mean) }
            }
        }
    }
}
