/// The share of tags that were found, in every column.
public struct TagAccuracy: Sendable, Hashable {
    /// Tokens that have a tag of the column, and those of them whose tag was found.
    private var tokens: [String: Int] = [:], correct: [String: Int] = [:]

    /// Nothing counted yet.
    public init() {}

    /// Counts one sentence: column name → one tag per token. Columns that are only in `gold` or only in `predicted`
    /// are left out.
    public mutating func add(gold: [String: [String]], predicted: [String: [String]]) {
        let length = gold.values.first?.count ?? 0
        for (column, goldTags) in gold {
            guard let predictedTags = predicted[column] else { continue }
            precondition(
                goldTags.count == length && predictedTags.count == length,
                "column \(column): \(goldTags.count) gold tags, \(predictedTags.count) predicted, \(length) tokens")
            correct[column, default: 0] += zip(goldTags, predictedTags).count { $0 == $1 }
            tokens[column, default: 0] += length
        }
    }

    /// The columns counted, in alphabetical order.
    public var columns: [String] { correct.keys.sorted() }

    /// The share of right tags in `column`, 0…1; nil for a column that was never counted, or without tokens.
    public func accuracy(of column: String) -> Double? {
        guard let tokens = tokens[column], tokens > 0 else { return nil }
        return correct[column].map { Double($0) / Double(tokens) }
    }
}
