import GlossNN
import GlossPipeline

/// How a model is trained.
public struct TrainingConfiguration: Codable, Sendable, Equatable {
    /// Passes over the data at most.
    public var epochs = 20
    /// Tokens in a batch.
    public var batchTokens = 1500
    /// Parts of a batch whose gradients are computed apart and added in order: the most threads that can work at once.
    /// The result depends on this number, not on the threads.
    public var shards = 2
    /// Evaluations without improvement after which training ends; 0 never ends early.
    public var patience = 5
    /// Evaluations in an epoch.
    public var evaluationsPerEpoch = 1
    /// The part of a target's probability that is spread over all classes.
    public var smoothing: Float = 0.03
    /// The loss of disturbed words beside that of the true ones.
    public var adversarial = AdversarialConfiguration()
    /// Whether rare classes weigh more, in inverse proportion to their counts.
    public var balancesClasses = false
    /// What the products of a step multiply: "float32", or "bfloat16", which is faster where the processor has it and
    /// keeps weights, sums and gradients in float32.
    public var precision = Precision.float32
    /// Where all random numbers start.
    public var seed: UInt64 = 1
    /// The update rule.
    public var optimizer = OptimizerConfiguration()
    /// How the rate changes.
    public var schedule = RateSchedule()
    /// The n-gram view of a classifier.
    public var ngrams = NGramConfiguration()
    /// Batches of a language model.
    public var stream = StreamConfiguration()
    /// Vectors that words start from: a text file in word2vec's, GloVe's or fastText's format, or a model of
    /// `gloss train vectors`; empty: none.
    public var vectors = ""
    /// A model that words, characters and the layers below the stack start from, of `gloss train pretrain` or any that classifies
    /// or tags; for a generator, one that it is trained further from; empty: none.
    public var pretrained = ""
    /// Whether the model of `pretrained`, of the same task, is trained further as a whole: its sizes, words, layers and head are
    /// kept, new words stand behind its own, and only dropout, new words and names of labels are as `model` says. Otherwise a
    /// new stack and head learn on what it knows of words.
    public var continues = false
    /// Hidden units a direction that the layers of the model of `pretrained` are widened to, those below a stack or a generator's: the new
    /// ones come behind its own, which hear nothing of them at first; 0: as many as it has.
    public var pretrainedWidth = 0
    /// Words of the vectors or of the pretrained model, most frequent first, that have an id even where training shows them too seldom.
    public var vectorWords = 0
    /// The mean length that vectors are scaled to; 0 leaves them as they are.
    public var vectorLength: Float = 0
    /// How vectors are learned from plain text.
    public var skipGram = SkipGramConfiguration()

    /// The defaults.
    public init() {}
}

/// The n-gram view beside a classifier's network.
public struct NGramConfiguration: Codable, Sendable, Equatable {
    /// The longest n-gram; 0 leaves the view out.
    public var order = 2
    /// The longest n-gram of a word's characters, of three or more and with marks at the word's ends; 0 takes none.
    public var characters = 0
    /// Buckets that n-grams are hashed into: 2 to this power.
    public var bucketBits = 18
    /// Passes over the data.
    public var passes = 12
    /// What a text on the wrong side costs: each is tried.
    public var costs: [Float] = [0.03, 0.1, 0.3, 1]
    /// How much of a weight is its own and not the mean: each is tried.
    public var interpolations: [Float] = [0.25, 0.5, 1]

    /// The defaults.
    public init() {}
}

/// How a text becomes batches of a language model.
public struct StreamConfiguration: Codable, Sendable, Equatable {
    /// Streams that are read side by side.
    public var columns = 32
    /// Steps of a batch: gradients reach back no further, states do.
    public var steps = 64
    /// Symbols drawn beside a batch's own when the softmax is sampled; 0 always takes all symbols.
    public var samples = 0

    /// The defaults.
    public init() {}
}
