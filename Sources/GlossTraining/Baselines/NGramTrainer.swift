import GlossNN
import GlossPipeline

#if canImport(Glibc)
    import Glibc
#endif

/// Trains a linear classifier over n-grams whose features are scaled by their naive Bayes log-count ratios
/// (Wang and Manning 2012), by AdaGrad on the logistic loss.
public struct NGramTrainer: Sendable {
    let configuration: NGramConfiguration
    let classes: Int
    let multiLabel: Bool
    let seed: UInt64

    /// A trainer for texts of `classes` classes.
    public init(_ configuration: NGramConfiguration, classes: Int, multiLabel: Bool, seed: UInt64) {
        self.configuration = configuration
        self.classes = classes
        self.multiLabel = multiLabel
        self.seed = seed
    }

    /// The classifier of texts (words) with their labels; `judge` gives the score of a candidate after each pass, the
    /// best one is returned.
    public func train(words: [[String]], targets: [[Int32]], judge: (NGramClassifier) -> Double) -> NGramClassifier {
        let buckets = 1 << configuration.bucketBits
        let features = words.map { NGramClassifier.features($0, order: configuration.order, buckets: buckets) }
        let ratios = logCountRatios(features, targets, buckets)
        var weights = [Float](repeating: multiLabel ? 0.1 : 0.2, count: buckets * classes)
        var bias = [Float](repeating: 0, count: classes)
        var squares = [Float](repeating: 1e-2, count: buckets * classes)
        var biasSquares = [Float](repeating: 1e-2, count: classes)
        var random = RandomSource(seed: seed, stream: 0xB16)
        var best: (score: Double, model: NGramClassifier)?
        for _ in 0..<max(configuration.epochs, 1) {
            for index in features.indices.shuffled(using: &random) {
                let errors = errors(features[index], targets[index], weights, ratios, bias)
                for label in 0..<classes where abs(errors[label]) > 1e-4 {
                    let error = errors[label]
                    for feature in features[index] {
                        let at = Int(feature) * classes + label
                        let gradient = error * ratios[at] + configuration.decay * weights[at]
                        squares[at] += gradient * gradient
                        weights[at] -= configuration.rate * gradient / squares[at].squareRoot()
                    }
                    biasSquares[label] += error * error
                    bias[label] -= configuration.rate * error / biasSquares[label].squareRoot()
                }
            }
            let table = Tensor([buckets, classes], zip(weights, ratios).map { $0 * $1 })
            let candidate = NGramClassifier(table: table, bias: Tensor([classes], bias), order: configuration.order)
            let score = judge(candidate)
            if score > best?.score ?? -.infinity { best = (score, candidate) }
        }
        return best!.model
    }

    /// Probability less target, a class each.
    private func errors(
        _ features: [UInt32], _ targets: [Int32], _ weights: [Float], _ ratios: [Float], _ bias: [Float]
    ) -> [Float] {
        var logits = bias
        for feature in features {
            for label in 0..<classes {
                let at = Int(feature) * classes + label
                logits[label] += weights[at] * ratios[at]
            }
        }
        var errors: [Float]
        if multiLabel {
            errors = logits.map { 1 / (1 + expf(-$0)) }
        } else {
            let highest = logits.max() ?? 0
            errors = logits.map { expf($0 - highest) }
            let sum = errors.reduce(0, +)
            errors = errors.map { $0 / sum }
        }
        for target in targets { errors[Int(target)] -= 1 }
        return errors
    }

    /// log((p + 1) / |p + 1|) - log((q + 1) / |q + 1|) of each feature: p counts texts of the class, q all others.
    private func logCountRatios(_ features: [[UInt32]], _ targets: [[Int32]], _ buckets: Int) -> [Float] {
        var inside = [Float](repeating: 0, count: buckets * classes)
        var all = [Float](repeating: 0, count: buckets)
        for (features, targets) in zip(features, targets) {
            for feature in features {
                all[Int(feature)] += 1
                for target in targets { inside[Int(feature) * classes + Int(target)] += 1 }
            }
        }
        var ratios = inside
        let seen = Float(all.reduce(0) { $0 + ($1 > 0 ? 1 : 0) })
        let total = all.reduce(0, +)
        for label in 0..<classes {
            let mass = stride(from: label, to: inside.count, by: classes).reduce(Float(0)) { $0 + inside[$1] }
            for bucket in 0..<buckets where all[bucket] > 0 {
                let p = inside[bucket * classes + label], q = all[bucket] - p
                ratios[bucket * classes + label] = logf((p + 1) / (mass + seen)) - logf((q + 1) / (total - mass + seen))
            }
        }
        return ratios
    }
}
