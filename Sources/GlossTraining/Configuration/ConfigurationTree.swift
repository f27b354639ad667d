import Foundation
import TOMLKit

/// A configuration as a tree of keys, so that a file may name only what it changes.
public struct ConfigurationTree {
    private var root: [String: Any]

    /// The tree of a configuration, every key written out.
    public init(_ configuration: some Encodable) throws {
        // JSON is the common ground: it writes Float 0.3 as 0.3.
        let data = try JSONEncoder().encode(configuration)
        root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// The tree of a file's text; `file` is named in errors.
    ///
    /// - Throws: `ConfigurationError` with the line and column where the text is not TOML.
    public init(toml: String, file: String) throws {
        do {
            let json = try TOMLTable(string: toml).convert(to: .json)
            root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
        } catch let error as TOMLParseError {
            let place = "\(file):\(error.source.begin.line):\(error.source.begin.column)"
            throw ConfigurationError(place: place, message: error.description)
        }
    }

    /// The configuration that the tree describes.
    ///
    /// - Throws: `ConfigurationError` with the key whose value is missing or of another type.
    public func decoded<Configuration: Decodable>(_ type: Configuration.Type = Configuration.self) throws
        -> Configuration
    {
        do {
            return try JSONDecoder().decode(
                Configuration.self, from: JSONSerialization.data(withJSONObject: root))
        } catch let error as DecodingError {
            throw ConfigurationError(place: Self.path(error), message: "the value is not of the key's kind")
        }
    }

    private static func path(_ error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found): context = found
        case .keyNotFound(_, let found): context = found
        @unknown default: return "the configuration"
        }
        return context.codingPath.map(\.stringValue).joined(separator: ".")
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
        func assigned(_ table: [String: Any], _ depth: Int) throws -> [String: Any] {
            var table = table
            guard let old = table[path[depth]] else { throw Self.unknown(Array(path[...depth]), table, place: place) }
            if depth == path.count - 1 {
                table[path[depth]] = try Self.scalar(value, like: old, place: place)
            } else {
                guard let inner = old as? [String: Any] else {
                    throw ConfigurationError(
                        place: place, message: "\(path[...depth].joined(separator: ".")) is no table")
                }
                table[path[depth]] = try assigned(inner, depth + 1)
            }
            return table
        }
        guard !path.isEmpty else { throw ConfigurationError(place: place, message: "is no key=value") }
        root = try assigned(root, 0)
    }

    private static func scalar(_ value: String, like old: Any, place: String) throws -> Any {
        if old is String, !value.hasPrefix("\"") { return value }
        guard let parsed = try? ConfigurationTree(toml: "value = \(value)", file: place).root["value"] else {
            let now = (old as? NSNumber).map { "\(Self.scalar($0))" } ?? (old is String ? "text" : "a list")
            throw ConfigurationError(place: place, message: "“\(value)” is no value for it; it is \(now) now")
        }
        return parsed
    }

    /// The tree as a TOML file's text.
    public func toml() throws -> String {
        // TOMLKit writes 17 digits, where fewer give the same number: 0.3.
        Self.table(root).convert(to: .toml).replacing(/-?\d+\.\d{15,}/) { "\(Double($0.output) ?? .nan)" } + "\n"
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

    private static func scalar(_ number: NSNumber) -> any TOMLValueConvertible {
        // Only a boolean is one of Objective-C's "c" type here.
        if String(cString: number.objCType) == "c" { return number.boolValue }
        if let whole = Int(number.stringValue) { return whole }
        return number.doubleValue
    }
}
