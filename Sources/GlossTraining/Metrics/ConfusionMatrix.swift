/// How often each class was taken for each other, and the figures that follow from it.
public struct ConfusionMatrix: Sendable, Hashable {
    /// The number of classes.
    public let classCount: Int
    /// How often: `counts[gold][predicted]`.
    public private(set) var counts: [[Int]]

    /// An empty matrix over `classCount` classes.
    public init(classCount: Int) {
        precondition(classCount > 0, "\(classCount) classes")
        self.classCount = classCount
        counts = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    }

    /// The matrix of `predicted` against `gold`, both as class indices, one per example.
    public init(gold: [Int], predicted: [Int], classCount: Int) {
        precondition(gold.count == predicted.count, "\(gold.count) gold labels, \(predicted.count) predictions")
        self.init(classCount: classCount)
        for (gold, predicted) in zip(gold, predicted) { add(gold: gold, predicted: predicted) }
    }

    /// Counts one example.
    public mutating func add(gold: Int, predicted: Int) {
        counts[gold][predicted] += 1
    }

    /// Examples counted.
    public var exampleCount: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

    /// The share of examples whose class was found, 0…1; 0 without examples.
    public var accuracy: Double {
        let total = exampleCount
        return total == 0 ? 0 : Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total)
    }

    /// What was found of one class.
    public func matches(of index: Int) -> MatchCounts {
        MatchCounts(
            correct: counts[index][index], gold: counts[index].reduce(0, +),
            predicted: counts.reduce(0) { $0 + $1[index] })
    }

    /// The unweighted mean of the F1 of the classes that occur, in the gold data or among the predictions; 0…1.
    public var macroF1: Double {
        let occurring = counts.indices.map(matches).filter { $0.gold + $0.predicted > 0 }
        return occurring.isEmpty ? 0 : occurring.reduce(0) { $0 + $1.f1 } / Double(occurring.count)
    }
}
