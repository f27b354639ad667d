import GlossNN
import GlossPipeline
import GlossText

/// What a number of a configuration may be.
package struct NumberBounds: Sendable {
    private let lowest: Double
    private let highest: Double
    /// Whether the lowest, or the highest, number is itself too much.
    private var excludesLowest = false
    private var excludesHighest = false

    /// From one number to another, both included.
    private static func from(_ lowest: Double, to highest: Double) -> NumberBounds {
        NumberBounds(lowest: lowest, highest: highest)
    }

    /// Above 0, up to a number.
    private static func positive(to highest: Double) -> NumberBounds {
        NumberBounds(lowest: 0, highest: highest, excludesLowest: true)
    }

    /// From 0 to less than 1.
    private static let part = NumberBounds(lowest: 0, highest: 1, excludesHighest: true)

    /// Features or units of what is there, and of what may be left out: a stored model has no more.
    private static let units = from(1, to: Double(EncoderConfiguration.mostUnits))
    private static let unitsOrNone = from(0, to: Double(EncoderConfiguration.mostUnits))

    /// How often, or how many; more would be a slip.
    private static let count = from(0, to: 1_000_000_000)

    /// Whether a number lies within; what is no number does not.
    func contains(_ value: Double) -> Bool {
        (excludesLowest ? value > lowest : value >= lowest) && (excludesHighest ? value < highest : value <= highest)
    }

    /// What to do.
    var remedy: String {
        func shown(_ value: Double) -> String {
            value == value.rounded() && value < 1e15 ? "\(Int(value))" : "\(value)"
        }
        return excludesLowest
            ? "give a number above \(shown(lowest)), at most \(shown(highest))"
            : "give a number from \(shown(lowest)) to \(excludesHighest ? "less than " : "")\(shown(highest))"
    }

    /// The bounds of every number of a run but its seed. "*" stands for the keys of a table that are the user's.
    package static let ofRun: [String: NumberBounds] = [
        "model.encoder.base.dropout": part,
        "model.encoder.base.hidden": units,
        "model.encoder.base.layers": from(0, to: Double(EncoderConfiguration.mostLayers)),
        "model.encoder.characterFeatures": unitsOrNone,
        "model.encoder.characterHidden": units,
        "model.encoder.columnFeatures": units,
        "model.encoder.embeddingDropout": part,
        "model.encoder.inputDropout": part,
        "model.encoder.maximumTokens": count,
        "model.encoder.outputDropout": part,
        "model.encoder.stack.dropout": part,
        "model.encoder.stack.hidden": units,
        "model.encoder.stack.layers": from(1, to: Double(EncoderConfiguration.mostLayers)),
        "model.encoder.stack.weightDropout": part,
        "model.encoder.wordDropout": part,
        "model.encoder.wordFeatures": units,
        "model.head.consistency": from(0, to: 1_000),
        "model.vocabulary.characterMinimumCount": count,
        "model.vocabulary.maximumSize": from(1, to: 1_000_000_000),
        "model.vocabulary.minimumCount": count,
        "training.adversarial.norm": positive(to: 1_000),
        "training.adversarial.unlabelled": from(0, to: 1_000),
        "training.adversarial.weight": from(0, to: 1_000),
        "training.batchTokens": from(1, to: 100_000_000),
        "training.epochs": from(1, to: 1_000_000),
        "training.evaluationsPerEpoch": from(1, to: 1_000_000),
        "training.ngrams.bucketBits": from(1, to: 24),
        "training.ngrams.characters": from(0, to: 16),
        "training.ngrams.costs": from(1e-6, to: 1_000_000),
        "training.ngrams.interpolations": from(0, to: 1),
        "training.ngrams.order": from(0, to: 16),
        "training.ngrams.passes": from(1, to: 1_000_000),
        "training.optimizer.averageDecay": part,
        "training.optimizer.averageFrom": count,
        "training.optimizer.beta1": part,
        "training.optimizer.beta2": part,
        "training.optimizer.clip": from(0, to: 1_000_000_000),
        "training.optimizer.epsilon": positive(to: 1),
        "training.optimizer.momentum": part,
        "training.optimizer.rate": positive(to: 1e30),
        "training.optimizer.rates.*": from(0, to: 1_000_000),
        "training.optimizer.unfreezing.*": from(0, to: 1),
        "training.optimizer.weightDecay": from(0, to: 1_000_000),
        "training.patience": count,
        "training.pretrainedWidth": unitsOrNone,
        "training.schedule.floor": from(0, to: 1),
        "training.schedule.warmup": from(0, to: 1),
        "training.shards": from(1, to: 64),
        "training.skipGram.bucketBits": from(0, to: 24),
        "training.skipGram.longest": from(1, to: 64),
        "training.skipGram.negatives": from(1, to: 1_000),
        "training.skipGram.shortest": from(1, to: 64),
        "training.skipGram.subsampling": from(0, to: 1),
        "training.skipGram.window": from(1, to: 1_000),
        "training.smoothing": part,
        "training.stream.columns": from(1, to: 65_536),
        "training.stream.samples": count,
        "training.stream.steps": from(1, to: 65_536),
        "training.vectorLength": from(0, to: 1_000_000),
        "training.vectorWords": count,
    ]
}

/// The words that a key of a configuration takes.
enum WordChoices {
    /// Those of a run, by key.
    static let ofRun: [String: [String]] = [
        "model.encoder.base.cell": names(CellKind.self),
        "model.encoder.stack.activation": names(Activation.self),
        "model.encoder.stack.cell": names(CellKind.self),
        "model.encoder.stack.connection": names(LayerConnection.self),
        "model.head.pooling": names(Pooling.self),
        "model.tokenizer.kind": names(TokenizerConfiguration.Kind.self),
        "model.tokenizer.normalization": names(Normalization.self),
        "model.vocabulary.kind": names(VocabularyConfiguration.Kind.self),
        "training.optimizer.kind": names(OptimizerConfiguration.Kind.self),
        "training.precision": [Precision.float32, .bfloat16].map(\.rawValue),
        "training.schedule.kind": names(RateSchedule.Kind.self),
    ]

    private static func names<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> [String] {
        type.allCases.map(\.rawValue)
    }
}
