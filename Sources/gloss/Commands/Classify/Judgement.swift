import GlossText
import GlossTraining

/// What a model says of one text.
struct Judgement: Sendable {
    private enum Verdict: Sendable {
        case label(String, probability: Float, probabilities: [(label: String, value: Float)], isMultiLabel: Bool)
        case number(Float)
    }

    private let verdict: Verdict
    /// What the words did, where that was asked for.
    private(set) var words: ExplainedWords?

    /// A class. `probabilities` are those of every label, in the model's order.
    init(label: String, probability: Float, probabilities: [(label: String, value: Float)], isMultiLabel: Bool) {
        verdict = .label(label, probability: probability, probabilities: probabilities, isMultiLabel: isMultiLabel)
    }

    /// A number.
    init(value: Float) { verdict = .number(value) }

    /// The same with what the words did.
    func explained(by words: ExplainedWords) -> Judgement {
        var copy = self
        copy.words = words
        return copy
    }

    /// What a daemon answered; nil when that is no judgement.
    init?(_ answer: JSONValue) {
        if let value = answer["value"]?.float {
            self.init(value: value)
            return
        }
        guard let label = answer["label"]?.string, let probability = answer["probability"]?.float,
            let fields = answer["probabilities"]?.fields
        else { return nil }
        let probabilities = fields.compactMap { field in field.value.float.map { (label: field.key, value: $0) } }
        guard probabilities.count == fields.count else { return nil }
        self.init(
            label: label, probability: probability, probabilities: probabilities, isMultiLabel: answer["labels"] != nil)
        if let words = ExplainedWords(answer["explanation"]) { self = explained(by: words) }
    }

    /// The columns before the text in a table: label and probability, or a number.
    var columns: [String] {
        switch verdict {
        case .label(let label, let probability, _, _): [label, rounded(Double(probability), 4)]
        case .number(let value): [rounded(Double(value), 4)]
        }
    }

    /// The same as keys and values of JSON, and the explanation if there is one.
    var fields: [(key: String, value: String)] {
        let explanation = words.map { [(key: "explanation", value: $0.json)] } ?? []
        switch verdict {
        case .label(let label, let probability, let probabilities, let isMultiLabel):
            var fields = [
                (key: "label", value: JSONText.string(label)),
                (key: "probability", value: JSONText.number(Double(probability))),
            ]
            if isMultiLabel {
                let held = probabilities.filter { $0.value >= 0.5 }.map { JSONText.string($0.label) }
                fields.append(("labels", JSONText.array(held)))
            }
            let all = probabilities.map { (key: $0.label, value: JSONText.number(Double($0.value))) }
            return fields + [("probabilities", JSONText.object(all))] + explanation
        case .number(let value): return [("value", JSONText.number(Double(value)))]
        }
    }
}
