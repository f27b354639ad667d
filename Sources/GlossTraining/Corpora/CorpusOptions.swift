/// What to do with bytes that are not UTF-8.
public enum InvalidUTF8Policy: String, Sendable, Hashable, CaseIterable {
    /// Throw an error that names file, line and byte.
    case error
    /// Put U+FFFD in the place of each ill-formed sequence.
    case replace
}

/// How corpora are read.
public struct CorpusOptions: Sendable, Hashable {
    /// What to do with bytes that are not UTF-8.
    public var invalidUTF8: InvalidUTF8Policy
    /// Whether malformed lines are counted and skipped instead of ending the run.
    public var skipsBadLines: Bool
    /// The columns of a columns file that hold tags; by default the last one. Where there are none, tokens alone are read.
    public var tagColumns: [TagColumn]
    /// What separates several labels in a TSV's label column (`a|b`); nil: the column is one label.
    public var labelSeparator: Character?
    /// The longest line accepted, in bytes.
    public var maximumLineBytes: Int

    /// The default limit on a line: 64 MiB.
    public static let defaultMaximumLineBytes = 64 << 20

    /// Options with every default: strict UTF-8, no line skipped, the last column is the tag.
    public init(
        invalidUTF8: InvalidUTF8Policy = .error,
        skipsBadLines: Bool = false,
        tagColumns: [TagColumn] = [.last],
        labelSeparator: Character? = nil,
        maximumLineBytes: Int = CorpusOptions.defaultMaximumLineBytes
    ) {
        self.invalidUTF8 = invalidUTF8
        self.skipsBadLines = skipsBadLines
        self.tagColumns = tagColumns
        self.labelSeparator = labelSeparator
        self.maximumLineBytes = maximumLineBytes
    }
}
