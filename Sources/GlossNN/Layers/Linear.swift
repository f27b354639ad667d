import CKernels

/// x · W + b: [rows, input] → [rows, output].
public struct Linear: Module {
    /// [input, output].
    public var weight: Parameter
    /// [output].
    public var bias: Parameter?

    /// Weights uniform in ±√(6 / (input + output)) (Glorot and Bengio 2010), bias zero.
    public init(input: Int, output: Int, hasBias: Bool = true, using random: inout RandomSource) {
        let bound = (6 / Float(input + output)).squareRoot()
        weight = Parameter(Tensor(uniform: [input, output], bound: bound, using: &random), role: .matrix)
        bias = hasBias ? Parameter(Tensor(zeros: [output]), role: .vector) : nil
    }

    /// Walks weight, bias.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "weight"), &weight)
        if bias != nil { try body(join(path, "bias"), &bias!) }
    }

    /// [rows, input] → [rows, output].
    public func callAsFunction(_ x: Variable, tape: Tape?) -> Variable {
        var y = Tensor(uninitialized: [x.value.rows, weight.shape[1]])
        let precision = tape?.precision ?? .float32
        if let packed = weight.packed {
            y.setProduct(x.value, packed)
        } else {
            y.setProduct(x.value, weight.value, precision)
        }
        if let bias { y.addBias(bias.value) }
        guard let tape else { return Variable(y) }
        return tape.record(y) { [weight, bias] dy, gradients in
            gradients.fill(weight) { $0.setProduct(x.value, transposed: true, dy, accumulating: $1, precision) }
            if let bias { gradients.update(bias) { $0.addRows(of: dy) } }
            gradients.fill(x) {
                $0.setProduct(dy, weight.value, rightTransposed: true, accumulating: $1, precision)
            }
        }
    }
}

/// Scores of each row against each candidate, the product with a transposed second operand:
/// x [rows, n], candidates [m, n] → [rows, m].
public func scores(_ x: Variable, against candidates: Variable, tape: Tape?) -> Variable {
    var y = Tensor(uninitialized: [x.value.rows, candidates.value.rows])
    let precision = tape?.precision ?? .float32
    y.setProduct(x.value, candidates.value, rightTransposed: true, precision)
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.fill(candidates) { $0.setProduct(dy, transposed: true, x.value, accumulating: $1, precision) }
        gradients.fill(x) { $0.setProduct(dy, candidates.value, accumulating: $1, precision) }
    }
}

/// Scores of each row against each row of a table that is tied to it: x [rows, n], table [m, n] → [rows, m].
public func scores(_ x: Variable, against table: Parameter, tape: Tape?) -> Variable {
    guard tape == nil, let packed = table.packed else { return scores(x, against: lift(table, tape: tape), tape: tape) }
    var y = Tensor(uninitialized: [x.value.rows, packed.n])
    y.setProduct(x.value, packed)
    return Variable(y)
}

/// x + b for every row: x [rows, n], b [n] → [rows, n].
public func addBias(_ x: Variable, _ bias: Variable, tape: Tape?) -> Variable {
    var y = x.value
    y.addBias(bias.value)
    guard let tape else { return Variable(y) }
    return tape.record(y) { dy, gradients in
        gradients.add(dy, to: x)
        gradients.update(bias) { $0.addRows(of: dy) }
    }
}

/// A parameter as a variable of the tape, for operations between variables. Shape: kept.
public func lift(_ parameter: Parameter, tape: Tape?) -> Variable {
    guard let tape else { return Variable(parameter.value) }
    return tape.record(parameter.value) { d, gradients in gradients.add(d, to: parameter) }
}
