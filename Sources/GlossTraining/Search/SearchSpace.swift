import GlossNN

/// The keys of a run that a search varies, and what each may be.
package struct SearchSpace: Sendable {
    /// A key with its values.
    package struct Dimension: Sendable {
        package var key: String
        package var range: SearchRange
    }

    /// In the order of their keys.
    package let dimensions: [Dimension]

    /// The space of a file's table; every value that is listed, and both ends of every range, must suit `run`.
    ///
    /// Throws `ConfigurationError` with the key, its value and the remedy.
    package init(_ table: [String: SearchValue], of run: RunConfiguration, file: String) throws {
        dimensions = try Self.leaves(table, path: []).sorted { $0.key < $1.key }.map { key, value in
            let place = "\(file): space, \(key)"
            let range = try SearchRange(value, takesFractions: Self.takesFractions(key, run), place: place)
            for value in range.ends {
                try Self.check("\(key)=\(value)", run, file: file, place: "\(place) = \(value)")
            }
            return Dimension(key: key, range: range)
        }
        guard !dimensions.isEmpty else {
            throw ConfigurationError(
                place: file, message: "[space] names no key; give one as in \"model.encoder.stack.hidden\" = [64, 128]")
        }
    }

    /// Keys may be written in quotes with their dots, or as tables in tables.
    private static func leaves(_ table: [String: SearchValue], path: [String]) -> [(key: String, value: SearchValue)] {
        table.flatMap { key, value in
            let path = path + [key]
            if case .table(let inner) = value, inner["from"] == nil, inner["to"] == nil, !inner.isEmpty {
                return leaves(inner, path: path)
            }
            return [(path.joined(separator: "."), value)]
        }
    }

    /// Whether a key is one of numbers with a fraction: a number without would be refused, or cut.
    private static func takesFractions(_ key: String, _ run: RunConfiguration) -> Bool {
        do {
            _ = try run.changed(["\(key)=0.5"])
            return true
        } catch {
            return !(error is ConfigurationError)
        }
    }

    private static func check(_ setting: String, _ run: RunConfiguration, file: String, place: String) throws {
        do {
            _ = try run.changed([setting])
        } catch let error as ConfigurationError {
            throw ConfigurationError(place: place, message: error.message)
        } catch let error as TrainingError {
            throw ConfigurationError(place: "\(file): space", message: error.description)
        }
    }

    /// Up to `count` different settings, each as `--set` takes it: all there are, where that is not more; else random ones.
    ///
    /// The first settings are the same whatever the count.
    package func settings(_ count: Int, seed: UInt64) -> [[String]] {
        var all: Int? = 1
        for dimension in dimensions {
            // Beyond `count` it does not matter how many there are.
            all = all.flatMap { all in dimension.range.count.map { min(all * min($0, count + 1), count + 1) } }
        }
        if let all, all <= count {
            var known: Set<[String]> = []
            return (0..<all).map(combination).filter { known.insert($0).inserted }
        }
        var found: [[String]] = []
        var known: Set<[String]> = []
        var stream: UInt64 = 0
        // A range whose values fall together after rounding ends before it goes on for ever.
        while found.count < count, stream < 1000 + 100 * UInt64(count) {
            var random = RandomSource(seed: seed, stream: stream)
            stream += 1
            let drawn = dimensions.map { "\($0.key)=\($0.range.draw(using: &random))" }
            if known.insert(drawn).inserted { found.append(drawn) }
        }
        return found
    }

    /// The combination of a number, the last key changing fastest.
    private func combination(_ number: Int) -> [String] {
        var rest = number
        return dimensions.reversed().map { dimension in
            let count = dimension.range.count ?? 1
            defer { rest /= count }
            return "\(dimension.key)=\(dimension.range.value(rest % count))"
        }.reversed()
    }

    /// Settings as people read them: each key by its last words, as many as tell it from the others.
    package func shown(_ settings: [String]) -> String {
        let keys = dimensions.map { $0.key.split(separator: ".") }
        return zip(dimensions, settings).enumerated().map { index, pair in
            let key = keys[index]
            var length = 1
            while length < key.count,
                keys.enumerated().contains(where: { $0 != index && $1.suffix(length) == key.suffix(length) })
            {
                length += 1
            }
            return key.suffix(length).joined(separator: ".") + pair.1.dropFirst(pair.0.key.count)
        }.joined(separator: " ")
    }
}

extension SearchRange {
    /// What must suit a run: every value of a list, the ends of a range.
    fileprivate var ends: [String] {
        switch self {
        case .values(let values): values
        case .whole(let range, _): ["\(range.lowerBound)", "\(range.upperBound)"]
        case .real(let range, _): ["\(range.lowerBound)", "\(range.upperBound)"]
        }
    }
}
