import Foundation
import TOMLKit

/// A configuration as a tree of keys, so that a file may name only what it changes.
public struct ConfigurationTree {
    private var root: [String: Any]
    /// What the keys had at first, which is a whole configuration or nothing.
    private let first: [String: Any]

    /// The tree of a configuration, every key written out.
    public init(_ configuration: some Encodable) throws {
        // JSON is the common ground: it writes Float 0.3 as 0.3.
        let data = try JSONEncoder().encode(configuration)
        first = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        root = first
    }

    /// The tree of a file's text; `file` is named in errors.
    ///
    /// - Throws: `ConfigurationError` with the line and column where the text is not TOML, and for numbers that are none.
    public init(toml: String, file: String) throws {
        first = [:]
        do {
            let json = try TOMLTable(string: toml).convert(to: .json)
            root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
        } catch let error as TOMLParseError {
            let place = "\(file):\(error.source.begin.line):\(error.source.begin.column)"
            throw ConfigurationError(place: place, message: error.description)
        } catch {
            throw ConfigurationError(place: file, message: "nan and inf are no values here; give numbers")
        }
    }

    /// The configuration that the tree describes; `choices` are the words that keys take.
    ///
    /// - Throws: `ConfigurationError` with the key whose value is missing or of another type.
    public func decoded<Configuration: Decodable>(
        _ type: Configuration.Type = Configuration.self, choices: [String: [String]] = [:]
    ) throws -> Configuration {
        do {
            return try Self.decoded(root)
        } catch let error as DecodingError {
            let path = Self.path(error) ?? fault(Configuration.self, in: root, path: []) ?? []
            // In a list the last part of the path is a place.
            let key = path.filter { !$0.hasPrefix("Index ") }.joined(separator: ".")
            let remedy = choices[key].map { "give " + $0.joined(separator: " or ") }
            throw ConfigurationError(
                place: key.isEmpty ? "the configuration" : key, message: remedy ?? "the value is not of the key's kind")
        }
    }

    private static func decoded<Configuration: Decodable>(_ root: [String: Any]) throws -> Configuration {
        try JSONDecoder().decode(Configuration.self, from: JSONSerialization.data(withJSONObject: root))
    }

