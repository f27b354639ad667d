/// Numbers in JSON as serde_json reads them, the reader behind the `tokenizers` library.
///
/// It rounds twice: the digits as a whole number, then their quotient by a power of ten. The last bit of a score decides
/// between two equally good ways to cut a word, so the same ids take the same bits.
package enum JSONNumber {
    private static let powersOfTen = (0...308).map { Double("1e\($0)") ?? .infinity }

    /// The value of a number; nil where there is none.
    package static func parse(_ text: some Collection<UInt8>) -> Double? {
        var digits: UInt64 = 0
        var exponent = 0
        var (hasDigit, isFull, isFraction) = (false, false, false)
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "."), hasDigit, !isFraction {
                isFraction = true
                continue
            }
            guard byte &- 0x30 < 10 else { return nil }
            hasDigit = true
            let (ten, overflows) = digits.multipliedReportingOverflow(by: 10)
            let (next, overflowsToo) = ten.addingReportingOverflow(UInt64(byte - 0x30))
            // Digits that 64 bits cannot hold only move the point.
            isFull = isFull || overflows || overflowsToo
            if !isFull { digits = next }
            if isFull != isFraction { exponent += isFull ? 1 : -1 }
        }
        guard hasDigit else { return nil }
        if !rest.isEmpty {
            guard let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(power) < 10_000 else {
                return nil
            }
            exponent += power
        }
        let value = scale(Double(digits), exponent)
        return value.isFinite ? (isNegative ? -value : value) : nil
    }

    private static func scale(_ digits: Double, _ exponent: Int) -> Double {
        var (value, exponent) = (digits, exponent)
        while exponent < -308 {
            value /= 1e308
            exponent += 308
        }
        if exponent < 0 { return value / powersOfTen[-exponent] }
        return exponent > 308 ? (value == 0 ? 0 : .infinity) : value * powersOfTen[exponent]
    }

    /// The value, or one beside it, that a text can say.
    package static func writable(_ value: Double) -> Double { parse("\(value)".utf8) ?? value }

    /// A text that `parse` turns back into a writable value: the shortest, or that of a neighbour which is rounded to it.
    package static func text(_ value: Double) -> String {
        if let whole = Int(exactly: value) { return String(whole) }
        for candidate in [value, value.nextUp, value.nextDown] where parse("\(candidate)".utf8) == value {
            return "\(candidate)"
        }
        return "\(value)"
    }
}
