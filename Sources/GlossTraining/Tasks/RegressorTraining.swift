import GlossNN
import GlossPipeline
import GlossText

/// From texts with a value to a model that gives the number of a text.
public struct RegressorTraining: Sendable {
    /// What the model is made of.
    public let model: ModelConfiguration
    /// How it is trained.
    public let training: TrainingConfiguration
    let threads: Int
    let start: StartingPoint
    /// The model that is trained further.
    private let known: TextRegressor?
    let words, heldWords: [[String]]
    let targets, heldTargets: [Float]
    let lexicon: Lexicon

    /// Prepares training on `examples`, judged on `held`. A model that is trained further keeps its sizes and words, and has those of
    /// the examples behind them.
    ///
    /// Throws `TextError` for a vocabulary without words, `TrainingError` for a start from a model of another task.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, examples: [NumberedText],
        held: [NumberedText], start: StartingPoint = .none, threads: Int
    ) throws {
        known = try start.whole { if case .number(let regressor) = $0 { regressor } else { nil } }
        let model = try known?.configuration.further(as: model) ?? start.adapted(model, width: training.pretrainedWidth)
        self.model = model
        self.training = training
        self.threads = threads
        self.start = start
        words = try ClassifierTraining.words(examples.map(\.text), model.tokenizer, threads)
        heldWords = try ClassifierTraining.words(held.map(\.text), model.tokenizer, threads)
        targets = examples.map(\.value)
        heldTargets = held.map(\.value)
        lexicon = try Lexicon(
            model, further: known?.network.lexicon, words: words, start: start, vectorWords: training.vectorWords)
    }

    /// A fresh model that knows the mean and spread of the values, or the one that is trained further, which keeps its own.
    public func freshModel() throws -> TextRegressor {
        var random = RandomSource(seed: training.seed)
        var result = try TextRegressor(model, lexicon: lexicon, using: &random)
        try result.network.begin(further: known?.network, start: start, length: training.vectorLength)
        if let known {
            result.network.head.mean = known.network.head.mean
            result.network.head.deviation = known.network.head.deviation
            return result
        }
        let values = targets.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        result.network.head.mean = Float(mean)
        result.network.head.deviation = max(Float(variance.squareRoot()), 1e-6)
        return result
    }

    /// The network's task.
    public func task() -> SequenceTask<NumberHead> {
        let held = heldWords.map { lexicon.sequence($0, maximum: model.encoder.maximumTokens) }
        return SequenceTask(
            sequences: words.map { lexicon.sequence($0, maximum: model.encoder.maximumTokens) }, targets: targets,
            options: LossOptions(adversarial: training.adversarial), batchTokens: training.batchTokens
        ) { [heldTargets, threads] network in
            Self.evaluation(gold: heldTargets, predicted: network.answers(held, threads: threads))
        }
    }

    /// Mean squared and absolute error, and correlation.
    public static func evaluation(gold: [Float], predicted: [Float]) -> Evaluation {
        let score = RegressionScore(gold: gold, predicted: predicted)
        var metrics = ["mean_squared_error": score.meanSquaredError, "mean_absolute_error": score.meanAbsoluteError]
        metrics["pearson"] = score.pearson
        return Evaluation(
            score: -score.meanSquaredError, metrics: metrics,
            shown: "mean squared error \(rounded(score.meanSquaredError, 4))")
    }
}
