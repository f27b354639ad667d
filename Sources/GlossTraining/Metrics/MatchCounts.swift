/// How many of the gold things were found: precision, recall and their harmonic mean.
public struct MatchCounts: Sendable, Hashable {
    /// Predicted things that are gold.
    public var correct: Int
    /// Things in the gold data.
    public var gold: Int
    /// Things predicted.
    public var predicted: Int

    /// Counts of what was found.
    public init(correct: Int = 0, gold: Int = 0, predicted: Int = 0) {
        self.correct = correct
        self.gold = gold
        self.predicted = predicted
    }

    /// Correct among the predicted, 0…1; 0 when nothing was predicted.
    public var precision: Double { predicted == 0 ? 0 : Double(correct) / Double(predicted) }
    /// Correct among the gold, 0…1; 0 when there is nothing to find.
    public var recall: Double { gold == 0 ? 0 : Double(correct) / Double(gold) }
    /// The harmonic mean of precision and recall, 0…1; 0 when both are.
    public var f1: Double { gold + predicted == 0 ? 0 : 2 * Double(correct) / Double(gold + predicted) }

    /// The counts of two parts of the data together.
    public static func + (left: MatchCounts, right: MatchCounts) -> MatchCounts {
        MatchCounts(
            correct: left.correct + right.correct, gold: left.gold + right.gold,
            predicted: left.predicted + right.predicted)
    }

    /// Adds the counts of another part of the data.
    public static func += (left: inout MatchCounts, right: MatchCounts) { left = left + right }
}
