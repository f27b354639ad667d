import GlossNN
import GlossPipeline

#if canImport(Glibc)
    import Glibc
#endif

/// Trains a linear classifier over n-grams whose features are scaled by their naive Bayes log-count ratios: NB-SVM
/// (Wang and Manning 2012), one class against the rest, by dual coordinate descent on the squared hinge loss
/// (Hsieh et al. 2008, algorithm 1).
public struct NGramTrainer: Sendable {
    let configuration: NGramConfiguration
    let classes: Int
    let seed: UInt64
    let threads: Int

    private var ngrams: NGrams {
        NGrams(words: configuration.order, characters: configuration.characters)
    }

    /// A trainer for texts of `classes` classes.
    public init(_ configuration: NGramConfiguration, classes: Int, seed: UInt64, threads: Int) {
        self.configuration = configuration
        self.classes = classes
        self.seed = seed
        self.threads = threads
    }

    /// The classifier of texts (words) with their labels: of all costs and interpolations, the one that `judge` likes
    /// best.
    public func train(words: [[String]], targets: [[Int32]], judge: (NGramClassifier) -> Double) -> NGramClassifier {
        let buckets = 1 << configuration.bucketBits
        let features = Parallel.map(words, threads: threads) { ngrams.features($0, buckets: buckets) }
        let ratios = logCountRatios(features, targets, buckets)
        var best: (score: Double, model: NGramClassifier)?
        for cost in configuration.costs {
            let planes = Parallel.map(Array(0..<classes), threads: threads) { label in
                hyperplane(label, features, targets, ratios, cost: cost)
            }
            for share in configuration.interpolations {
                let candidate = classifier(planes, ratios, share: share)
                let score = judge(candidate)
                if score > best?.score ?? -.infinity { best = (score, candidate) }
            }
        }
        guard let best else { preconditionFailure("no cost or no interpolation to train n-grams with") }
        return best.model
    }

    /// Weights (buckets of them) and bias that part a class from the rest.
    private func hyperplane(
        _ label: Int, _ features: [[UInt32]], _ targets: [[Int32]], _ ratios: [Float], cost: Float
    ) -> (weights: [Float], bias: Float) {
        let signs = targets.map { $0.contains(Int32(label)) ? Float(1) : -1 }
        let scale = (0..<ratios.count / classes).map { ratios[$0 * classes + label] }
        var weights = [Float](repeating: 0, count: scale.count)
        var bias: Float = 0
        var alphas = [Float](repeating: 0, count: features.count)
        let diagonal = 0.5 / cost
        // The squared norm of each text, its constant feature included.
        let norms = features.map { row in row.reduce(Float(1)) { $0 + scale[Int($1)] * scale[Int($1)] } }
        var random = RandomSource(seed: seed, stream: 0xB16)
        for _ in 0..<max(configuration.passes, 1) {
            for index in features.indices.shuffled(using: &random) {
                var margin = bias
                for feature in features[index] { margin += weights[Int(feature)] * scale[Int(feature)] }
                let gradient = signs[index] * margin - 1 + diagonal * alphas[index]
                let alpha = max(alphas[index] - gradient / (norms[index] + diagonal), 0)
                let change = (alpha - alphas[index]) * signs[index]
                guard change != 0 else { continue }
                alphas[index] = alpha
                bias += change
                for feature in features[index] { weights[Int(feature)] += change * scale[Int(feature)] }
            }
        }
        return (weights, bias)
    }

    /// Weights drawn towards their mean size by all but `share` (Wang and Manning 2012, equation 5), times the ratios.
    private func classifier(_ planes: [(weights: [Float], bias: Float)], _ ratios: [Float], share: Float)
        -> NGramClassifier
    {
        var table = [Float](repeating: 0, count: ratios.count)
        for (label, plane) in planes.enumerated() {
            let seen = plane.weights.indices.filter { ratios[$0 * classes + label] != 0 }
            let mean = seen.reduce(Float(0)) { $0 + abs(plane.weights[$1]) } / Float(max(seen.count, 1))
            for bucket in seen {
                let at = bucket * classes + label
                table[at] = ((1 - share) * mean + share * plane.weights[bucket]) * ratios[at]
            }
        }
        return NGramClassifier(
            table: Tensor([ratios.count / classes, classes], table), bias: Tensor([classes], planes.map(\.bias)),
            ngrams)
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
