#if canImport(Glibc)
    import Glibc
#endif

/// log Σ eˣ over the columns of each group, [rows, columns] → [rows, groups]: of logits of classes, the logits of groups of
/// them. A group is not empty; a column may be in none.
public func logSums(_ x: Variable, over groups: [[Int]], tape: Tape?) -> Variable {
    let n = x.value.columns
    precondition(groups.joined().allSatisfy { $0 >= 0 && $0 < n }, "groups \(groups) of columns of \(x.value.shape)")
    precondition(groups.allSatisfy { !$0.isEmpty }, "a group without columns")
    let y = Tensor(
        [x.value.rows, groups.count],
        (0..<x.value.rows).flatMap { row in
            groups.map { group in
                let values = group.map { x.value[row * n + $0] }
                let highest = values.max() ?? 0
                return highest + logf(values.reduce(0) { $0 + expf($1 - highest) })
            }
        })
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.update(x) { dx in
            for row in 0..<y.rows {
                for (index, group) in groups.enumerated() {
                    let at = row * groups.count + index
                    for column in group { dx[row * n + column] += dy[at] * expf(x.value[row * n + column] - y[at]) }
                }
            }
        }
    }
}
