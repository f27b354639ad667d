/// How well sets of labels were found, where an example may have several.
public struct MultiLabelScore: Sendable, Hashable {
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

    /// The share of examples whose set was found exactly, 0…1; 0 without examples.
    public var exactMatch: Double { exampleCount == 0 ? 0 : Double(exactMatches) / Double(exampleCount) }

    /// Precision, recall and F1 over all decisions together.
    public var micro: MatchCounts { labels.reduce(MatchCounts(), +) }

    /// The unweighted mean of the F1 of the labels that occur, in the gold data or among the predictions; 0…1.
    public var macroF1: Double {
        let occurring = labels.filter { $0.gold + $0.predicted > 0 }
        return occurring.isEmpty ? 0 : occurring.reduce(0) { $0 + $1.f1 } / Double(occurring.count)
    }
}
