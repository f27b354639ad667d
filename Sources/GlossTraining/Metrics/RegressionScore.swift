/// How close predicted numbers are to the gold ones.
public struct RegressionScore: Sendable, Hashable {
    /// Examples counted.
    public let exampleCount: Int
    /// The mean of the squared differences; 0 without examples.
    public let meanSquaredError: Double
    /// The mean of the absolute differences; 0 without examples.
    public let meanAbsoluteError: Double
    /// Pearson's correlation, −1…1; nil when it is undefined: fewer than two examples, or one side is constant.
    public let pearson: Double?

    /// The score of `predicted` against `gold`, one number per example.
    public init(gold: [Float], predicted: [Float]) {
        precondition(gold.count == predicted.count, "\(gold.count) gold values, \(predicted.count) predictions")
        let count = Double(max(gold.count, 1))
        let goldMean = gold.reduce(0) { $0 + Double($1) } / count
        let predictedMean = predicted.reduce(0) { $0 + Double($1) } / count
        var squared = 0.0
        var absolute = 0.0
        var (goldVariance, predictedVariance, covariance) = (0.0, 0.0, 0.0)
        for (gold, predicted) in zip(gold, predicted) {
            let difference = Double(predicted) - Double(gold)
            squared += difference * difference
            absolute += difference.magnitude
            let (fromGold, fromPredicted) = (Double(gold) - goldMean, Double(predicted) - predictedMean)
            goldVariance += fromGold * fromGold
            predictedVariance += fromPredicted * fromPredicted
            covariance += fromGold * fromPredicted
        }
        exampleCount = gold.count
        meanSquaredError = squared / count
        meanAbsoluteError = absolute / count
        let scale = (goldVariance * predictedVariance).squareRoot()
        pearson = scale > 0 ? min(1, max(-1, covariance / scale)) : nil
    }
}
