/// A bidirectional sweep over the characters of each word: words → [words, 2 · hidden].
public struct CharacterEncoder: Module {
    /// Vectors of characters.
    public var embedding: Embedding { didSet { known = KnownForms(features: output) } }
    /// The sweep.
    public var layer: Bidirectional { didSet { known = KnownForms(features: output) } }
    /// Of these parameters.
    private var known: KnownForms

    /// An encoder of `count` characters.
    public init(count: Int, features: Int, hidden: Int, cell: CellKind = .lstm, using random: inout RandomSource) {
        embedding = Embedding(
            count: count, features: features, bound: (3 / Float(features)).squareRoot(), using: &random)
        layer = Bidirectional(input: features, hidden: hidden, cell: cell, using: &random)
        known = KnownForms(features: layer.output)
    }

    /// Features of a word.
    public var output: Int { layer.output }

    /// Walks embedding, layer.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try embedding.forEachParameter(join(path, "embedding"), body)
        try layer.forEachParameter(join(path, "layer"), body)
    }

    /// Character ids of each word (each with at least one) → [words, output].
    ///
    /// Prepared for serving, it knows words that it has read before: the same bits without the sweep.
    public func callAsFunction(_ words: [[Int32]], dropout: Float, tape: Tape?) -> Variable {
        guard tape == nil, layer.forward.inputWeight.packed != nil else {
            return swept(words, dropout: dropout, tape: tape)
        }
        return Variable(known.forms(words) { swept($0, dropout: dropout, tape: nil).value })
    }

    private func swept(_ words: [[Int32]], dropout: Float, tape: Tape?) -> Variable {
        let layout = SequenceLayout(lengths: words.map(\.count))
        let x = lockedDropout(embedding(layout.packed(words), tape: tape), dropout, layout, tape: tape)
        var state = RecurrentState(batch: layout.batch, hidden: layer.forward.hidden)
        let states = layer(x, layout, state: &state, tape: tape)
        return poolLast(states, layout, bidirectional: true, tape: tape)
    }
}
