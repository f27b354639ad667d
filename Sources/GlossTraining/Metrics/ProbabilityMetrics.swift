import Foundation

/// Figures that judge the probabilities of a classifier, not only its choices.
public enum ProbabilityMetrics {
    /// The mean distance between confidence and accuracy over `bins` equal intervals of confidence, weighted by their
    /// examples.
    ///
    /// Guo et al. 2017, equation 3, the m-th interval being ((m−1)/M, m/M]. `confidences` are the probabilities (0…1)
    /// of the chosen classes, `correct` whether each choice was right; 0 without examples.
    public static func expectedCalibrationError(confidences: [Float], correct: [Bool], bins: Int = 15) -> Double {
        precondition(confidences.count == correct.count, "\(confidences.count) confidences, \(correct.count) choices")
        precondition(bins > 0, "\(bins) bins")
        var confidenceSums = [Double](repeating: 0, count: bins)
        var correctCounts = [Double](repeating: 0, count: bins)
        for (confidence, isCorrect) in zip(confidences, correct) {
            precondition((0...1).contains(confidence), "a confidence of \(confidence)")
            let bin = max(0, Int((Double(confidence) * Double(bins)).rounded(.up)) - 1)
            confidenceSums[bin] += Double(confidence)
            correctCounts[bin] += isCorrect ? 1 : 0
        }
        // |accuracy − confidence| · examples of the bin is |correct − sum of confidences|.
        let distance = zip(confidenceSums, correctCounts).reduce(0) { $0 + abs($1.1 - $1.0) }
        return confidences.isEmpty ? 0 : distance / Double(confidences.count)
    }

    /// The mean of −ln p over the probabilities given to the right classes, in nats; 0 without examples.
    ///
    /// A probability below 1e-15 counts as 1e-15, so that one certain mistake does not make the mean infinite.
    public static func logLoss(goldProbabilities: [Float]) -> Double {
        let sum = goldProbabilities.reduce(0) { $0 - log(max(Double($1), 1e-15)) }
        return goldProbabilities.isEmpty ? 0 : sum / Double(goldProbabilities.count)
    }
}
