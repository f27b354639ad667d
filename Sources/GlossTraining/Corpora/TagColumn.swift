/// A column of a columns file that holds tags, and the name under which `TaggedSentence.tags` keeps it.
public struct TagColumn: Sendable, Hashable, CustomStringConvertible {
    /// Which column of the file is meant.
    public enum Source: Sendable, Hashable {
        /// The last column.
        case last
        /// The column with this number, counted from 1.
        case number(Int)
        /// The column with this name in the file's `# global.columns = …` line.
        case named(String)
    }

    /// The key in `TaggedSentence.tags`.
    public var name: String
    /// Which column of the file is meant.
    public var source: Source

    /// The last column, kept as `tag`.
    public static let last = TagColumn(name: "tag", source: .last)

    /// A column of the file kept under `name`.
    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }

    /// Reads `last`, a number from 1 (`3`) or a column's name (`ner`), optionally after the name to keep it under
    /// (`chunk=3`).
    ///
    /// A number alone is kept as `tag`; a column's name alone is lower-cased. Nil when a part is empty or the number
    /// is below 1.
    public init?(_ description: String) {
        let parts = description.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let selector = parts.last, !selector.isEmpty, let first = parts.first, !first.isEmpty else { return nil }
        let given = parts.count == 2 ? String(first) : nil
        if selector == "last" {
            self.init(name: given ?? "tag", source: .last)
        } else if let number = Int(selector) {
            guard number >= 1 else { return nil }
            self.init(name: given ?? "tag", source: .number(number))
        } else {
            self.init(name: given ?? selector.lowercased(), source: .named(String(selector)))
        }
    }

    /// The form that `init(_:)` reads.
    public var description: String {
        switch source {
        case .last: "\(name)=last"
        case .number(let number): "\(name)=\(number)"
        case .named(let column): "\(name)=\(column)"
        }
    }
}
