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
        let (plain, direction) = tape.scalar(of: features, loss)
        let disturbance = batch.layout.scaledDirections(direction, lengthsOf: features.value, norm: adversarial.norm)
        let moved = add(features, Variable(disturbance), tape: tape)
        return add(plain, scaled(loss(moved, tape), by: adversarial.weight, tape: tape), tape: tape)
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
        let batches = Batching.batches(lengths: sequences.map(\.count), tokens: 2048)
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
