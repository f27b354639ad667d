/// A learned tensor. Copies share the identity, so that gradients from any copy apply to any other.
public struct Parameter: Sendable {
    /// How a parameter is read, which says what `prepared` makes of it.
    public enum Role: Sendable, Equatable {
        /// The right operand of products, [inputs, outputs]: packed for serving.
        case matrix
        /// The same for a recurrent layer, [inputs, gates · hidden]: packed with its gates interleaved.
        case gates(Int)
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
    /// The value; setting it drops the packed form.
    public var value: Tensor {
        didSet { packed = nil }
    }
    /// The packed form, if this parameter is prepared for serving.
    private(set) var packed: PackedMatrix?

    /// A parameter with its first value.
    public init(_ value: Tensor, role: Role) {
        self.value = value
        self.role = role
    }

    /// Makes the packed form of a right operand; in float32 that changes no result.
    mutating func prepare(_ precision: Precision) {
        guard packed?.precision != precision else { return }
        switch role {
        case .matrix: packed = PackedMatrix(value, precision)
        case .gates(let count): packed = PackedMatrix(value, gates: count, precision)
        case .tiedTable: packed = PackedMatrix(value, transposed: true, precision)
        case .table, .vector: break
        }
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
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.parameter.value.count } }

    /// The same module with every matrix packed for serving. The formula stays, and in float32 so does every bit of its
    /// results; a lower precision rounds what products multiply.
    public func prepared(_ precision: Precision = .float32) -> Self {
        var copy = self
        copy.forEachParameter("") { $1.prepare(precision) }
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
