/// How well labels were found, of which an example has one or several.
public struct LabelScore: Sendable, Hashable {
    /// What was found of each label.
    public private(set) var labels: [MatchCounts]
    /// Examples counted.
    public private(set) var exampleCount = 0
    private var exactMatches = 0

    /// The score of `predicted` against `gold`, one set of label indices per example.
    public init(gold: [Set<Int>], predicted: [Set<Int>], labelCount: Int) {
        precondition(gold.count == predicted.count, "\(gold.count) gold sets, \(predicted.count) predicted")
        labels = Array(repeating: MatchCounts(), count: labelCount)
        for (gold, predicted) in zip(gold, predicted) {
            exampleCount += 1
            exactMatches += gold == predicted ? 1 : 0
            for label in gold { labels[label].gold += 1 }
            for label in predicted { labels[label].predicted += 1 }
            for label in gold.intersection(predicted) { labels[label].correct += 1 }
        }
    }

    /// The score of one label an example.
    public init(gold: [Int], predicted: [Int], labelCount: Int) {
        self.init(gold: gold.map { [$0] }, predicted: predicted.map { [$0] }, labelCount: labelCount)
    }

    /// The share of examples whose set was found exactly, 0…1: the accuracy, where a set is one label; 0 without
    /// examples.
    public var exactMatch: Double { exampleCount == 0 ? 0 : Double(exactMatches) / Double(exampleCount) }

    /// Precision, recall and F1 over all decisions together.
    public var micro: MatchCounts { labels.reduce(MatchCounts(), +) }

    /// The unweighted mean of the F1 of the labels that occur, in the gold data or among the predictions; 0…1.
    public var macroF1: Double {
        let occurring = labels.filter { $0.gold + $0.predicted > 0 }
        return occurring.isEmpty ? 0 : occurring.reduce(0) { $0 + $1.f1 } / Double(occurring.count)
    }
}
