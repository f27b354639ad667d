import GlossNN
import GlossText

/// Candidates of a stretch of text as the network reads them.
public struct CandidateSequence: Sendable {
    /// Rows of the table of features, those of a candidate behind each other.
    var ids: [Int32]

    /// The number of candidates.
    public var count: Int { ids.count / CandidateFeatures.count }

    /// A stretch of candidates.
    package subscript(range: Range<Int>) -> CandidateSequence {
        let each = CandidateFeatures.count
        return CandidateSequence(ids: Array(ids[range.lowerBound * each..<range.upperBound * each]))
    }
}

/// What is decided at the end of a candidate.
public struct CandidateEnd: Sendable, Equatable {
    /// Whether a token ends there, and with it a sentence, or neither.
    package var cut: Candidate.Cut
    /// Whether the token that ends there stands for several words; nil where the data says nothing.
    package var isMultiword: Bool?

    package init(_ cut: Candidate.Cut, isMultiword: Bool?) {
        self.cut = cut
        self.isMultiword = isMultiword
    }
}

/// Candidates → features of their characters → a recurrent network in both directions → what ends where.
public struct SegmentationNetwork: Module {
    /// What it is made of.
    public let configuration: EncoderConfiguration
    let features: FeatureVocabulary
    /// Vectors of features; a candidate's are added.
    public var table: Embedding
    /// The recurrent layers over candidates.
    public var stack: RecurrentStack
    /// States → scores of no end, a token's, a sentence's.
    public var cuts: Linear
    /// States → scores of one word, of several.
    public var multiwords: Linear

    init(_ configuration: EncoderConfiguration, features: FeatureVocabulary, using random: inout RandomSource) {
        self.configuration = configuration
        self.features = features
        table = Embedding(
            count: features.count, features: configuration.wordFeatures,
            bound: (3 / Float(configuration.wordFeatures * CandidateFeatures.count)).squareRoot(), using: &random)
        stack = RecurrentStack(input: configuration.wordFeatures, configuration.stack, using: &random)
        cuts = Linear(input: stack.output, output: 3, using: &random)
        multiwords = Linear(input: stack.output, output: 2, using: &random)
    }

    /// Walks table, stack, cuts, multiwords.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try table.forEachParameter(join(path, "table"), body)
        try stack.forEachParameter(join(path, "stack"), body)
        try cuts.forEachParameter(join(path, "cuts"), body)
        try multiwords.forEachParameter(join(path, "multiwords"), body)
    }

    /// How much the network leans to end a sentence, in nats.
    package var sentenceBias: Float {
        get { cuts.bias?.value[Int(Candidate.Cut.sentence.rawValue)] ?? 0 }
        set { cuts.bias?.value[Int(Candidate.Cut.sentence.rawValue)] = newValue }
    }

    /// How much the network leans to take a token for several words, in nats.
    package var multiwordBias: Float {
        get { multiwords.bias?.value[1] ?? 0 }
        set { multiwords.bias?.value[1] = newValue }
    }

    /// The sequence of candidates in valid UTF-8.
    package func sequence(
        _ bytes: UnsafeBufferPointer<UInt8>, _ candidates: ArraySlice<Candidate>
    ) -> CandidateSequence {
        var ids: [Int32] = []
        ids.reserveCapacity(candidates.count * CandidateFeatures.count)
        var slot = 0
        // The closure takes the vocabulary alone: a copy of the whole network a feature costs more than its row.
        let features = features
        CandidateFeatures(bytes, candidates).forEach { hash in
            ids.append(features.row(hash, slot: slot))
            slot = slot + 1 == CandidateFeatures.count ? 0 : slot + 1
        }
        return CandidateSequence(ids: ids)
    }

    private func scores(_ sequences: [CandidateSequence], _ layout: SequenceLayout, tape: Tape?) -> (Variable, Variable)
    {
        let each = CandidateFeatures.count
        var ids: [Int32] = []
        ids.reserveCapacity(layout.rows * each)
        for step in layout.active.indices {
            for rank in 0..<layout.active[step] {
                let at = ids.count
                ids += sequences[layout.order[rank]].ids[step * each..<(step + 1) * each]
                if let tape, configuration.wordDropout > 0, tape.random.uniform() < configuration.wordDropout {
                    for slot in CandidateFeatures.forms { ids[at + slot] = Int32(slot) }
                }
            }
        }
        let x = lockedDropout(
            table.sums(ids, each: each, tape: tape), configuration.inputDropout, layout, tape: tape)
        let states = lockedDropout(stack(x, layout, tape: tape), configuration.outputDropout, layout, tape: tape)
        return (cuts(states, tape: tape), multiwords(states, tape: tape))
    }

    /// The loss of a batch in nats, Σ / normalizer. → [1]
    package func loss(
        _ sequences: [CandidateSequence], _ ends: [[CandidateEnd]], smoothing: Float, normalizer: Float, tape: Tape?
    ) -> Variable {
        let layout = SequenceLayout(lengths: sequences.map(\.count))
        let (cutScores, multiwordScores) = scores(sequences, layout, tape: tape)
        let wanted = layout.packed(ends)
        let cutLoss = crossEntropy(
            cutScores, targets: wanted.map { Int32($0.cut.rawValue) }, smoothing: smoothing, normalizer: normalizer,
            tape: tape)
        let multiwordLoss = crossEntropy(
            multiwordScores, targets: wanted.map { end in end.isMultiword.map { $0 ? 1 : 0 } ?? -1 },
            smoothing: smoothing, normalizer: normalizer, tape: tape)
        return add(cutLoss, multiwordLoss, tape: tape)
    }

    /// What ends behind each candidate of each sequence.
    package func ends(_ sequences: [CandidateSequence]) -> [[CandidateEnd]] {
        let layout = SequenceLayout(lengths: sequences.map(\.count))
        let (cutScores, multiwordScores) = scores(sequences, layout, tape: nil)
        let ends = cutScores.value.withScalars { cuts in
            multiwordScores.value.withScalars { multiwords in
                (0..<layout.rows).map { row in
                    let none = cuts[row * 3], token = cuts[row * 3 + 1], sentence = cuts[row * 3 + 2]
                    let cut: Candidate.Cut = sentence > max(none, token) ? .sentence : token > none ? .token : .none
                    return CandidateEnd(cut, isMultiword: multiwords[row * 2 + 1] > multiwords[row * 2])
                }
            }
        }
        return layout.unpacked(ends)
    }
}
