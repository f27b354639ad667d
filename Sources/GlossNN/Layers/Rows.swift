import CKernels

// Operations that move or combine whole rows.

extension Tensor {
    /// Multiplies each row by its scale; no scales means no change. Shapes: self [rows, n], scales [rows].
    package mutating func scaleRows(by scales: [Float]) {
        guard !scales.isEmpty else { return }
        precondition(scales.count == rows, "\(scales.count) scales for \(shape)")
        let n = columns, target = mutablePointer()
        for row in 0..<rows where scales[row] != 1 { gloss_scale(n, scales[row], target + row * n) }
    }

    /// self[:, first ..< first + n] = x. Shapes: self [rows, …], x [rows, n].
    package mutating func setColumns(from first: Int, to x: Tensor) {
        let n = x.columns, width = columns
        precondition(x.rows == rows && first >= 0 && first + n <= width, "columns of \(x.shape) into \(shape)")
        let target = mutablePointer() + first
        for row in 0..<rows { (target + row * width).update(from: x.pointer + row * n, count: n) }
    }

    /// self[ids[r]] += source[r]. Shapes: self [count, n], source [rows, n], ids [rows].
    package mutating func scatterAdd(_ source: Tensor, to ids: [Int32]) {
        precondition(source.rows == ids.count && source.columns == columns, "rows of \(source.shape) into \(shape)")
        let n = columns, target = mutablePointer()
        for (row, id) in ids.enumerated() { gloss_add_scaled(n, 1, source.pointer + row * n, target + Int(id) * n) }
    }
}

/// The rows of all tensors, one after the other: [rows, n] each → [sum, n].
package func concatenatedRows(_ tensors: [Tensor]) -> Tensor {
    let n = tensors.first?.columns ?? 0
    precondition(tensors.allSatisfy { $0.columns == n }, "rows of \(tensors.map(\.shape))")
    var y = Tensor(uninitialized: [tensors.reduce(0) { $0 + $1.rows }, n])
    var target = y.mutablePointer()
    for tensor in tensors {
        target.update(from: tensor.pointer, count: tensor.count)
        target += tensor.count
    }
    return y
}

/// The rows of x at `indices`: [rows, n] → [indices, n].
public func gather(_ x: Variable, rows indices: [Int32], tape: Tape?) -> Variable {
    let n = x.value.columns, count = x.value.rows
    precondition(indices.allSatisfy { $0 >= 0 && $0 < count }, "a row outside of \(x.value.shape)")
    var y = Tensor(uninitialized: [indices.count, n])
    let target = y.mutablePointer()
    for (row, index) in indices.enumerated() {
        (target + row * n).update(from: x.value.pointer + Int(index) * n, count: n)
    }
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.update(x) { $0.scatterAdd(dy, to: indices) }
    }
}

/// One column of x, summed over rows: [rows, n] → [1].
public func column(_ x: Variable, _ index: Int, tape: Tape?) -> Variable {
    let n = x.value.columns
    precondition(index >= 0 && index < n, "column \(index) of \(x.value.shape)")
    let y = Tensor([1], [(0..<x.value.rows).reduce(0) { $0 + x.value[$1 * n + index] }])
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.update(x) { for row in 0..<x.value.rows { $0[row * n + index] += dy[0] } }
    }
}

/// Some features of each row: [rows, n] → [rows, range].
public func columns(_ x: Variable, _ range: Range<Int>, tape: Tape?) -> Variable {
    let rows = x.value.rows, n = x.value.columns, width = range.count
    precondition(range.lowerBound >= 0 && range.upperBound <= n, "columns \(range) of \(x.value.shape)")
    if width == n { return x }
    var y = Tensor(uninitialized: [rows, width])
    let target = y.mutablePointer()
    for row in 0..<rows {
        (target + row * width).update(from: x.value.pointer + row * n + range.lowerBound, count: width)
    }
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.update(x) { dx in
            let target = dx.mutablePointer() + range.lowerBound
            for row in 0..<rows { gloss_add_scaled(width, 1, dy.pointer + row * width, target + row * n) }
        }
    }
}

/// Features side by side: [rows, a], [rows, b], … → [rows, a + b + …].
public func concatenate(_ parts: [Variable], tape: Tape?) -> Variable {
    if parts.count == 1 { return parts[0] }
    let rows = parts[0].value.rows
    precondition(parts.allSatisfy { $0.value.rows == rows }, "parts of \(parts.map(\.value.shape)) side by side")
    let widths = parts.map(\.value.columns), width = widths.reduce(0, +)
    var y = Tensor(uninitialized: [rows, width])
    var at = 0
    for part in parts {
        y.setColumns(from: at, to: part.value)
        at += part.value.columns
    }
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        var at = 0
        for (part, n) in zip(parts, widths) {
            gradients.update(part) { dx in
                let target = dx.mutablePointer()
                for row in 0..<rows { gloss_add_scaled(n, 1, dy.pointer + row * width + at, target + row * n) }
            }
            at += n
        }
    }
}

/// x + y. Shapes: equal.
public func add(_ x: Variable, _ y: Variable, tape: Tape?) -> Variable {
    var sum = x.value
    sum.add(y.value)
    guard let tape else { return Variable(sum) }
    return tape.record(sum) { d, gradients in
        gradients.add(d, to: x)
        gradients.add(d, to: y)
    }
}

/// factor · x.
public func scaled(_ x: Variable, by factor: Float, tape: Tape?) -> Variable {
    var y = x.value
    y.scale(by: factor)
    guard let tape else { return Variable(y) }
    return tape.record(y) { d, gradients in
        gradients.update(x) { $0.add(d, scale: factor) }
    }
}

/// gate · y + (1 - gate) · x (Srivastava et al. 2015, equation 3). Shapes: equal.
public func highway(_ x: Variable, _ y: Variable, gate: Variable, tape: Tape?) -> Variable {
    precondition(x.value.shape == y.value.shape && y.value.shape == gate.value.shape, "highway of unequal shapes")
    let count = x.value.count
    var difference = y.value
    difference.add(x.value, scale: -1)
    var z = x.value
    gloss_multiply_add(count, gate.value.pointer, difference.pointer, z.mutablePointer())
    guard let tape else { return Variable(z) }
    return tape.record(z) { [difference] dz, gradients in
        gradients.update(gate) { gloss_multiply_add(count, dz.pointer, difference.pointer, $0.mutablePointer()) }
        gradients.update(y) { gloss_multiply_add(count, dz.pointer, gate.value.pointer, $0.mutablePointer()) }
        var passed = Tensor(uninitialized: dz.shape)
        gloss_multiply(count, dz.pointer, gate.value.pointer, passed.mutablePointer())
        gradients.update(x) {
            $0.add(dz)
            $0.add(passed, scale: -1)
        }
    }
}
