import GlossNN
import GlossText

/// Words → the word behind each and the word before it: what encoders of other models start from.
///
/// Both directions read the same features of words and predict with the vectors that were read (Peters et al. 2018).
public struct BidirectionalLanguageModel: Module {
    /// What it is made of.
    public let configuration: ModelConfiguration
    /// The vocabularies; its words hold `Vocabulary.endOfSequence`, which stands on either side of a text.
    public let lexicon: Lexicon
    /// Words → features.
    public var reader: WordReader
    /// Features → states of each direction.
    public var base: DirectionalStack
    /// Forward states → scores of the next word.
    public var ahead: GenerationHead
    /// Backward states → scores of the word before.
    public var back: GenerationHead

    /// A fresh model.
    public init(_ configuration: ModelConfiguration, lexicon: Lexicon, using random: inout RandomSource) {
        self.configuration = configuration
        self.lexicon = lexicon
        let encoder = configuration.encoder
        reader = WordReader(encoder, lexicon, tied: true, using: &random)
        base = DirectionalStack(input: reader.wordWidth, encoder.base, using: &random)
        func head() -> GenerationHead {
            GenerationHead(
                input: encoder.base.hidden, features: encoder.wordFeatures, symbols: lexicon.words.count,
                using: &random)
        }
        ahead = head()
        back = head()
    }

    /// The symbol on either side of a text.
    public var end: Int32 { lexicon.words.id(of: Vocabulary.endOfSequence) ?? 0 }

    /// Walks words, characters, base, ahead, back.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try reader.forEachParameter(path, body)
        try base.forEachParameter(join(path, "base"), body)
        try ahead.forEachParameter(join(path, "ahead"), body)
        try back.forEachParameter(join(path, "back"), body)
    }

    /// A batch → features of the word behind each and of the word before it, [rows, wordFeatures] each.
    public func features(_ batch: WordBatch, tape: Tape?) -> (ahead: Variable, back: Variable) {
        let x = lockedDropout(
            reader(batch, tape: tape), configuration.encoder.inputDropout, batch.layout, tape: tape)
        let states = base(x, batch.layout, tape: tape)
        return (ahead.features(states.forward, tape: tape), back.features(states.backward, tape: tape))
    }

    /// -log p of the word behind each and of the word before it in nats, summed over a batch: `next` and `previous` in
    /// the layout's order.
    public func nats(_ batch: WordBatch, next: [Int32], previous: [Int32]) -> (ahead: Double, back: Double) {
        let features = features(batch, tape: nil)
        func sum(_ features: Variable, _ head: GenerationHead, _ wanted: [Int32]) -> Double {
            // Scores of all words are wide: some rows at a time.
            stride(from: 0, to: wanted.count, by: 128).reduce(0) { sum, start in
                let rows = start..<min(start + 128, wanted.count)
                let some = gather(features, rows: rows.map { Int32($0) }, tape: nil)
                let scores = head.scores(some, table: reader.words.table, tape: nil).value
                return sum - logProbabilities(scores, of: Array(wanted[rows])).reduce(0) { $0 + Double($1) }
            }
        }
        return (sum(features.ahead, ahead, next), sum(features.back, back, previous))
    }
}
