import GlossNN
import GlossPipeline

#if canImport(Glibc)
    import Glibc
#endif

/// The figures of a classifier from its logits.
public enum ClassificationMetrics {
    /// The most probable label.
    private static func best(_ row: [Float]) -> Int { row.indices.max { row[$0] < row[$1] } ?? 0 }

    /// The labels that are more probable than not, each by itself.
    private static func probable(_ row: [Float]) -> Set<Int> { Set(row.indices.filter { row[$0] > 0 }) }

    /// Whether each text has the answer that it should have: the most probable label, or all of its labels and no other.
    static func right(_ logits: [[Float]], _ targets: [[Int32]], multiLabel: Bool) -> [Bool] {
        zip(logits, targets).map { row, wanted in
            multiLabel ? probable(row) == Set(wanted.map(Int.init)) : best(row) == Int(wanted[0])
        }
    }

    /// Accuracy, macro F1, calibration error and log loss of one label a text; exact match and F1 of several. Without figures, and
    /// worse than all others, where a logit is no number: the model has learned beyond what numbers hold.
    public static func evaluation(logits: [[Float]], targets: [[Int32]], labels: Int, multiLabel: Bool) -> Evaluation {
        guard logits.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            return Evaluation(score: -.infinity, metrics: [:], shown: "no number")
        }
        if multiLabel {
            let score = LabelScore(
                gold: targets.map { Set($0.map(Int.init)) },
                predicted: logits.map(probable), labelCount: labels)
            return Evaluation(
                score: score.micro.f1,
                metrics: ["exact_match": score.exactMatch, "micro_f1": score.micro.f1, "macro_f1": score.macroF1],
                shown: "micro F1 \(rounded(score.micro.f1, 4))")
        }
        let gold = targets.map { Int($0[0]) }
        let probabilities = logits.map { softmax(Tensor([1, $0.count], $0)).scalars }
        let predicted = probabilities.map(best)
        let score = LabelScore(gold: gold, predicted: predicted, labelCount: labels)
        let ece = ProbabilityMetrics.expectedCalibrationError(
            confidences: zip(probabilities, predicted).map { $0[$1] }, correct: zip(gold, predicted).map { $0 == $1 })
        let logLoss = ProbabilityMetrics.logLoss(goldProbabilities: zip(probabilities, gold).map { $0[$1] })
        return Evaluation(
            // Equal accuracies are told apart by how sure the model is.
            score: score.exactMatch - 1e-4 * min(logLoss, 10),
            metrics: ["accuracy": score.exactMatch, "macro_f1": score.macroF1, "ece": ece, "log_loss": logLoss],
            shown: "accuracy \(rounded(score.exactMatch, 4))")
    }

    /// What was found of each of the labels `names`.
    package static func classes(
        logits: [[Float]], targets: [[Int32]], names: [String], multiLabel: Bool
    ) -> ClassReport {
        if multiLabel {
            let score = LabelScore(
                gold: targets.map { Set($0.map(Int.init)) }, predicted: logits.map(probable), labelCount: names.count)
            return ClassReport(column: "label", zip(names, score.labels).map { (key: $0, value: $1) })
        }
        return ClassReport(
            column: "label", gold: targets.map { names[Int($0[0])] }, predicted: logits.map { names[best($0)] })
    }
}

/// `value` with `digits` decimals, for people.
public func rounded(_ value: Double, _ digits: Int) -> String {
    let factor = pow(10.0, Double(digits))
    guard abs(value) * factor < 1e15 else { return "\(value)" }
    let whole = (abs(value) * factor).rounded()
    let fraction = String(Int(whole.truncatingRemainder(dividingBy: factor)))
    let sign = value < 0 && whole > 0 ? "-" : ""
    let left = sign + String(Int(whole / factor))
    return digits == 0 ? left : left + "." + String(repeating: "0", count: digits - fraction.count) + fraction
}
