/// A learned tensor. Copies share the identity, so that gradients from any copy apply to any other.
public struct Parameter: Sendable {
    /// How a parameter is read, which says what `prepared` makes of it.
    public enum Role: Sendable, Equatable {
        /// The right operand of products, [inputs, outputs]: packed for serving.
        case matrix
        /// The same for a recurrent layer, [inputs, gates · hidden]: packed with its gates interleaved.
        case gates(Int)
        /// Added to the gates of a recurrent layer, [gates · hidden]: packed likewise, in float32.
        case gateBias(Int)
        /// Rows looked up by an id, [ids, features].
        case table
        /// A table that is also the transposed right operand of products: packed for serving.
        case tiedTable
        /// Added to rows, or read one by one.
        case vector
    }

    final class Identity: Sendable {}

    let identity = Identity()
    /// How it is read.
    public let role: Role
    /// The packed form, if this parameter is prepared for serving.
    private(set) var packed: PackedMatrix?
    /// The numbers; nil where the packed form, in float32, is all that is kept.
    private var numbers: Numbers?

    /// A parameter with its first value.
    public init(_ value: Tensor, role: Role) {
        numbers = .dense(value)
        self.role = role
    }

    /// The value in float32, made anew each time where it is kept otherwise; setting it drops the packed form.
    public var value: Tensor {
        get {
            if let numbers { return numbers.tensor }
            guard let packed else { preconditionFailure("a parameter without numbers") }
            return packed.unpacked
        }
        _modify {
            var tensor = value
            // What is changed is the only reference: nothing is copied.
            (numbers, packed) = (nil, nil)
            defer { numbers = .dense(tensor) }
            yield &tensor
        }
    }

    /// Sizes of the axes, outermost first.
    public var shape: [Int] { numbers?.shape ?? packed.map { [$0.k, $0.n] } ?? [] }

    /// The number of scalars.
    public var count: Int { shape.reduce(1, *) }

    /// What it takes in memory, in bytes.
    public var byteCount: Int { (numbers?.byteCount ?? 0) + (packed?.byteCount ?? 0) }

    /// Takes stored numbers, which stay as they are until they are packed or changed. Shape: the parameter's.
    public mutating func load(_ stored: Numbers) {
        precondition(stored.shape == shape, "numbers of \(stored.shape) for a parameter of \(shape)")
        packed = nil
        numbers =
            switch role {
            case .vector, .gateBias: .dense(stored.tensor)
            case .matrix, .gates, .table, .tiedTable: stored
            }
    }

    /// Calls `body` with the place of each id in `ids` and the row of the table that it names, [columns].
    package func forEachRow(_ ids: [Int32], _ body: (_ place: Int, _ row: UnsafePointer<Float>) -> Void) {
        let rows = shape[0], columns = count / max(rows, 1)
        precondition(ids.allSatisfy { $0 >= 0 && $0 < rows }, "an id outside of the table of \(rows)")
        if case .compact(let stored) = numbers {
            withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { row in
                guard let base = row.baseAddress else { return }
                for (place, id) in ids.enumerated() {
                    stored.read(Int(id) * columns..<(Int(id) + 1) * columns, into: base)
                    body(place, base)
                }
            }
        } else {
            value.withScalars { scalars in
                guard let base = scalars.baseAddress else { return }
                for (place, id) in ids.enumerated() { body(place, base + Int(id) * columns) }
            }
        }
    }

    /// Bytes from which on a stored table stays as it is; a smaller one is looked up faster in float32.
    private static let leastCompact = 1 << 18

    /// Makes the packed form of a right operand. In float32 that changes no result, and of a matrix nothing else is kept.
    mutating func prepare(_ precision: Precision) {
        guard packed?.precision != precision else { return }
        switch role {
        case .matrix, .gates:
            let value = value
            let gates = if case .gates(let count) = role { count } else { 1 }
            packed = PackedMatrix(value, gates: gates, precision)
            numbers = precision == .float32 ? nil : .dense(value)
        case .gateBias(let gates): packed = PackedMatrix(value, transposed: true, gates: gates)
        case .tiedTable: packed = PackedMatrix(value, transposed: true, precision)
        case .table: if byteCount < Self.leastCompact { numbers = .dense(value) }
        case .vector: break
        }
    }

    /// Keeps the value in float32, as gradients need it again and again, and no form that rounds it.
    mutating func unpack() {
        if numbers == nil { numbers = .dense(value) }
        if packed?.precision != .float32 { packed = nil }
    }
}

/// Whatever holds parameters. Saving, loading, optimising, counting and gradient checks all walk it.
public protocol Module: Sendable {
    /// Calls `body` with the path ("stack.0.forward.inputWeight") and each parameter, in a fixed order.
    mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows
}

extension Module {
    /// All parameters by path, in the order of the walk.
    public var parameters: [(path: String, parameter: Parameter)] {
        var copy = self
        var all: [(String, Parameter)] = []
        copy.forEachParameter("") { all.append(($0, $1)) }
        return all
    }

    /// The number of learned scalars.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.parameter.count } }

    /// What the learned scalars take in memory, in bytes.
    public var byteCount: Int { parameters.reduce(0) { $0 + $1.parameter.byteCount } }

    /// The same module with every matrix packed for serving. The formula stays, and in float32 so does every bit of its
    /// results; a lower precision rounds what products multiply.
    public func prepared(_ precision: Precision = .float32) -> Self {
        var copy = self
        copy.forEachParameter("") { $1.prepare(precision) }
        return copy
    }

    /// The same module in float32 with its matrices as gradients read them, where serving has let go of them.
    package var unpacked: Self {
        var copy = self
        copy.forEachParameter("") { $1.unpack() }
        return copy
    }
}

/// A path one step down: "stack" and "forward" make "stack.forward".
package func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : path + "." + name }

extension Array: Module where Element: Module {
    /// Walks the elements as "path.0", "path.1", ….
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        for index in indices { try self[index].forEachParameter(join(path, String(index)), body) }
    }
}

extension Optional: Module where Wrapped: Module {
    /// Walks the wrapped module, if there is one.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try self?.forEachParameter(path, body)
    }
}
