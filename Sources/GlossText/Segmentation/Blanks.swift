private import CICU

/// What stands between tokens: white space, control characters and default-ignorable code points.
package enum Blanks {
    /// The first byte in a range that does not belong to a blank; the range's end if there is none.
    package static func skip(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
        guard let base = bytes.baseAddress, let first = bytes[range].first else { return range.upperBound }
        if first > 0x20 && first < 0x7F { return range.lowerBound }
        return Int(cicu_skip_blanks(base, Int64(range.lowerBound), Int64(range.upperBound)))
    }
}
