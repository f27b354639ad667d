import CKernels

/// A table of vectors by id: ids [n] → [n, features].
public struct Embedding: Module {
    /// The vectors, [ids, features].
    public var table: Parameter
    /// Probability that a whole row of the table is dropped for a pass (Gal and Ghahramani 2016).
    public var dropout: Float = 0

    /// Vectors uniform in ±bound; `tied` where an output layer shares them.
    public init(
        count: Int, features: Int, bound: Float = 0.1, tied: Bool = false, using random: inout RandomSource
    ) {
        table = Parameter(
            Tensor(uniform: [count, features], bound: bound, using: &random), role: tied ? .tiedTable : .table)
    }

    /// Features of a vector.
    public var features: Int { table.shape[1] }

    /// Walks table.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "table"), &table)
    }

    /// ids [n] → [n, features]; every id within the table.
    public func callAsFunction(_ ids: [Int32], tape: Tape?) -> Variable {
        var scales: [Float] = []
        if let tape, tape.drops(dropout) {
            let keep = 1 / (1 - dropout)
            let byID = (0..<table.shape[0]).map { _ in tape.random.uniform() < dropout ? 0 : keep }
            scales = ids.map { byID[Int($0)] }
        }
        let features = features
        var y = Tensor(uninitialized: [ids.count, features])
        let target = y.mutablePointer()
        table.forEachRow(ids) { place, row in (target + place * features).update(from: row, count: features) }
        y.scaleRows(by: scales)
        guard let tape else { return Variable(y) }
        return tape.record(y) { [table] dy, gradients in
            var dy = dy
            dy.scaleRows(by: scales)
            gradients.update(table) { $0.scatterAdd(dy, to: ids) }
        }
    }
}

extension Embedding {
    /// Sums of `each` vectors a row: ids [rows · each], a row's behind each other → [rows, features].
    public func sums(_ ids: [Int32], each: Int, tape: Tape?) -> Variable {
        let features = features, rows = ids.count / each
        precondition(ids.count == rows * each, "\(ids.count) ids in rows of \(each)")
        var y = Tensor(zeros: [rows, features])
        let target = y.mutablePointer()
        table.forEachRow(ids) { gloss_add_scaled(features, 1, $1, target + $0 / each * features) }
        guard let tape else { return Variable(y) }
        return tape.record(y) { [table] dy, gradients in
            gradients.update(table) { dx in
                let target = dx.mutablePointer()
                for (index, id) in ids.enumerated() {
                    gloss_add_scaled(
                        features, 1, dy.pointer + index / each * features, target + Int(id) * features)
                }
            }
        }
    }

    /// A view of a parameter that another layer owns.
    public init(table: Parameter) { self.table = table }
}
