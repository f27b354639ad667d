/// Precision, recall and F1 of spans as conlleval counts them: right means the same tokens and the same type.
///
/// Tjong Kim Sang and Buchholz 2000, section 5.
public struct SpanScore: Sendable, Hashable {
    /// What was found of each type.
    public private(set) var types: [String: MatchCounts] = [:]

    /// Nothing counted yet.
    public init() {}

    /// Counts one sentence: one span tag per token on either side.
    public mutating func add(gold: [String], predicted: [String]) {
        precondition(gold.count == predicted.count, "\(gold.count) gold tags, \(predicted.count) predicted")
        let goldSpans = Set(LabelledSpan.spans(in: gold))
        let predictedSpans = Set(LabelledSpan.spans(in: predicted))
        for span in goldSpans { types[span.type, default: MatchCounts()].gold += 1 }
        for span in predictedSpans { types[span.type, default: MatchCounts()].predicted += 1 }
        for span in goldSpans.intersection(predictedSpans) { types[span.type, default: MatchCounts()].correct += 1 }
    }

    /// What was found of all types together.
    public var overall: MatchCounts { types.values.reduce(MatchCounts(), +) }
}
