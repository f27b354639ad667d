import GlossNN

/// Where a trial stands: what it came to with the most epochs that it had.
public struct SearchStanding: Sendable {
    /// The trial's number, from 1.
    public let trial: Int
    /// Its settings as people read them.
    public let settings: String
    /// The step of the halving, from 0, and the epochs there.
    public let rung, epochs: Int
    /// The name of the figure that is shown.
    public let name: String
    /// The figure of each fold; empty where the trial diverged.
    public let figures: [Double]
    /// What trials are ranked by, higher being better: the mean over the folds.
    public let score: Double
    /// Seconds of all its runs.
    public let seconds: Double

    /// Mean and, of several folds, standard deviation: "0.8710 ± 0.0123".
    public var shown: String {
        guard !figures.isEmpty else { return "diverged" }
        let count = Double(figures.count)
        let mean = figures.reduce(0, +) / count
        guard figures.count > 1 else { return rounded(mean, 4) }
        let variance = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        return "\(rounded(mean, 4)) ± \(rounded(variance.squareRoot(), 4))"
    }

    /// Further first, then better, then earlier.
    static func precedes(_ one: SearchStanding, _ other: SearchStanding) -> Bool {
        if one.rung != other.rung { return one.rung > other.rung }
        return one.score != other.score ? one.score > other.score : one.trial < other.trial
    }
}

extension Evaluation {
    /// The figure by which people know the score: the metric that `shown` begins with, where the score follows it alone.
    package var figure: (name: String, value: Double) {
        let shown = shown.lowercased()
        for (name, value) in metrics
        // A score may have a small part that tells equal figures apart.
        where shown.hasPrefix(name.replacing("_", with: " ") + " ") && abs(abs(value) - abs(score)) < 2e-3 {
            return (name, value)
        }
        return ("score", score)
    }
}
