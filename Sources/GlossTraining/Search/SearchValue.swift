/// A value of a search's file, of whatever kind.
package enum SearchValue: Codable, Sendable, Equatable {
    case flag(Bool)
    case whole(Int)
    case real(Double)
    case text(String)
    case list([SearchValue])
    case table([String: SearchValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? container.decode(Int.self) {
            self = .whole(whole)
        } else if let real = try? container.decode(Double.self) {
            self = .real(real)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([SearchValue].self) {
            self = .list(list)
        } else {
            self = .table(try container.decode([String: SearchValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .flag(let flag): try container.encode(flag)
        case .whole(let whole): try container.encode(whole)
        case .real(let real): try container.encode(real)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .table(let table): try container.encode(table)
        }
    }

    /// The value as `--set` takes it: a word stands without quotes, unless it is in a list.
    package var setting: String {
        if case .text(let text) = self { return text }
        return toml
    }

    private var toml: String {
        switch self {
        case .flag(let flag): "\(flag)"
        case .whole(let whole): "\(whole)"
        case .real(let real): "\(real)"
        case .text(let text): "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .list(let list): "[\(list.map(\.toml).joined(separator: ", "))]"
        case .table(let table):
            "{ \(table.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.toml)" }.joined(separator: ", ")) }"
        }
    }

    /// The number, nil where it is none.
    package var number: Double? {
        switch self {
        case .whole(let whole): Double(whole)
        case .real(let real): real
        default: nil
        }
    }
}
