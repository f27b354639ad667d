/// A unit in which places in a text are counted.
public enum OffsetUnit: String, Codable, Hashable, Sendable, CaseIterable {
    /// Bytes of UTF-8.
    case utf8
    /// Code units of UTF-16, as JavaScript, Java and C# count.
    case utf16
    /// Unicode scalars, as Python counts.
    case scalars
}

/// Turns UTF-8 byte offsets of a text into Unicode scalars or UTF-16 code units.
///
/// Building takes O(bytes) time and a quarter of the text's memory, nothing for ASCII; a query reads at most 64 bytes.
public struct OffsetConverter: Sendable {
    private static let stride = 64

    private let text: String
    /// What stands before byte `index * stride`; empty for ASCII.
    private let before: [Counts]
    /// The text's length in bytes.
    public let byteCount: Int

    /// A converter for a text.
    public init(_ text: String) {
        var contiguous = text
        contiguous.makeContiguousUTF8()
        (byteCount, before) = contiguous.withUTF8 { bytes in
            if bytes.allSatisfy({ $0 < 0x80 }) { return (bytes.count, []) }
            var before: [Counts] = []
            before.reserveCapacity(bytes.count / Self.stride + 1)
            var counts = Counts()
            for start in Swift.stride(from: 0, through: bytes.count, by: Self.stride) {
                before.append(counts)
                counts.add(bytes, start..<min(start + Self.stride, bytes.count))
            }
            return (bytes.count, before)
        }
        self.text = contiguous
    }

    /// The offset in `unit` of the scalar that starts at a byte, or of the next one for a byte inside a scalar.
    ///
    /// `offset` is at most `byteCount`.
    public func offset(ofByte offset: Int, in unit: OffsetUnit) -> Int {
        precondition(offset >= 0 && offset <= byteCount, "byte \(offset) is outside of a text of \(byteCount) bytes")
        if unit == .utf8 || before.isEmpty { return offset }
        var counts = before[offset / Self.stride]
        var copy = text
        copy.withUTF8 { counts.add($0, offset / Self.stride * Self.stride..<offset) }
        return unit == .scalars ? counts.scalars : counts.scalars + counts.pairs
    }

    /// A byte range in another unit.
    public func range(ofBytes range: Range<Int>, in unit: OffsetUnit) -> Range<Int> {
        offset(ofByte: range.lowerBound, in: unit)..<offset(ofByte: range.upperBound, in: unit)
    }

    /// Scalars, by their first bytes, and among them those of four bytes, which UTF-16 writes as a pair.
    private struct Counts {
        var scalars = 0
        var pairs = 0

        mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
            for index in range {
                let byte = bytes[index]
                scalars += byte & 0xC0 != 0x80 ? 1 : 0
                pairs += byte >= 0xF0 ? 1 : 0
            }
        }
    }
}
