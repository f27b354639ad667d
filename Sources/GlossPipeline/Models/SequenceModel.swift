import Dispatch
import GlossNN
import GlossText

/// Words → encoder → head → answers: what classification, numbers and tagging share.
public struct SequenceModel<H: Head>: Module {
    /// The vocabularies.
    public let lexicon: Lexicon
    /// Words → states.
    public var encoder: Encoder
    /// States → answers.
    public var head: H

    /// A model of its parts.
    public init(lexicon: Lexicon, encoder: Encoder, head: H) {
        self.lexicon = lexicon
        self.encoder = encoder
        self.head = head
    }

    /// Walks encoder, head.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try encoder.forEachParameter(join(path, "encoder"), body)
        try head.forEachParameter(join(path, "head"), body)
    }

    /// The loss of a batch in nats, Σ / normalizer. → [1]
    public func loss(
        _ sequences: [WordSequence], _ targets: [H.Target], options: LossOptions, normalizer: Float, tape: Tape?
    ) -> Variable {
        let batch = WordBatch(sequences, lexicon)
        func loss(_ features: Variable, _ tape: Tape?) -> Variable {
            let scores = head.scores(
                encoder.states(features, batch.layout, tape: tape), batch.layout, tape: tape)
            return head.loss(scores, targets, batch.layout, options: options, normalizer: normalizer, tape: tape)
        }
        let features = encoder.features(batch, tape: tape)
        let adversarial = options.adversarial
        guard adversarial.weight > 0, let tape else { return loss(features, tape) }
        let (plain, disturbed) = disturbed(features, batch.layout, norm: adversarial.norm, tape: tape, loss)
        return add(plain, scaled(disturbed, by: adversarial.weight, tape: tape), tape: tape)
    }

    /// The loss of features, and that of the same ones moved by `norm` in the direction that raises it most.
    fileprivate func disturbed(
        _ features: Variable, _ layout: SequenceLayout, norm: Float, tape: Tape, _ loss: (Variable, Tape) -> Variable
    ) -> (plain: Variable, disturbed: Variable) {
        let (plain, direction) = tape.scalar(of: features, loss)
        let disturbance = layout.scaledDirections(direction, lengthsOf: features.value, norm: norm)
        return (plain, loss(add(features, Variable(disturbance), tape: tape), tape))
    }

    /// The answers of a batch, in order.
    private func answers(batch sequences: [WordSequence], threads: Int) -> [H.Answer] {
        let batch = WordBatch(sequences, lexicon, threads: threads)
        return head.answers(head.scores(encoder(batch, tape: nil), batch.layout, tape: nil), batch.layout)
    }

    /// The answers of any number of sequences, in order: batches of similar length, computed on `threads`.
    ///
    /// Batching and threads change no bit of an answer.
    public func answers(_ sequences: [WordSequence], threads: Int) -> [H.Answer] {
        let batches = Batching.batches(lengths: sequences.map(\.count), tokens: 4096)
        let inside = batches.count == 1 ? threads : 1
        let results = Parallel.map(batches, threads: threads) { batch in
            answers(batch: batch.map { sequences[$0] }, threads: inside)
        }
        var ordered = [H.Answer?](repeating: nil, count: sequences.count)
        for (batch, answers) in zip(batches, results) {
            for (index, answer) in zip(batch, answers) { ordered[index] = answer }
        }
        return ordered.compactMap { $0 }
    }
}

extension SequenceModel where H == ClassificationHead {
    /// The loss of texts whose class nobody knows, in nats, Σ / normalizer: what the model answers now, with nothing dropped,
    /// shall be answered as well where words are dropped and moved (Miyato et al. 2017, section 3.3). → [1]
    public func loss(
        unlabelled sequences: [WordSequence], options: LossOptions, normalizer: Float, tape: Tape
    ) -> Variable {
        let batch = WordBatch(sequences, lexicon), layout = batch.layout
        let features = encoder.features(batch, tape: tape)
        let now = head.scores(encoder.states(Variable(features.value), layout, tape: nil), layout, tape: nil)
        // Where the answer is the same there is no direction yet: a little chance gives one.
        let norm = options.adversarial.norm
        let chance = layout.scaledDirections(
            Tensor(uniform: features.value.shape, bound: 1, using: &tape.random), lengthsOf: features.value,
            norm: norm / 10)
        let start = add(features, Variable(chance), tape: tape)
        let (plain, disturbed) = disturbed(start, layout, norm: norm, tape: tape) {
            head.loss(
                head.scores(encoder.states($0, layout, tape: $1), layout, tape: $1), like: now, normalizer: normalizer,
                tape: $1)
        }
        return scaled(add(plain, disturbed, tape: tape), by: options.adversarial.unlabelled, tape: tape)
    }
}

extension SequenceLayout {
    /// Each sequence's part of `direction` scaled to `norm` times the length of its features, of all rows together. Shapes:
    /// [rows, n] each → the same.
    fileprivate func scaledDirections(_ direction: Tensor, lengthsOf features: Tensor, norm: Float) -> Tensor {
        let n = direction.columns
        var scaled = direction
        func length(_ tensor: Tensor, _ rows: [Int]) -> Double {
            tensor.withScalars { scalars in
                rows.reduce(0) { sum, row in
                    (row * n..<(row + 1) * n).reduce(sum) { $0 + Double(scalars[$1] * scalars[$1]) }
                }.squareRoot()
            }
        }
        for (rank, index) in order.enumerated() {
            let rows = (0..<lengths[index]).map { row(rank: rank, step: $0) }
            let size = length(direction, rows)
            // A direction of length zero has no gradient to follow.
            let factor = size > 0 ? Float(Double(norm) * length(features, rows) / size) : 0
            let scalars = scaled.mutablePointer()
            for row in rows { for at in row * n..<(row + 1) * n { scalars[at] *= factor } }
        }
        return scaled
    }
}
