import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// The values that a key may have in a search.
package enum SearchRange: Sendable, Equatable {
    /// One of these, as `--set` takes them.
    case values([String])
    /// A whole number; `isLogarithmic` draws its logarithm evenly.
    case whole(ClosedRange<Int>, isLogarithmic: Bool)
    /// A number with a fraction, of three digits; `isLogarithmic` draws its logarithm evenly.
    case real(ClosedRange<Double>, isLogarithmic: Bool)

    /// How many values there are, nil for more than can be counted.
    package var count: Int? {
        switch self {
        case .values(let values): values.count
        case .whole(let range, _): range.count
        case .real: nil
        }
    }

    /// The value of a number below `count`.
    package func value(_ index: Int) -> String {
        switch self {
        case .values(let values): values[index]
        case .whole(let range, _): "\(range.lowerBound + index)"
        case .real(let range, _): "\(range.lowerBound)"
        }
    }

    /// A random value.
    package func draw(using random: inout RandomSource) -> String {
        let share = Double(random.next() >> 11) * 0x1p-53
        func between(_ from: Double, _ to: Double, _ isLogarithmic: Bool) -> Double {
            isLogarithmic ? from * pow(to / from, share) : from + (to - from) * share
        }
        switch self {
        case .values(let values): return values[Int(share * Double(values.count))]
        case .whole(let range, let isLogarithmic):
            let drawn = between(Double(range.lowerBound), Double(range.upperBound) + 1, isLogarithmic)
            return "\(min(Int(drawn), range.upperBound))"
        case .real(let range, let isLogarithmic):
            let drawn = Self.threeDigits(between(range.lowerBound, range.upperBound, isLogarithmic))
            return "\(min(max(drawn, range.lowerBound), range.upperBound))"
        }
    }

    /// More digits than three say nothing about a setting.
    private static func threeDigits(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        let scale = pow(10, max(0, 2 - floor(log10(abs(value)))))
        return (value * scale).rounded() / scale
    }

    /// What a file says of a key. Throws `ConfigurationError` at `place`.
    ///
    /// - Parameter takesFractions: Whether the key's values may have a fraction.
    package init(_ value: SearchValue, takesFractions: Bool, place: String) throws(ConfigurationError) {
        switch value {
        case .list(let list):
            guard !list.isEmpty else {
                throw ConfigurationError(place: place, message: "the list is empty; give at least one value")
            }
            self = .values(list.map(\.setting))
        case .table(let table): self = try Self.bounds(table, takesFractions, place)
        default: throw ConfigurationError(place: place, message: "\(value.setting) \(Self.remedy)")
        }
    }

    private static let remedy = "is no choice; give a list, or { from = 1e-4, to = 1e-2, scale = \"log\" }"

    private static func bounds(_ table: [String: SearchValue], _ takesFractions: Bool, _ place: String)
        throws(ConfigurationError) -> SearchRange
    {
        if let key = table.keys.sorted().first(where: { !["from", "to", "scale"].contains($0) }) {
            throw ConfigurationError(place: place, message: "there is no “\(key)” in a range; here are from, scale, to")
        }
        guard let from = table["from"]?.number, let to = table["to"]?.number else {
            throw ConfigurationError(place: place, message: "a range has two numbers, from and to; give both")
        }
        let scale = table["scale"] ?? .text("linear")
        guard scale == .text("linear") || scale == .text("log") else {
            throw ConfigurationError(place: place, message: "scale = \(scale.setting): give \"linear\" or \"log\"")
        }
        guard from < to else {
            throw ConfigurationError(place: place, message: "from \(from) is not less than to \(to); exchange them")
        }
        let isLogarithmic = scale == .text("log")
        guard !isLogarithmic || from > 0 else {
            throw ConfigurationError(
                place: place, message: "from \(from) has no logarithm; give a positive number, or scale = \"linear\"")
        }
        if takesFractions { return .real(from...to, isLogarithmic: isLogarithmic) }
        guard let first = Int(exactly: from), let last = Int(exactly: to) else {
            throw ConfigurationError(
                place: place, message: "\(from) to \(to): this key takes whole numbers; give whole numbers")
        }
        return .whole(first...last, isLogarithmic: isLogarithmic)
    }
}
