import GlossText
import GlossTraining

extension JSONText {
    /// `value` with at most six digits behind the point; what is no number is null, since JSON has no word for it.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        guard abs(value) < 1e9 else { return "\(value)" }
        let text = rounded(value, 6)
        let kept = text.utf8.reversed().drop { $0 == UInt8(ascii: "0") }
        let digits = kept.first == UInt8(ascii: ".") ? kept.dropFirst() : kept
        return String(decoding: digits.reversed(), as: UTF8.self)
    }
}
