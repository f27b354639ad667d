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
        let scores = head.scores(encoder(batch, tape: tape), batch.layout, tape: tape)
        return head.loss(scores, targets, batch.layout, options: options, normalizer: normalizer, tape: tape)
    }

    /// The answers of a batch, in order.
    public func answers(batch sequences: [WordSequence]) -> [H.Answer] {
        let batch = WordBatch(sequences, lexicon)
        return head.answers(head.scores(encoder(batch, tape: nil), batch.layout, tape: nil), batch.layout)
    }

    /// The answers of any number of sequences, in order: batches of similar length, computed on `threads`.
    ///
    /// Batching changes no bit of an answer.
    public func answers(_ sequences: [WordSequence], threads: Int) -> [H.Answer] {
        let batches = Batching.batches(lengths: sequences.map(\.count), tokens: 2048)
        let results = Parallel.map(batches, threads: threads) { batch in answers(batch: batch.map { sequences[$0] }) }
        var ordered = [H.Answer?](repeating: nil, count: sequences.count)
        for (batch, answers) in zip(batches, results) {
            for (index, answer) in zip(batch, answers) { ordered[index] = answer }
        }
        return ordered.compactMap { $0 }
    }
}
