/// What was found of each class of one kind, the labels of texts or a column of tags, and which was taken for which.
public struct ClassReport: Sendable, Equatable {
    /// One class.
    public struct Row: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// What was found of it.
        public let matches: MatchCounts
    }

    /// One class taken for another.
    public struct Confusion: Sendable, Equatable {
        /// What it is, and what it was taken for.
        public let gold, predicted: String
        /// How often.
        public let count: Int
    }

    /// The kind: `label`, or the name of the column.
    public let column: String
    /// The classes that occur in the gold data or among the predictions, the most frequent in the gold data first.
    public let rows: [Row]
    /// The most frequent first; none where spans or several labels of a text are found or missed, not taken for others.
    public let confusions: [Confusion]

    /// The report of classes whose matches are counted.
    package init(column: String, _ matches: some Sequence<(key: String, value: MatchCounts)>) {
        self.init(column, matches.map { Row(name: $0.key, matches: $0.value) }, [])
    }

    /// The report of one class an example, `predicted` against `gold`; room grows with the pairs that occur.
    package init(column: String, gold: [String], predicted: [String]) {
        struct Pair: Hashable { let gold, predicted: String }
        var matches: [String: MatchCounts] = [:], taken: [Pair: Int] = [:]
        for (gold, predicted) in zip(gold, predicted) {
            matches[gold, default: MatchCounts()].gold += 1
            matches[predicted, default: MatchCounts()].predicted += 1
            if gold == predicted {
                matches[gold, default: MatchCounts()].correct += 1
            } else {
                taken[Pair(gold: gold, predicted: predicted), default: 0] += 1
            }
        }
        self.init(
            column, matches.map { Row(name: $0.key, matches: $0.value) },
            taken.map { Confusion(gold: $0.key.gold, predicted: $0.key.predicted, count: $0.value) })
    }

    private init(_ column: String, _ rows: [Row], _ confusions: [Confusion]) {
        self.column = column
        self.rows = rows.filter { $0.matches.gold + $0.matches.predicted > 0 }
            .sorted { (-$0.matches.gold, $0.name) < (-$1.matches.gold, $1.name) }
        self.confusions = confusions.sorted { (-$0.count, $0.gold, $0.predicted) < (-$1.count, $1.gold, $1.predicted) }
    }
}
