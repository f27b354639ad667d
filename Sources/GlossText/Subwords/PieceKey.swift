/// A piece of 1 to 15 bytes as two words of 64 bits, its length in the top byte: compared and hashed without a loop.
struct PieceKey: Equatable {
    var low: UInt64 = 0
    /// 0 for no piece at all.
    var high: UInt64 = 0

    /// The longest piece that is a key, in bytes.
    static let maximumLength = 15

    /// No piece.
    init() {}

    /// The piece `range` of `bytes`; bytes behind it are read where there are any, and masked.
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let count = UInt64(range.count)
        if range.lowerBound + 16 <= bytes.count {
            let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped) + range.lowerBound
            low = raw.loadUnaligned(as: UInt64.self)
            if count > 8 {
                high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & ((1 &<< (8 &* (count &- 8))) &- 1)
            } else if count < 8 {
                low &= (1 &<< (8 &* count)) &- 1
            }
        } else {
            for (index, byte) in bytes[range].enumerated() {
                if index < 8 { low |= UInt64(byte) << (8 * index) } else { high |= UInt64(byte) << (8 * index - 64) }
            }
        }
        high |= count << 56
    }

    /// A hash, all bits of which depend on all bytes (the multiplication of wyhash).
    @inline(__always)
    var hash: Int {
        let mixed = (low ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: high ^ 0xE703_7ED1_A0B4_28DB)
        return Int(truncatingIfNeeded: mixed.high ^ mixed.low)
    }
}