    /// Where the decoder was; nil where it does not say.
    private static func path(_ error: DecodingError) -> [String]? {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found): context = found
        case .keyNotFound(_, let found): context = found
        @unknown default: return nil
        }
        return context.codingPath.isEmpty ? nil : context.codingPath.map(\.stringValue)
    }

    /// The first key whose value alone, in place of what it had at first, makes no configuration.
    private func fault<Configuration: Decodable>(
        _ type: Configuration.Type, in table: [String: Any], path: [String]
    ) -> [String]? {
        for (key, value) in table.sorted(by: { $0.key < $1.key }) {
            if let inner = value as? [String: Any], !inner.isEmpty {
                if let found = fault(type, in: inner, path: path + [key]) { return found }
                continue
            }
            let trial = Self.replacing(first, (path + [key])[...], value)
            if (try? Self.decoded(trial) as Configuration) == nil { return path + [key] }
        }
        return nil
    }

    private static func replacing(_ table: [String: Any], _ path: ArraySlice<String>, _ value: Any) -> [String: Any] {
        guard let key = path.first else { return table }
        var table = table
        table[key] = path.count == 1 ? value : replacing(table[key] as? [String: Any] ?? [:], path.dropFirst(), value)
        return table
    }

    /// Every number with its keys from the outermost on, in their order; a list's numbers have those of the list.
    package var numbers: [(path: [String], number: NSNumber)] { Self.numbers(root, []) }

    private static func numbers(_ any: Any, _ path: [String]) -> [(path: [String], number: NSNumber)] {
        switch any {
        case let table as [String: Any]:
            table.sorted { $0.key < $1.key }.flatMap { numbers($0.value, path + [$0.key]) }
        case let list as [Any]: list.flatMap { numbers($0, path) }
        case let number as NSNumber where !isBoolean(number): [(path, number)]
        default: []
        }
    }

    /// Takes the values of `other`; every key must exist here.
    public mutating func overlay(_ other: ConfigurationTree, file: String) throws {
        root = try Self.merged(root, other.root, path: [], file: file)
    }

    private static func merged(_ base: [String: Any], _ other: [String: Any], path: [String], file: String) throws
        -> [String: Any]
    {
        var result = base
        for (key, value) in other {
            let here = path + [key]
            // An empty table by default is one whose keys are the user's.
            if base.isEmpty, !path.isEmpty {
                result[key] = value
                continue
            }
            guard let old = base[key] else { throw unknown(here, base, place: file) }
            if let old = old as? [String: Any] {
                guard let value = value as? [String: Any] else {
                    throw ConfigurationError(place: file, message: "\(here.joined(separator: ".")) is a table")
                }
                result[key] = try merged(old, value, path: here, file: file)
            } else {
                result[key] = value
            }
        }
        return result
    }

    private static func unknown(_ path: [String], _ siblings: [String: Any], place: String) -> ConfigurationError {
        ConfigurationError(
            place: place,
            message: "there is no key “\(path.joined(separator: "."))”; here are "
                + siblings.keys.sorted().joined(separator: ", "))
    }

    /// Takes a key out, whether it is there or not.
    mutating func remove(_ path: [String]) { root = Self.removed(root, path[...]) }

    private static func removed(_ table: [String: Any], _ path: ArraySlice<String>) -> [String: Any] {
        guard let key = path.first else { return table }
        var table = table
        let inner = path.count > 1 ? table[key] as? [String: Any] : nil
        table[key] = inner.map { removed($0, path.dropFirst()) }
        return table
    }

    /// Sets one key, "model.encoder.stack.hidden", to a value as TOML writes it; quotes around a word may be left out.
    public mutating func set(_ key: String, _ value: String) throws {
        let path = key.split(separator: ".").map(String.init)
        let place = "--set \(key)=\(value)"
        func assigned(_ table: [String: Any], _ depth: Int, _ first: [String: Any]?) throws -> [String: Any] {
            var table = table
            // A table without keys by default is one whose keys are the user's, dots and all.
            if depth > 0, first?.isEmpty ?? false {
                table[path[depth...].joined(separator: ".")] = Self.parsed(value, place: place) ?? value
                return table
            }
            guard let old = table[path[depth]] else { throw Self.unknown(Array(path[...depth]), table, place: place) }
            if depth == path.count - 1 {
                table[path[depth]] = try Self.scalar(value, like: old, place: place)
            } else {
                guard let inner = old as? [String: Any] else {
                    throw ConfigurationError(
                        place: place, message: "\(path[...depth].joined(separator: ".")) is no table")
                }
                table[path[depth]] = try assigned(inner, depth + 1, first?[path[depth]] as? [String: Any])
            }
            return table
        }
        guard !path.isEmpty else { throw ConfigurationError(place: place, message: "is no key=value") }
        root = try assigned(root, 0, first)
    }

    private static func scalar(_ value: String, like old: Any, place: String) throws -> Any {
        if old is String, !value.hasPrefix("\"") { return value }
        guard let parsed = parsed(value, place: place) else {
            let now = (old as? NSNumber).map { "\(Self.scalar($0))" } ?? (old is String ? "text" : "a list")
            throw ConfigurationError(place: place, message: "“\(value)” is no value for it; it is \(now) now")
        }
        return parsed
    }

    private static func parsed(_ value: String, place: String) -> Any? {
        try? ConfigurationTree(toml: "value = \(value)", file: place).root["value"]
    }

    /// The tree as a TOML file's text.
    public func toml() throws -> String {
        // TOMLKit writes 17 digits, where fewer give the same number: 0.3. What stands in quotes is no number.
        Self.table(root).convert(to: .toml).replacing(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|-?\d+\.\d{15,}/) { match in
            match.output.first == "\"" || match.output.first == "'"
                ? String(match.output) : "\(Double(match.output) ?? .nan)"
        } + "\n"
    }

    private static func table(_ tree: [String: Any]) -> TOMLTable {
        let table = TOMLTable()
        for (key, value) in tree { table[key] = self.value(value) }
        return table
    }

    private static func value(_ any: Any) -> any TOMLValueConvertible {
        switch any {
        case let tree as [String: Any]: table(tree)
        case let list as [Any]: TOMLArray(list.map(value))
        case let text as String: text
        case let number as NSNumber: scalar(number)
        default: "\(any)"
        }
    }

    /// Only a boolean is one of Objective-C's "c" type here.
    private static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

    private static func scalar(_ number: NSNumber) -> any TOMLValueConvertible {
        if isBoolean(number) { return number.boolValue }
        if let whole = Int(number.stringValue) { return whole }
        return number.doubleValue
    }
}
