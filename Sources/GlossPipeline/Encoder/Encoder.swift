import GlossNN

/// Words → states: features of words, below them, where there is one, what a language model makes of them in both
/// directions, then the recurrent stack, which reads both.
public struct Encoder: Module {
    /// What it is made of.
    public let configuration: EncoderConfiguration
    /// Words → features.
    public var reader: WordReader
    /// The layers of a language model in both directions.
    public var base: DirectionalStack?
    /// The recurrent layers.
    public var stack: RecurrentStack

    /// An encoder for the vocabularies of `lexicon`.
    public init(_ configuration: EncoderConfiguration, _ lexicon: Lexicon, using random: inout RandomSource) {
        self.configuration = configuration
        reader = WordReader(configuration, lexicon, using: &random)
        if configuration.base.layers > 0 {
            base = DirectionalStack(input: reader.wordWidth, configuration.base, using: &random)
        }
        stack = RecurrentStack(
            input: reader.output + (base?.output ?? 0), configuration.stack, using: &random)
    }

    /// Walks words, characters, columns, base, stack.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try reader.forEachParameter(path, body)
        try base.forEachParameter(join(path, "base"), body)
        try stack.forEachParameter(join(path, "stack"), body)
    }

    /// A batch → states [rows, stack.output].
    public func callAsFunction(_ batch: WordBatch, tape: Tape?) -> Variable {
        states(features(batch, tape: tape), batch.layout, tape: tape)
    }

    /// A batch → what is known of each word alone, [rows, reader.output].
    package func features(_ batch: WordBatch, tape: Tape?) -> Variable { reader(batch, tape: tape) }

    /// Features [rows, reader.output] → states [rows, stack.output].
    package func states(_ features: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
        var x = lockedDropout(features, configuration.inputDropout, layout, tape: tape)
        if let base {
            let words = columns(features, 0..<reader.wordWidth, tape: tape)
            if tape == nil {
                var joined = Tensor(uninitialized: [layout.rows, reader.output + base.output])
                joined.setColumns(from: 0, to: features.value)
                base.infer(words.value, layout, into: &joined, column: reader.output)
                x = Variable(joined)
            } else {
                let (ahead, back) = base(words, layout, tape: tape)
                x = concatenate([x, ahead, back], tape: tape)
            }
        }
        return lockedDropout(stack(x, layout, tape: tape), configuration.outputDropout, layout, tape: tape)
    }
}
