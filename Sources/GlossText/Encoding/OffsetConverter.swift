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
/// Building takes O(bytes) time and a 32nd of the text's memory; a query reads at most 512 bytes.
public struct OffsetConverter: Sendable {
    private static let stride = 512

    private let text: String
    /// Scalars before byte `index * stride`, and among them those that take two UTF-16 units.
    private let scalarsBefore: [Int]
    private let pairsBefore: [Int]
    /// The text's length in bytes.
    public let byteCount: Int

    /// A converter for a text.
    public init(_ text: String) {
        var contiguous = text
        contiguous.makeContiguousUTF8()
        var scalars: [Int] = []
        var pairs: [Int] = []
        byteCount = contiguous.withUTF8 { bytes in
            var counted = Counted()
            var start = 0
            scalars.reserveCapacity(bytes.count / Self.stride + 1)
            pairs.reserveCapacity(bytes.count / Self.stride + 1)
            while start <= bytes.count {
                scalars.append(counted.scalars)
                pairs.append(counted.pairs)
                counted.add(bytes, start..<min(start + Self.stride, bytes.count))
                start += Self.stride
            }
            return bytes.count
        }
        self.text = contiguous
        scalarsBefore = scalars
        pairsBefore = pairs
    }

    /// The offset in `unit` of the scalar that holds the byte at `offset`; `offset` is at most `byteCount`.
    public func offset(ofByte offset: Int, in unit: OffsetUnit) -> Int {
        precondition(offset >= 0 && offset <= byteCount, "byte \(offset) is outside of a text of \(byteCount) bytes")
        guard unit != .utf8 else { return offset }
        let block = offset / Self.stride
        var counted = Counted(scalars: scalarsBefore[block], pairs: pairsBefore[block])
        var copy = text
        copy.withUTF8 { counted.add($0, block * Self.stride..<offset) }
        return unit == .scalars ? counted.scalars : counted.scalars + counted.pairs
    }

    /// A byte range in another unit.
    public func range(ofBytes range: Range<Int>, in unit: OffsetUnit) -> Range<Int> {
        offset(ofByte: range.lowerBound, in: unit)..<offset(ofByte: range.upperBound, in: unit)
    }

    /// Scalars by their first bytes, and those of four bytes, which UTF-16 writes as a pair.
    private struct Counted {
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
