import Foundation
import GlossNN

/// The number formats a stored tensor may have.
public enum ElementType: String, Sendable, Codable, CaseIterable {
    /// IEEE 754 binary32.
    case float32
    /// IEEE 754 binary16.
    case float16
    /// The upper half of a binary32.
    case bfloat16
    /// Signed bytes in blocks of 32 that share a scale: the bytes of all elements, then a float16 a block.
    case int8
    /// Four bits in blocks of 32 that share a scale, for large tables of vectors and weights of recurrent layers; the other tensors
    /// of such a model are int8. See `CompactTensor.Format`.
    case int4

    /// Elements that share a scale.
    package static let blockLength = CompactTensor.blockLength

    /// The format of a tensor in memory; nil for float32.
    var format: CompactTensor.Format? {
        switch self {
        case .float32: nil
        case .float16: .float16
        case .bfloat16: .bfloat16
        case .int8: .int8
        case .int4: .int4
        }
    }

    /// How a model that is kept as this keeps a tensor.
    func type(ofLarge isLarge: Bool) -> ElementType { self == .int4 && !isLarge ? .int8 : self }

    /// The size of `count` elements, in bytes; nil when it is too large.
    func byteCount(of count: Int) -> Int? {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: 4)
        return overflow ? nil : format?.byteCount(of: count) ?? bytes
    }
}

/// One named array of numbers: a parameter of a model.
public struct StoredTensor: Sendable, Equatable {
    /// The parameter's path, unique in its version.
    public var name: String

    /// The length of each axis, outermost first; empty for a single number.
    public var shape: [Int]

    /// The format of an element.
    public var elementType: ElementType

    /// The elements in row-major order, little-endian, as the element type says.
    public var data: Data

    /// Holds the four values as they are; `ModelStore.save` checks them.
    public init(name: String, shape: [Int], elementType: ElementType, data: Data) {
        self.name = name
        self.shape = shape
        self.elementType = elementType
        self.data = data
    }

    /// Checks that name, shape, element type and data agree.
    func check() throws(StoreError) {
        guard !name.isEmpty else { throw StoreError(.invalid, "a tensor of shape \(shape) has no name") }
        guard let elements = elementCount(ofShape: shape) else {
            throw StoreError(.invalid, "tensor \(name): the shape \(shape) is negative or too large")
        }
        let expected = elementType.byteCount(of: elements)
        guard expected == data.count else {
            throw StoreError(
                .invalid,
                "tensor \(name): \(data.count) bytes, but shape \(shape) of \(elementType.rawValue) has "
                    + "\(expected.map(String.init) ?? "too many")")
        }
    }
}

/// The number of elements in an array of this shape, or nil when an axis is negative or the product too large.
func elementCount(ofShape shape: [Int]) -> Int? {
    var product = 1
    for axis in shape {
        guard axis >= 0 else { return nil }
        let (next, overflow) = product.multipliedReportingOverflow(by: axis)
        guard !overflow else { return nil }
        product = next
    }
    return product
}
