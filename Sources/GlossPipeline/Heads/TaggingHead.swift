import GlossNN
import GlossText

/// The tags of one column.
public struct TagSet: Codable, Sendable, Equatable {
    /// The column: "upos", "xpos", "feats", "tag".
    public let name: String
    /// The tags, most frequent first.
    public let tags: [String]
    /// Whether they are span tags in IOB2.
    public let holdsSpans: Bool

    /// The tags of a column.
    public init(name: String, tags: [String]) {
        self.name = name
        self.tags = tags
        holdsSpans = SpanTags.describes(tags)
    }
}

/// The tag of one token, with its probability.
public struct TagAnswer: Sendable, Equatable {
    /// The tag's index in its set.
    public var tag: Int32
    /// Its probability.
    public var probability: Float
    /// The probability of the whole span that the token is in: of its type and from its first to its last token, no
    /// more and no fewer. 0 outside of spans.
    public var span: Float = 0
}

/// What the network says about one sentence.
public struct SentenceAnswer: Sendable {
    /// A tag a step by column, as the sentence has them by itself.
    public var columns: [[TagAnswer]]
    /// By column what the tags were decoded from, [steps, tags], where other sentences have a say in them.
    var emissions: [Tensor?]
}

/// States → a tag a step in each column.
public struct TaggingHead: Head {
    /// The tags of each column.
    public let tagSets: [TagSet]
    /// States → scores of tags, one a column.
    public var outputs: [Linear]
    /// How tags follow each other, one a column; empty without a CRF.
    public var fields: [ConditionalRandomField]
    /// How much it counts that the same words are a span elsewhere in the document, in nats; see `settled`.
    public let consistency: Float

    /// A head for columns over a stack.
    public init(
        _ configuration: HeadConfiguration, tagSets: [TagSet], stack: RecurrentStack, using random: inout RandomSource
    ) {
        self.tagSets = tagSets
        outputs = []
        for set in tagSets { outputs.append(Linear(input: stack.output, output: set.tags.count, using: &random)) }
        consistency = configuration.consistency
        fields = configuration.crf ? tagSets.map { ConditionalRandomField(tags: $0.tags.count) } : []
    }

    /// Walks outputs, fields.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try outputs.forEachParameter(join(path, "outputs"), body)
        try fields.forEachParameter(join(path, "fields"), body)
    }

    /// Emissions [rows, tags], one a column.
    public func scores(_ states: Variable, _ layout: SequenceLayout, tape: Tape?) -> [Variable] {
        outputs.map { $0(states, tape: tape) }
    }

    /// The sum of the columns' losses; targets: [columns][steps], -1 where the data says nothing.
    public func loss(
        _ scores: [Variable], _ targets: [[[Int32]]], _ layout: SequenceLayout, options: LossOptions,
        normalizer: Float, tape: Tape?
    ) -> Variable {
        let losses = tagSets.indices.map { column in
            let wanted = layout.packed(targets.map { $0[column] })
            // A field needs every tag; a column with gaps is judged step by step.
            if !fields.isEmpty, wanted.allSatisfy({ $0 >= 0 }) {
                return fields[column].loss(
                    scores[column], targets: wanted, layout, normalizer: normalizer, tape: tape)
            }
            return crossEntropy(
                scores[column], targets: wanted, smoothing: options.smoothing, classWeights: options.classWeights,
                normalizer: normalizer, tape: tape)
        }
        return losses.dropFirst().reduce(losses[0]) { add($0, $1, tape: tape) }
    }

    /// The answers of sequences, each by itself. Span tags are always well-formed.
    public func answers(_ scores: [Variable], _ layout: SequenceLayout) -> [SentenceAnswer] {
        let columns = tagSets.indices.map { decoded(scores[$0].value, layout, column: $0) }
        let kept = tagSets.indices.map { isSettled($0) ? Self.unpacked(scores[$0].value, layout) : [] }
        return (0..<layout.batch).map { sequence in
            SentenceAnswer(
                columns: columns.map { $0[sequence] }, emissions: kept.map { $0.isEmpty ? nil : $0[sequence] })
        }
    }

    /// [rows, n] → [steps, n] of each sequence.
    private static func unpacked(_ tensor: Tensor, _ layout: SequenceLayout) -> [Tensor] {
        var result = layout.lengths.map { Tensor(zeros: [$0, tensor.columns]) }
        for (rank, index) in layout.order.enumerated() {
            for step in 0..<layout.lengths[index] {
                let row = layout.row(rank: rank, step: step)
                for column in 0..<tensor.columns {
                    result[index][step * tensor.columns + column] = tensor[row * tensor.columns + column]
                }
            }
        }
        return result
    }

    /// Whether other sentences have a say in a column's tags.
    func isSettled(_ column: Int) -> Bool { consistency > 0 && tagSets[column].holdsSpans }

    /// [sequences][steps]: the tags of one column.
    func decoded(_ emissions: Tensor, _ layout: SequenceLayout, column: Int) -> [[TagAnswer]] {
        withSpans(layout.unpacked(steps(emissions, layout, column: column)), emissions, layout, column: column)
    }

    /// The answers of sequences with the probabilities of their spans, where the column has spans.
    private func withSpans(
        _ answers: [[TagAnswer]], _ emissions: Tensor, _ layout: SequenceLayout, column: Int
    ) -> [[TagAnswer]] {
        guard let spans = SpanProbabilities(tagSets[column]) else { return answers }
        let found = answers.map { spans.stretches($0.map { Int($0.tag) }) }
        let probabilities =
            fields.isEmpty
            ? spans.independent(found, layout.unpacked(Self.rows(softmax(emissions))))
            : fields[column].probabilities(of: found, emissions, layout)
        var result = answers
        for (sequence, stretches) in found.enumerated() {
            for (stretch, probability) in zip(stretches, probabilities[sequence]) {
                for step in stretch.steps { result[sequence][step].span = probability }
            }
        }
        return result
    }

    private static func rows(_ tensor: Tensor) -> [[Float]] {
        tensor.withScalars { scalars in
            (0..<tensor.rows).map { Array(scalars[$0 * tensor.columns..<($0 + 1) * tensor.columns]) }
        }
    }

    private func steps(_ emissions: Tensor, _ layout: SequenceLayout, column: Int) -> [TagAnswer] {
        let tags = emissions.columns
        guard fields.isEmpty else {
            let field = fields[column]
            let names = tagSets[column].holdsSpans ? tagSets[column].tags : nil
            let best = field.decode(emissions, layout) { from, to in
                guard let names else { return true }
                return SpanTags.allows(names[to], after: from.map { names[$0] })
            }
            let marginals = field.marginals(emissions, layout)
            return best.enumerated().map { TagAnswer(tag: $1, probability: marginals[$0 * tags + Int($1)]) }
        }
        return softmax(emissions).withScalars { probabilities in
            (0..<layout.rows).map { row in
                var best = 0
                for tag in 1..<max(tags, 1) where probabilities[row * tags + tag] > probabilities[row * tags + best] {
                    best = tag
                }
                return TagAnswer(tag: Int32(best), probability: probabilities[row * tags + best])
            }
        }
    }

    /// A mean over steps.
    public static func normalizer(_ layout: SequenceLayout) -> Int { layout.rows }
}
