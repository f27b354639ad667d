/// A model as the user names it: `NAME`, its current version, or `NAME:VERSION`, exactly that one.
public struct ModelReference: Sendable, Hashable, CustomStringConvertible {
    /// The longest name, in characters.
    public static let maximumNameLength = 64

    /// The model's name: 1 to 64 ASCII letters, digits, `.`, `_` and `-`, the first a letter or a digit.
    public let name: String

    /// The version's number from 1, or nil for the current version.
    public let version: Int?

    /// `NAME` or `NAME:VERSION`.
    public var description: String { version.map { "\(name):\($0)" } ?? name }

    /// Names a model, or one version of it.
    ///
    /// - Throws: `StoreError.invalid` when the name breaks the rule above or the version is below 1.
    public init(name: String, version: Int? = nil) throws(StoreError) {
        try ModelReference.check(name: name)
        if let version, version < 1 {
            throw StoreError(.invalid, "model \(name): version \(version) does not exist, versions are numbered from 1")
        }
        self.name = name
        self.version = version
    }

    /// Reads `NAME` or `NAME:VERSION`.
    ///
    /// - Throws: `StoreError.invalid` naming the text and the part that is wrong.
    public init(parsing text: String) throws(StoreError) {
        guard let colon = text.firstIndex(of: ":") else {
            try self.init(name: text)
            return
        }
        let number = text[text.index(after: colon)...]
        guard number.allSatisfy({ ("0"..."9").contains($0) }), let version = Int(number) else {
            throw StoreError(
                .invalid,
                "model \"\(text)\": the version \"\(number)\" is not a number; write NAME or NAME:VERSION, as in sentiment:3"
            )
        }
        try self.init(name: String(text[..<colon]), version: version)
    }

    /// A reference known to be well formed, as read from a store's own rows.
    init(uncheckedName name: String, version: Int?) {
        self.name = name
        self.version = version
    }

    private static func check(name: String) throws(StoreError) {
        guard !name.isEmpty else {
            throw StoreError(.invalid, "a model's name is empty; write NAME or NAME:VERSION, as in sentiment:3")
        }
        guard name.count <= maximumNameLength else {
            throw StoreError(
                .invalid,
                "model \"\(name.prefix(maximumNameLength))…\": the name has \(name.count) characters, the limit is \(maximumNameLength)"
            )
        }
        if let first = name.first(where: { !isLetterOrDigit($0) && !"._-".contains($0) }) {
            throw StoreError(
                .invalid, "model \"\(name)\": \"\(first)\" may not stand in a name; use letters, digits, . _ and -")
        }
        guard let first = name.first, isLetterOrDigit(first) else {
            throw StoreError(.invalid, "model \"\(name)\": a name begins with a letter or a digit")
        }
    }

    private static func isLetterOrDigit(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
