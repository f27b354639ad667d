import GlossNN
import GlossText

/// The class of one text.
public struct Classification: Sendable, Equatable {
    /// The most probable label.
    public var label: String
    /// Its probability.
    public var probability: Float
    /// The probability of every label, in the model's order.
    public var probabilities: [Float]
}

/// How the two views' logits are weighed, chosen on held-out data so that probabilities are calibrated (Guo et al. 2017).
public struct Calibration: Codable, Sendable, Equatable {
    /// The factor of the network's logits.
    public var network: Float = 1
    /// The factor of the n-gram view's logits.
    public var ngrams: Float = 0

    /// Factors; by themselves those of the network alone.
    public init(network: Float = 1, ngrams: Float = 0) {
        self.network = network
        self.ngrams = ngrams
    }

    /// The logits of both views together.
    public func combine(_ network: [Float], _ ngrams: [Float]) -> [Float] {
        zip(network, ngrams).map { self.network * $0 + self.ngrams * $1 }
    }
}

/// Text → class: tokenize, ids, encode, pool, answer, with an n-gram view beside the network.
public struct TextClassifier: Module {
    /// What it is made of.
    public let configuration: ModelConfiguration
    /// The labels.
    public let labels: [String]
    /// Words → logits.
    public var network: SequenceModel<ClassificationHead>
    /// The second view.
    public var ngrams: NGramClassifier?
    /// How the views are weighed.
    public var calibration = Calibration()
    private let tokenizer: Tokenizer

    /// A fresh model. Throws `TextError` when the tokenizer's configuration cannot be served.
    public init(
        _ configuration: ModelConfiguration, lexicon: Lexicon, labels: [String], using random: inout RandomSource
    ) throws(TextError) {
        self.configuration = configuration
        self.labels = labels
        tokenizer = try Tokenizer(configuration.tokenizer)
        let encoder = Encoder(configuration.encoder, lexicon, using: &random)
        let classes = configuration.head.classes
        let groups = labels.map { label in classes.indices.filter { configuration.head.groups[classes[$0]] == label } }
        let head = ClassificationHead(
            configuration.head, stack: encoder.stack, classes: classes.isEmpty ? labels.count : classes.count,
            groups: classes.isEmpty ? [] : groups, using: &random)
        network = SequenceModel(lexicon: lexicon, encoder: encoder, head: head)
    }

    /// Walks network, ngrams.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try network.forEachParameter(join(path, "network"), body)
        try ngrams.forEachParameter(join(path, "ngrams"), body)
    }

    /// A text's tokens. Throws `TextError` for a text that ICU cannot read.
    func tokens(_ text: String) throws(TextError) -> [Token] { try tokenizer.tokens(in: text) }

    /// A text's words. Throws `TextError` for a text that ICU cannot read.
    public func words(_ text: String) throws(TextError) -> [String] { try tokens(text).map(\.text) }

    /// The classes of texts, in order.
    public func callAsFunction(_ texts: [String], threads: Int = 1) throws(TextError) -> [Classification] {
        var words: [[String]] = []
        for text in texts { words.append(try self.words(text)) }
        return classify(words: words, threads: threads)
    }

    /// The classes of texts that are words already, in order.
    public func classify(words: [[String]], threads: Int = 1) -> [Classification] {
        logits(words: words, threads: threads).map { network, ngrams in
            classification(calibration.combine(network, ngrams))
        }
    }

    /// The logits of both views; zeros for a view that is not there.
    public func logits(words: [[String]], threads: Int) -> [(network: [Float], ngrams: [Float])] {
        let sequences = words.map {
            network.lexicon.sequence($0, maximum: configuration.encoder.maximumTokens)
        }
        let answers = network.answers(sequences, threads: threads)
        return zip(words, answers).map { words, answer in
            (answer, ngrams?.logits(words) ?? [Float](repeating: 0, count: labels.count))
        }
    }

    private func classification(_ logits: [Float]) -> Classification {
        let row = Tensor([1, logits.count], logits)
        let probabilities =
            configuration.head.multiLabel
            ? Activation.sigmoid(Variable(row), tape: nil).value.scalars : softmax(row).scalars
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        return Classification(label: labels[best], probability: probabilities[best], probabilities: probabilities)
    }
}
